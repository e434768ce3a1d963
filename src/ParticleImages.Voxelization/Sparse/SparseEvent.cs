namespace ParticleImages.Voxelization;

/// <summary>The voxels of one event that hold something: an entry is a pixel, a frame and a value a channel.</summary>
/// <remarks>
/// Exclusive: an entry fills its own frame. Cumulative: it fills its frame and all later ones up to the next entry of the same pixel or to
/// the last frame that the event can fill; its value includes what came before.
/// </remarks>
public readonly ref struct SparseEvent
{
    private readonly int filledFrames;
    private readonly bool isCumulative;

    private SparseEvent(
        ReadOnlySpan<ushort> pixels, ReadOnlySpan<ushort> frames, ReadOnlySpan<float> values, int filledFrames, bool isCumulative)
    {
        Pixels = pixels;
        Frames = frames;
        Values = values;
        this.filledFrames = filledFrames;
        this.isCumulative = isCumulative;
    }

    /// <summary>The number of entries.</summary>
    public int Count => Pixels.Length;

    /// <summary>Where: row × Width + column of the voxel image. Entries of one pixel stand side by side.</summary>
    public ReadOnlySpan<ushort> Pixels { get; }

    /// <summary>The first frame that an entry fills; of the entries of one pixel ascending.</summary>
    public ReadOnlySpan<ushort> Frames { get; }

    /// <summary>What the voxels of an entry hold, (Channels, Count): all entries' values of the first channel, then of the next.</summary>
    public ReadOnlySpan<float> Values { get; }

    /// <summary>The frame before which an entry ends.</summary>
    /// <param name="entry">The entry, from 0.</param>
    /// <returns>Its frame + 1 if exclusive; if cumulative the frame of the pixel's next entry, or one past the last that can be filled.</returns>
    /// <exception cref="IndexOutOfRangeException">There is no such entry.</exception>
    public int End(int entry)
    {
        int frame = Frames[entry];
        if (!isCumulative)
        {
            return frame + 1;
        }

        int next = entry + 1;
        return next < Pixels.Length && Pixels[next] == Pixels[entry] ? Frames[next] : filledFrames;
    }

    /// <summary>Takes spans as the entries of an event.</summary>
    /// <param name="pixels">Where.</param>
    /// <param name="frames">From which frame on.</param>
    /// <param name="values">One value a channel each.</param>
    /// <param name="filledFrames">One past the last frame that can be filled.</param>
    /// <param name="isCumulative">Whether entries fill later frames too.</param>
    /// <param name="endsWithEvent">Whether the event's own last frame ends them.</param>
    internal static SparseEvent Of(
        ReadOnlySpan<ushort> pixels,
        ReadOnlySpan<ushort> frames,
        ReadOnlySpan<float> values,
        int filledFrames,
        bool isCumulative,
        bool endsWithEvent)
    {
        if (endsWithEvent && isCumulative)
        {
            filledFrames = 0;
            foreach (ushort frame in frames)
            {
                filledFrames = Math.Max(filledFrames, frame + 1);
            }
        }

        return new SparseEvent(pixels, frames, values, filledFrames, isCumulative);
    }

    /// <summary>One past the last frame that can be filled.</summary>
    internal int FilledFrames => filledFrames;

    internal bool IsCumulative => isCumulative;

    /// <summary>Whether a pixel has several entries.</summary>
    internal bool HasRepeatedPixels
    {
        get
        {
            for (int i = 1; i < Pixels.Length; i++)
            {
                if (Pixels[i] == Pixels[i - 1])
                {
                    return true;
                }
            }

            return false;
        }
    }
}
