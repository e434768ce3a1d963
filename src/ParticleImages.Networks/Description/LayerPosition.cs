using System.Collections.Immutable;
using ParticleImages.Voxelization;

namespace ParticleImages.Networks;

/// <summary>Where a layer stands in its network, for messages.</summary>
/// <param name="Number">Its number among its neighbours, from 1.</param>
/// <param name="Outermost">The number of the layer of the description that it is or is inside of, from 1.</param>
/// <param name="Prefix">What stands before its number: <c>Layer</c>, or the path of the block around it.</param>
/// <param name="Input">The network's input.</param>
/// <param name="Before">The layers that its input went through, the nearest first.</param>
internal readonly record struct LayerPosition(int Number, int Outermost, string Prefix, VoxelShape Input, ImmutableStack<NetworkLayer> Before)
{
    private const string Top = "Layer";

    public static LayerPosition First(Cnn3d description) => new(1, 1, Top, description.Input, []);

    /// <summary>For example <c>Layer 5 (Residual), branch layer 2 (MaxPool)</c>.</summary>
    public string PathOf(NetworkLayer layer) => $"{Prefix} {Number} ({layer.Kind})";

    public LayerPosition After(NetworkLayer layer) => this with
    {
        Number = Number + 1,
        Outermost = Prefix == Top ? Number + 1 : Outermost,
        Before = Before.Push(layer),
    };

    /// <summary>The first layer of a part of a block that stands here.</summary>
    public LayerPosition Inside(NetworkLayer block, BlockPart part) => this with { Number = 1, Prefix = $"{PathOf(block)}, {part.Title} layer" };

    public static string NameOf(int axis) => axis switch
    {
        0 => "time",
        1 => "row",
        _ => "column",
    };

    /// <summary>The bins of the network's input along an axis.</summary>
    public int BinsAlong(int axis) => axis switch
    {
        0 => Input.Frames,
        1 => Input.Height,
        _ => Input.Width,
    };

    /// <summary>The fewest bins of the network's input that leave so many of them here; null where no input has as many.</summary>
    public long? Needs(int axis, long bins)
    {
        foreach (NetworkLayer layer in Before)
        {
            bins = layer.Needs(axis, bins);
            if (bins > Array.MaxLength)
            {
                return null;
            }
        }

        return bins;
    }
}
