namespace ParticleImages.Networks;

/// <summary>The largest value of each block; blocks do not overlap, and what does not fill a block at an axis' end is dropped.</summary>
public sealed record MaxPoolLayer : NetworkLayer
{
    /// <summary>Makes the layer.</summary>
    /// <param name="size">The block's size, which is also the stride.</param>
    /// <exception cref="ArgumentOutOfRangeException">A side is below 1.</exception>
    public MaxPoolLayer(Extent3d size)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size.Frames, 1, nameof(size));
        Size = size;
    }

    /// <summary>The block's size.</summary>
    public Extent3d Size { get; }

    /// <inheritdoc/>
    public override string Kind => "MaxPool";

    internal override (string Type, string Name) Keras => ("MaxPooling3D", "max_pooling3d");

    internal override FeatureShape Infer(FeatureShape input, LayerPosition at)
    {
        RequireMaps(input, at);
        foreach ((string axis, int size, int available) in Size.Against(input))
        {
            if (available < size)
            {
                (int bins, long pooled) = at.Along(axis);
                throw Misfit(
                    at,
                    $"the {axis} axis would shrink from {available} to 0; the input has {bins} bins. Remove a pool, pool less along that axis "
                    + $"(new Extent3d(frames, rows, columns)), or use {pooled * size} bins or more.");
            }
        }

        return FeatureShape.Maps(
            input.Channels, input.Frames / Size.Frames, input.Height / Size.Rows, input.Width / Size.Columns);
    }
}
