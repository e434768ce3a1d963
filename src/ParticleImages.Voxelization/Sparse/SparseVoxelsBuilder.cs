namespace ParticleImages.Voxelization;

/// <summary>Entries of one event after the other, in arrays that grow.</summary>
internal sealed class SparseVoxelsBuilder
{
    private readonly VoxelShape shape;
    private readonly long[] offsets;
    private readonly int[] labels;
    private ushort[] pixels = [];
    private ushort[] frames = [];
    private float[] values = [];
    private int events;
    private int entries;

    /// <summary>Begins with room for a number of events and for what they are likely to hold.</summary>
    public SparseVoxelsBuilder(in BinningPlan plan, int count)
    {
        shape = plan.Output;
        offsets = new long[count + 1];
        labels = new int[count];
    }

    /// <summary>Adds an event from what was selected of it.</summary>
    public void Add(in BinningPlan plan, ref Deposits deposits, int label)
    {
        EventBinning.Prepare(plan, ref deposits);
        int count = deposits.Count;
        if (pixels.Length - entries < count)
        {
            Grow(count);
        }

        deposits.Cells[..count].CopyTo(pixels.AsSpan(entries, count));
        deposits.Frames[..count].CopyTo(frames.AsSpan(entries, count));
        for (int i = 0; i < shape.Channels; i++)
        {
            deposits.ValuesOf(plan.Voxelizer.Channels[i]).CopyTo(values.AsSpan((entries * shape.Channels) + (i * count)));
        }

        entries += count;
        labels[events] = label;
        offsets[++events] = entries;
    }

    public SparseVoxels Build(in BinningPlan plan)
    {
        // A little slack costs less than a copy of everything.
        if (entries < pixels.Length - (pixels.Length / 4))
        {
            Resize(entries);
        }

        var background = new float[shape.Channels];
        for (int i = 0; i < background.Length; i++)
        {
            background[i] = plan.Background(plan.Voxelizer.Channels[i]);
        }

        return new SparseVoxels(shape, plan.FilledFrames, plan.IsCumulative, plan.EndsWithEvent, background, offsets, pixels, frames, values, labels);
    }

    private void Grow(int more)
    {
        long most = Array.MaxLength / shape.Channels;
        long needed = (long)entries + more;
        if (needed > most)
        {
            throw new InvalidOperationException(
                $"The first {events} of {labels.Length} events have {entries} entries, and one list has room for {most}. Bin a Slice, or cut more.");
        }

        // About 16 entries an event to begin with, then twice as many each time.
        Resize((int)Math.Min(most, Math.Max(needed, Math.Max(2L * pixels.Length, 16L * labels.Length))));
    }

    private void Resize(int length)
    {
        pixels = Resized(pixels, entries, length);
        frames = Resized(frames, entries, length);
        values = Resized(values, entries * shape.Channels, length * shape.Channels);
    }

    // Array.Resize would clear what is written next anyway.
    private static T[] Resized<T>(T[] array, int used, int length)
    {
        T[] resized = GC.AllocateUninitializedArray<T>(length);
        array.AsSpan(0, used).CopyTo(resized);
        return resized;
    }
}
