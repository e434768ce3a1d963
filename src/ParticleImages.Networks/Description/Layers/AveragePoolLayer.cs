namespace ParticleImages.Networks;

/// <summary>The mean of each block. Where a block reaches past the input's end, it is the mean of what the input has there, as in Keras; PyTorch's
/// <c>AvgPool3d</c> counts zeros there unless told not to.</summary>
public sealed record AveragePoolLayer : NetworkLayer
{
    /// <summary>Makes the layer.</summary>
    /// <param name="size">The block's size; no axis may be larger than the input's.</param>
    /// <param name="stride">The step from block to block; the block's size if not given, so that blocks do not overlap.</param>
    /// <param name="padding">What happens at the ends of an axis; see <see cref="Networks.Padding"/> for the rules.</param>
    /// <exception cref="ArgumentOutOfRangeException">The size was never set, or there is no such padding.</exception>
    public AveragePoolLayer(Extent3d size, Extent3d stride = default, Padding padding = Padding.Valid)
    {
        Size = Extent3d.Required(size, nameof(size));
        Stride = stride == default ? size : stride;
        Padding = SlidingWindow.Required(padding, nameof(padding));
    }

    /// <summary>The block's size.</summary>
    public Extent3d Size { get; }

    /// <summary>The step from block to block.</summary>
    public Extent3d Stride { get; }

    /// <summary>What happens at the ends of an axis.</summary>
    public Padding Padding { get; }

    /// <inheritdoc/>
    public override string Kind => "AveragePool";

    internal override (string Type, string Name) Keras => ("AveragePooling3D", "average_pooling3d");

    internal SlidingWindow Window => new(Size, Stride, Padding);

    internal override FeatureShape Infer(FeatureShape input, LayerPosition at)
    {
        RequireMaps(input, at);
        return Window.PoolMisfit(input, at) is string misfit ? throw Misfit(at, misfit) : Window.Over(input, input.Channels);
    }

    internal override long Needs(int axis, long bins) => Math.Max(Window.Needs(axis, bins), Size[axis]);

    internal override bool LeavesOut(string property) => property switch
    {
        "stride" => Stride == Size,
        "padding" => Padding == Padding.Valid,
        _ => false,
    };
}
