namespace ParticleImages.Voxelization;

/// <summary>
/// Some events as the voxels that hold something: a pixel, a frame and a value each, 8 bytes, where a dense event of 21 × 32 × 32 voxels
/// takes 86 016. Made by <see cref="Voxelizer.BinSparse(HitEvents)"/>; <see cref="ToDense"/> gives what <see cref="Voxelizer.Bin(HitEvents)"/> does, bit for bit.
/// </summary>
/// <remarks>
/// Which voxels an entry fills is said at <see cref="SparseEvent"/>; all others hold <see cref="Background"/>.
/// Immutable and safe to read from several threads.
/// </remarks>
public sealed class SparseVoxels
{
    private readonly long[] offsets;
    private readonly ushort[] pixels;
    private readonly ushort[] frames;
    private readonly float[] values;
    private readonly int[] labels;
    private readonly float[] background;
    private readonly bool endsWithEvent;

    internal SparseVoxels(
        VoxelShape shape,
        int filledFrames,
        bool isCumulative,
        bool endsWithEvent,
        float[] background,
        long[] offsets,
        ushort[] pixels,
        ushort[] frames,
        float[] values,
        int[] labels)
    {
        Shape = shape;
        FilledFrames = filledFrames;
        IsCumulative = isCumulative;
        this.endsWithEvent = endsWithEvent;
        this.background = background;
        this.offsets = offsets;
        this.pixels = pixels;
        this.frames = frames;
        this.values = values;
        this.labels = labels;
    }

    /// <summary>The size of one event.</summary>
    public VoxelShape Shape { get; }

    /// <summary>The number of events.</summary>
    public int Count => labels.Length;

    /// <summary>The number of entries in all events.</summary>
    public long EntryCount => offsets[^1];

    /// <summary>Whether entries fill all frames from theirs on.</summary>
    public bool IsCumulative { get; }

    /// <summary>
    /// The frames that entries can fill: all, but in the notebook-compatible mode all except the last. With an axis of distinct times an event fills
    /// no frame after its own last time.
    /// </summary>
    public int FilledFrames { get; }

    /// <summary>What voxels without an entry hold, one value a channel: 0 unless a standardisation subtracts the mean.</summary>
    public ReadOnlySpan<float> Background => background;

    /// <summary>One label an event: 0 photon, 1 electron.</summary>
    public ReadOnlySpan<int> Labels => labels;

    /// <summary>The memory of entries, labels and offsets, in bytes: 4 an entry and 4 more a channel, 12 an event, without the slack of the arrays, at most a third of the entries.</summary>
    public long Bytes => (EntryCount * ((2 * sizeof(ushort)) + (sizeof(float) * (long)Shape.Channels)))
        + ((long)labels.Length * sizeof(int)) + ((long)offsets.Length * sizeof(long));

    /// <summary>The entries of one event.</summary>
    /// <param name="index">The event, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such event.</exception>
    public SparseEvent this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfNegative(index);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
            int start = (int)offsets[index];
            int length = (int)(offsets[index + 1] - start);
            return SparseEvent.Of(
                pixels.AsSpan(start, length),
                frames.AsSpan(start, length),
                values.AsSpan(start * Shape.Channels, length * Shape.Channels),
                FilledFrames,
                IsCumulative,
                endsWithEvent);
        }
    }

    /// <summary>Writes all voxels of one event into the caller's buffer, without allocating.</summary>
    /// <param name="index">The event, from 0.</param>
    /// <param name="voxels">Receives (Channels, Frames, Height, Width) in C order.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such event.</exception>
    /// <exception cref="ArgumentException">The buffer's length is not that of an event. Nothing was written then.</exception>
    public void CopyTo(int index, Span<float> voxels)
    {
        SparseEvent entries = this[index];
        if (voxels.Length != Shape.Values)
        {
            throw new ArgumentException(
                $"An event of {Shape} voxels needs {Shape.Values} values; the buffer holds {voxels.Length}.", nameof(voxels));
        }

        for (int channel = 0; channel < Shape.Channels; channel++)
        {
            DenseFrames.Write(
                entries,
                entries.Values.Slice(channel * entries.Count, entries.Count),
                Shape,
                background[channel],
                exceedsCaches: false,
                voxels.Slice(channel * Shape.Voxels, Shape.Voxels));
        }
    }

    /// <summary>The voxels as text, for example <c>100 events of 21 × 32 × 32 voxels, 1300 entries</c>.</summary>
    /// <returns>The number of events, the size of one, and the number of entries.</returns>
    public override string ToString() => $"{Count} {(Count == 1 ? "event" : "events")} of {Shape} voxels, {EntryCount} entries";

    /// <summary>All events as a dense grid.</summary>
    /// <returns>A new grid.</returns>
    /// <exception cref="InvalidOperationException">The grid would have more voxels than an array can hold.</exception>
    public VoxelGrid ToDense()
    {
        if ((long)Count * Shape.Values > Array.MaxLength)
        {
            throw new InvalidOperationException(
                $"{Count} events of {Shape} voxels are more than one grid holds, {Array.MaxLength / Shape.Values} events. Use CopyTo event by event.");
        }

        float[] voxels = GC.AllocateUninitializedArray<float>(Count * Shape.Values);
        for (int i = 0; i < Count; i++)
        {
            CopyTo(i, voxels.AsSpan(i * Shape.Values, Shape.Values));
        }

        return new VoxelGrid(Shape, voxels, labels);
    }
}
