namespace ParticleImages.Networks;

/// <summary>
/// A three-dimensional convolution with bias, stride 1 and zero padding to the same size. An even kernel pads one more at the
/// end than at the beginning, as Keras does.
/// </summary>
public sealed record ConvLayer : NetworkLayer
{
    /// <summary>Makes the layer.</summary>
    /// <param name="filters">Feature maps that come out, at least 1.</param>
    /// <param name="kernel">Its size; no axis may be larger than the input's.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="filters"/> is below 1.</exception>
    public ConvLayer(int filters, Extent3d kernel)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(filters, 1);

        // default(Extent3d) has size 0.
        ArgumentOutOfRangeException.ThrowIfLessThan(kernel.Frames, 1, nameof(kernel));
        Filters = filters;
        Kernel = kernel;
    }

    /// <summary>Feature maps that come out.</summary>
    public int Filters { get; }

    /// <summary>The kernel's size.</summary>
    public Extent3d Kernel { get; }

    /// <inheritdoc/>
    public override string Kind => "Conv";

    internal override (string Type, string Name) Keras => ("Conv3D", "conv3d");

    internal override FeatureShape Infer(FeatureShape input, LayerPosition at)
    {
        RequireMaps(input, at);
        foreach ((string axis, int size, int available) in Kernel.Against(input))
        {
            if (size > available)
            {
                throw Misfit(
                    at,
                    $"the kernel {Kernel} is larger than the {axis} axis: {size} against {available}. Use a kernel of at most {available} "
                    + $"there (new Extent3d(frames, rows, columns)), fewer pools, or an input with more {axis} bins.");
            }
        }

        return FeatureShape.Maps(Filters, input.Frames, input.Height, input.Width);
    }

    internal override IReadOnlyList<(string Name, long[] Shape, bool IsTrained)> Weights(FeatureShape input) =>
    [
        ("weight", [Filters, input.Channels, Kernel.Frames, Kernel.Rows, Kernel.Columns], true),
        ("bias", [Filters], true),
    ];
}
