namespace ParticleImages.Networks;

/// <summary>The largest value of each block.</summary>
public sealed record MaxPoolLayer : NetworkLayer
{
    /// <summary>Makes the layer.</summary>
    /// <param name="size">The block's size; no axis may be larger than the input's.</param>
    /// <param name="stride">The step from block to block; the block's size if not given, so that blocks do not overlap.</param>
    /// <param name="padding">What happens at the ends of an axis; see <see cref="Networks.Padding"/> for the rules.</param>
    /// <exception cref="ArgumentOutOfRangeException">The size was never set, or there is no such padding.</exception>
    public MaxPoolLayer(Extent3d size, Extent3d stride = default, Padding padding = Padding.Valid)
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
    public override string Kind => "MaxPool";

    internal override (string Type, string Name) Keras => ("MaxPooling3D", "max_pooling3d");

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
