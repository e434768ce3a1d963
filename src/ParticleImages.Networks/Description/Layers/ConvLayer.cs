namespace ParticleImages.Networks;

/// <summary>A three-dimensional convolution with bias. Along an axis of one bin a kernel of 1 makes it a two-dimensional one.</summary>
public sealed record ConvLayer : NetworkLayer
{
    /// <summary>Makes the layer.</summary>
    /// <param name="filters">Feature maps that come out, at least 1.</param>
    /// <param name="kernel">Its size; no axis may be larger than the input's.</param>
    /// <param name="stride">The step from place to place; 1 along every axis if not given.</param>
    /// <param name="padding">What happens at the ends of an axis; see <see cref="Networks.Padding"/> for the rules.</param>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <paramref name="filters"/> is below 1, the kernel was never set, or there is no such padding.
    /// </exception>
    public ConvLayer(int filters, Extent3d kernel, Extent3d stride = default, Padding padding = Padding.Same)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(filters, 1);
        Filters = filters;
        Kernel = Extent3d.Required(kernel, nameof(kernel));
        Stride = stride == default ? 1 : stride;
        Padding = SlidingWindow.Required(padding, nameof(padding));
    }

    /// <summary>Feature maps that come out.</summary>
    public int Filters { get; }

    /// <summary>The kernel's size.</summary>
    public Extent3d Kernel { get; }

    /// <summary>The step from place to place.</summary>
    public Extent3d Stride { get; }

    /// <summary>What happens at the ends of an axis.</summary>
    public Padding Padding { get; }

    /// <inheritdoc/>
    public override string Kind => "Conv";

    internal override (string Type, string Name) Keras => ("Conv3D", "conv3d");

    internal SlidingWindow Window => new(Kernel, Stride, Padding);

    internal override FeatureShape Infer(FeatureShape input, LayerPosition at)
    {
        RequireMaps(input, at);
        foreach ((int axis, int size, int available) in Kernel.Against(input))
        {
            if (size > available)
            {
                string name = LayerPosition.NameOf(axis);
                throw Misfit(
                    at,
                    $"the kernel {Kernel} is larger than the {name} axis: {size} against {available}. Use a kernel of at most {available} "
                    + $"there (new Extent3d(frames, rows, columns)), fewer pools, or an input with more {name} bins.");
            }
        }

        return Window.Over(input, Filters);
    }

    internal override IReadOnlyList<(string Name, long[] Shape, bool IsTrained)> Weights(FeatureShape input) =>
    [
        ("weight", [Filters, input.Channels, Kernel.Frames, Kernel.Rows, Kernel.Columns], true),
        ("bias", [Filters], true),
    ];

    internal override long MultiplyAdds(FeatureShape input, FeatureShape output) => output.Values * Kernel.Volume * input.Channels;

    internal override long Needs(int axis, long bins) => Math.Max(Window.Needs(axis, bins), Kernel[axis]);

    internal override bool LeavesOut(string property) => property switch
    {
        "stride" => Stride == 1,
        "padding" => Padding == Padding.Same,
        _ => false,
    };
}
