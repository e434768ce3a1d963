using System.Runtime.Intrinsics;
using ParticleImages.Networks.Engines.Lanes;
using ParticleImages.Voxelization;

namespace ParticleImages.Networks.Engines.Sparse;

/// <summary>How a description is computed sparsely.</summary>
/// <param name="Trunk">The stages up to a row of values for each event.</param>
/// <param name="Levels">The levels of its tables.</param>
/// <param name="Input">The input's grid.</param>
/// <param name="WithPlaces">Whether tables need the places of the last level's rows.</param>
/// <param name="HeadStart">The first layer, counted from 0, that is computed densely behind the trunk.</param>
/// <param name="TrainedCount">Fitted values of the trunk: the first ones of the network's.</param>
/// <param name="StatisticsCount">Running statistics of the trunk: the first ones of the network's.</param>
internal sealed record SparsePlan(
    SparseTrunk Trunk, IReadOnlyList<SiteLevel> Levels, SiteGrid Input, bool WithPlaces, int HeadStart, int TrainedCount, int StatisticsCount)
{
    /// <summary>Plans for vectors of a width.</summary>
    /// <param name="description">The network.</param>
    /// <param name="forTraining">Whether dropouts of whole maps count.</param>
    /// <param name="hasEmptyBackground">Whether voxels without an entry hold 0, as usual: the borders then make no difference to the first convolution.</param>
    /// <param name="width">The vectors.</param>
    public static SparsePlan Of(Cnn3d description, bool forTraining, bool hasEmptyBackground, LaneWidth width) => width switch
    {
        LaneWidth.Vector512 => new SparseTrunkBuilder<Lanes512, Vector512<float>>(description, forTraining, hasEmptyBackground).Build(),
        LaneWidth.Vector256 => new SparseTrunkBuilder<Lanes256, Vector256<float>>(description, forTraining, hasEmptyBackground).Build(),
        LaneWidth.Vector128 => new SparseTrunkBuilder<Lanes128, Vector128<float>>(description, forTraining, hasEmptyBackground).Build(),
        _ => new SparseTrunkBuilder<ScalarLanes, float>(description, forTraining, hasEmptyBackground).Build(),
    };

    /// <summary>Whether events' voxels without an entry hold 0.</summary>
    public static bool IsEmpty(SparseVoxels events) => events.Background.IndexOfAnyExcept(0f) < 0;

    /// <summary>Why a network can't be computed sparsely, and what would let it; null if it can.</summary>
    public static string? Refusal(Cnn3d description, bool forTraining)
    {
        foreach ((string path, NetworkLayer layer, FeatureShape input) in ShapeInference.WalkAll(description))
        {
            string? reason = input.IsFlat ? null : layer switch
            {
                DropoutLayer { Rate: > 0 } when forTraining =>
                    "an element-wise dropout inside the maps makes every voxel differ, so none can be left out. Use ChannelDropout there, move the dropout behind Flatten, or use Engine.Fused.",
                GroupNormLayer or LayerNormLayer => "its statistics are an event's own. Use BatchNorm there, or Engine.Fused.",
                ResidualLayer or BranchesLayer => "maps that part and meet again are not computed sparsely yet. Use convolutions one after the other, or Engine.Fused.",
                _ => null,
            };
            if (reason is not null)
            {
                return $"{path}: {reason}";
            }
        }

        return null;
    }
}
