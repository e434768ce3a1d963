using System.Runtime.CompilerServices;

namespace ParticleImages.Formats.Hdf5;

/// <summary>Copies the part of a chunk that lies within the dataset to its place among whole rows.</summary>
internal static class ChunkPlacement
{
    /// <summary>Places a chunk.</summary>
    /// <param name="chunk">All elements of the chunk, in C order.</param>
    /// <param name="chunkShape">Its length in each axis.</param>
    /// <param name="origin">Where its first element stands: in the first axis from the first row given, in the others from 0.</param>
    /// <param name="rows">The rows, in C order.</param>
    /// <param name="rowsShape">Their length in each axis; the first is the number of rows.</param>
    /// <param name="elementSize">Bytes an element.</param>
    public static void Place(
        ReadOnlySpan<byte> chunk,
        ReadOnlySpan<long> chunkShape,
        ReadOnlySpan<long> origin,
        Span<byte> rows,
        ReadOnlySpan<long> rowsShape,
        int elementSize)
    {
        int rank = chunkShape.Length;
        Span<Axis> axes = stackalloc Axis[rank];
        long sourceStep = elementSize;
        long targetStep = elementSize;
        long target = 0;
        for (int i = rank - 1; i >= 0; i--)
        {
            long count = Math.Min(chunkShape[i], rowsShape[i] - origin[i]);
            axes[i] = new Axis((int)count, (int)sourceStep, (int)targetStep);
            target += origin[i] * targetStep;
            sourceStep *= chunkShape[i];
            targetStep *= rowsShape[i];
        }

        // Axes that follow each other without a gap on both sides are one run of bytes.
        int run = elementSize;
        while (rank > 0 && (axes[rank - 1].Count == 1
            || (axes[rank - 1].SourceStep == run && axes[rank - 1].TargetStep == run)))
        {
            run *= axes[rank - 1].Count;
            rank--;
        }

        Copy(axes[..rank], run, chunk, rows[(int)target..]);
    }

    private static void Copy(ReadOnlySpan<Axis> axes, int run, ReadOnlySpan<byte> source, Span<byte> target)
    {
        if (axes.IsEmpty)
        {
            source[..run].CopyTo(target);
            return;
        }

        Axis axis = axes[0];
        if (axes.Length == 1 && run == sizeof(uint))
        {
            CopyWords(axis, source, target);
            return;
        }

        for (int i = 0; i < axis.Count; i++)
        {
            Copy(axes[1..], run, source[(i * axis.SourceStep)..], target[(i * axis.TargetStep)..]);
        }
    }

    // One channel of float32 pixels between those of the other: the common case of chunks that part the channels.
    private static void CopyWords(Axis axis, ReadOnlySpan<byte> source, Span<byte> target)
    {
        int last = axis.Count - 1;
        _ = source.Slice(last * axis.SourceStep, sizeof(uint));
        _ = target.Slice(last * axis.TargetStep, sizeof(uint));
        ref byte from = ref System.Runtime.InteropServices.MemoryMarshal.GetReference(source);
        ref byte to = ref System.Runtime.InteropServices.MemoryMarshal.GetReference(target);
        for (int i = 0; i <= last; i++)
        {
            Unsafe.WriteUnaligned(
                ref Unsafe.Add(ref to, i * axis.TargetStep),
                Unsafe.ReadUnaligned<uint>(ref Unsafe.Add(ref from, i * axis.SourceStep)));
        }
    }

    private readonly record struct Axis(int Count, int SourceStep, int TargetStep);
}
