namespace ParticleImages.Networks;

/// <summary>The places where a kernel or a pool stands. Axes are counted 0 time, 1 row, 2 column.</summary>
internal readonly record struct SlidingWindow(Extent3d Size, Extent3d Stride, Padding Padding)
{
    /// <summary>Checks a padding.</summary>
    public static Padding Required(Padding padding, string parameter) => Enum.IsDefined(padding)
        ? padding
        : throw new ArgumentOutOfRangeException(parameter, padding, $"The paddings are {string.Join(" and ", Enum.GetNames<Padding>())}.");

    /// <summary>The shape after it, of so many channels; no axis is smaller than the window (the layers check).</summary>
    public FeatureShape Over(FeatureShape input, int channels) => FeatureShape.Maps(
        channels, Places(0, input.Frames), Places(1, input.Height), Places(2, input.Width));

    /// <summary>What is added at the beginning and the end of an axis of so many bins.</summary>
    public (int Begin, int End) Added(int axis, int bins)
    {
        if (Padding == Padding.Valid)
        {
            return (0, 0);
        }

        int all = (int)Math.Max(((Places(axis, bins) - 1L) * Stride[axis]) + Size[axis] - bins, 0);
        return (all / 2, all - (all / 2));
    }

    /// <summary>The fewest bins of an axis from which so many places come out.</summary>
    public long Needs(int axis, long places) =>
        ((places - 1) * Stride[axis]) + (Padding == Padding.Same ? 1 : Size[axis]);

    /// <summary>Says what does not fit where a pool is larger than an axis; null where it fits.</summary>
    public string? PoolMisfit(FeatureShape input, LayerPosition at)
    {
        foreach ((int axis, int size, int available) in Size.Against(input))
        {
            if (available < size)
            {
                string name = LayerPosition.NameOf(axis);
                string what = Padding == Padding.Valid
                    ? $"the {name} axis would shrink from {available} to 0"
                    : $"the block {Size} is larger than the {name} axis: {size} against {available}";
                string enough = at.Needs(axis, size) is long bins ? $", or use {bins} bins or more" : "";
                return $"{what}; the input has {at.BinsAlong(axis)} bins. Remove a pool{(enough.Length > 0 ? "," : " or")} pool less along that axis "
                    + $"(new Extent3d(frames, rows, columns)){enough}.";
            }
        }

        return null;
    }

    private int Places(int axis, int bins) => (Padding == Padding.Same ? bins - 1 : bins - Size[axis]) / Stride[axis] + 1;
}
