using System.Collections.Immutable;

namespace ParticleImages.Voxelization;

/// <summary>
/// A voxelizer's choices for one size of image, rounded to float32 and resolved to numbers: what the stages of the binning read.
/// </summary>
internal readonly struct BinningPlan
{
    public BinningPlan(Voxelizer voxelizer, ImageShape image, VoxelShape output)
    {
        Voxelizer = voxelizer;
        Image = image;
        Output = output;

        // Without a cut the comparisons still refuse NaN, and infinite times.
        Threshold = (float)(voxelizer.EnergyThreshold ?? double.NegativeInfinity);
        Window = (float)(voxelizer.TimeWindow ?? double.PositiveInfinity);
        CropHeight = voxelizer.CropSize ?? image.Height;
        CropWidth = voxelizer.CropSize ?? image.Width;
        (int row, int column) = voxelizer.CropCentre ?? (image.Height / 2, image.Width / 2);
        Top = voxelizer.CropSize is null ? 0 : row - (CropHeight / 2);
        Left = voxelizer.CropSize is null ? 0 : column - (CropWidth / 2);
        Axis = voxelizer.Axis;
        bool isNearest = Axis.OutsidePolicy == OutsideTime.Nearest;
        IsCumulative = voxelizer.IsCumulative;
        BinBefore = isNearest || (voxelizer.IsNotebookCompatible && IsCumulative) ? 0 : -1;
        BinAfter = isNearest ? Axis.Bins - 1 : -1;
        EnergySteps = voxelizer.Has(VoxelChannel.Energy) ? voxelizer.EnergyScaling : [];
        TimeSteps = voxelizer.Has(VoxelChannel.Time) ? voxelizer.TimeScaling : [];
        FilledFrames = voxelizer.Projection == VoxelProjection.XY ? 1 : Axis.Bins;
    }

    /// <summary>Whether the call writes more voxels than caches hold, so that they leave them before anybody reads them.</summary>
    public bool ExceedsCaches { get; init; }

    public Voxelizer Voxelizer { get; }

    public ImageShape Image { get; }

    public VoxelShape Output { get; }

    public float Threshold { get; }

    public float Window { get; }

    /// <summary>The crop's first row and column; those of the image's centre where the crop moves with each event.</summary>
    public int Top { get; }

    public int Left { get; }

    public int CropHeight { get; }

    public int CropWidth { get; }

    public TimeAxis Axis { get; }

    /// <summary>The bin of a time before the first edge; −1 drops it.</summary>
    public int BinBefore { get; }

    /// <summary>The bin of a time after the last edge; −1 drops it.</summary>
    public int BinAfter { get; }

    public bool IsCumulative { get; }

    /// <summary>The frames that hits can fill: all but the notebook's last.</summary>
    public int FilledFrames { get; }

    /// <summary>The steps for energies; none where no channel shows them.</summary>
    public ImmutableArray<VoxelScaling> EnergySteps { get; }

    /// <summary>The steps for times; none where no channel shows them.</summary>
    public ImmutableArray<VoxelScaling> TimeSteps { get; }

    /// <summary>Whether the frames after an event's last time stay empty, also where hits linger.</summary>
    public bool EndsWithEvent => Axis.Kind == TimeAxisKind.DistinctTimes;

    /// <summary>What a voxel without a hit holds.</summary>
    public float Background(VoxelChannel channel) => channel switch
    {
        VoxelChannel.Energy => Background(EnergySteps),
        VoxelChannel.Time => Background(TimeSteps),
        _ => 0,
    };

    // Only a standardisation, which stands last, gives an empty voxel a value.
    private static float Background(ImmutableArray<VoxelScaling> steps) =>
        steps is [.., { Kind: ScalingKind.Standardise } last] ? last.Standardised(0) : 0;
}
