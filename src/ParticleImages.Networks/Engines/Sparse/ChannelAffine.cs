namespace ParticleImages.Networks.Engines.Sparse;

/// <summary>
/// scale · x + shift for every channel, yet to be computed. Convolutions take the scale into their weights, and a maximum is taken before it (by the scale's
/// sign): values that differ by less than the shift's last bit are then still told apart.
/// </summary>
internal sealed class ChannelAffine(int stride)
{
    /// <summary>One a channel; 0 in the padding.</summary>
    public float[] Scale { get; } = GC.AllocateArray<float>(stride, pinned: true);

    /// <summary>One a channel; 0 in the padding.</summary>
    public float[] Shift { get; } = GC.AllocateArray<float>(stride, pinned: true);

    /// <summary>The sign of each scale.</summary>
    public float[] Sign { get; } = GC.AllocateArray<float>(stride, pinned: true);

    public void Set(int channel, double scale, double shift)
    {
        Scale[channel] = (float)scale;
        Shift[channel] = (float)shift;
        Sign[channel] = scale > 0 ? 1 : scale < 0 ? -1 : scale == 0 ? 0 : float.NaN;
    }
}
