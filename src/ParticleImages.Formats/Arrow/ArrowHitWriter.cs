using System.Runtime.InteropServices;
using Apache.Arrow;
using Apache.Arrow.Types;

namespace ParticleImages.Formats.Arrow;

/// <summary>Writes events as hits, one record batch in memory at a time.</summary>
internal static class ArrowHitWriter
{
    // Of 32 × 32 pixels 4096 events, of the public files 2 MB of hits.
    private const int PixelsAtATime = 1 << 22;
    private const int MostEvents = 1 << 14;

    /// <summary>The hits of a source, some thousand events at a time.</summary>
    public static IEnumerable<HitEvents> PartsOf(EventSource events, CancellationToken cancellation)
    {
        int most = EventsAtATime(events.ImageShape);
        for (int start = 0; start < events.Count; start += Math.Min(most, events.Count - start))
        {
            yield return HitEvents.From(events.Slice(start, Math.Min(most, events.Count - start)), cancellation);
        }
    }

    public static void Write(
        string path,
        ImageShape shape,
        IEnumerable<HitEvents> parts,
        IReadOnlyDictionary<string, string> attributes,
        ArrowCompression compression,
        IProgress<int>? progress,
        CancellationToken cancellation)
    {
        ArrowOutput.Check(compression);
        var hit = new StructType(
        [
            new Field("pixel", UInt16Type.Default, nullable: false),
            new Field("energy", FloatType.Default, nullable: false),
            new Field("time", FloatType.Default, nullable: false),
        ]);
        var list = new ListType(new Field("item", hit, nullable: false));
        Schema schema = ArrowOutput.SchemaOf(
            shape,
            attributes,
            new Field(ArrowColumns.Hits, list, nullable: false),
            new Field(ArrowLabels.UsualName, Int32Type.Default, nullable: false));
        cancellation.ThrowIfCancellationRequested();
        ArrowOutput.Write(path, schema, Batches(), compression);

        IEnumerable<RecordBatch> Batches()
        {
            int written = 0;
            foreach (HitEvents events in parts)
            {
                for (int start = 0; start < events.Count;)
                {
                    cancellation.ThrowIfCancellationRequested();
                    int count = Fitting(events, start, out int hits);
                    yield return Batch(events, start, count, hits);
                    start += count;
                    written += count;
                    progress?.Report(written);
                }
            }
        }

        // Layers may give an event more hits than it has pixels. An event alone always fits: its hits have a length.
        int Fitting(HitEvents events, int start, out int hits)
        {
            hits = events[start].Count;
            int count = 1;
            while (start + count < events.Count && count < EventsAtATime(shape) && events[start + count].Count <= PixelsAtATime - hits)
            {
                hits += events[start + count].Count;
                count++;
            }

            return count;
        }

        RecordBatch Batch(HitEvents events, int start, int count, int hits)
        {
            byte[] offsets = new byte[(count + 1) * sizeof(int)];
            byte[] pixels = new byte[hits * sizeof(ushort)];
            byte[] energies = new byte[hits * (long)sizeof(float)];
            byte[] times = new byte[hits * (long)sizeof(float)];
            Span<int> ends = MemoryMarshal.Cast<byte, int>(offsets.AsSpan());
            for (int i = 0; i < count; i++)
            {
                Hits found = events[start + i];
                found.Pixels.CopyTo(MemoryMarshal.Cast<byte, ushort>(pixels.AsSpan())[ends[i]..]);
                found.Energies.CopyTo(MemoryMarshal.Cast<byte, float>(energies.AsSpan())[ends[i]..]);
                found.Times.CopyTo(MemoryMarshal.Cast<byte, float>(times.AsSpan())[ends[i]..]);
                ends[i + 1] = ends[i] + found.Count;
            }

            byte[] labels = MemoryMarshal.AsBytes(events.Labels.Slice(start, count)).ToArray();
            var values = new ArrayData(
                hit,
                hits,
                0,
                0,
                [ArrowBuffer.Empty],
                [
                    new ArrayData(UInt16Type.Default, hits, 0, 0, [ArrowBuffer.Empty, new(pixels)]),
                    new ArrayData(FloatType.Default, hits, 0, 0, [ArrowBuffer.Empty, new(energies)]),
                    new ArrayData(FloatType.Default, hits, 0, 0, [ArrowBuffer.Empty, new(times)]),
                ]);
            return new RecordBatch(
                schema,
                [
                    new ListArray(new ArrayData(list, count, 0, 0, [ArrowBuffer.Empty, new(offsets)], [values])),
                    new Int32Array(new ArrayData(Int32Type.Default, count, 0, 0, [ArrowBuffer.Empty, new(labels)])),
                ],
                count);
        }
    }

    private static int EventsAtATime(ImageShape shape) => Math.Clamp(PixelsAtATime / shape.Pixels, 1, MostEvents);
}
