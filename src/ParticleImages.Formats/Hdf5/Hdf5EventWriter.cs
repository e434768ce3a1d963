using System.Reflection;
using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;
using ParticleImages.Storage;
using PureHDF;
using PureHDF.Filters;
using PureHDF.Selections;
using PureHDF.VOL.Native;

namespace ParticleImages.Formats.Hdf5;

/// <summary>Writes events in the public files' layout, one chunk in memory at a time.</summary>
internal static class Hdf5EventWriter
{
    private const int EventsInChunk = 256;

    public static void Write(
        string path,
        EventSource events,
        IReadOnlyDictionary<string, string> attributes,
        IProgress<int>? progress,
        CancellationToken cancellation)
    {
        AttributeTexts.Check(attributes);
        cancellation.ThrowIfCancellationRequested();
        AtomicFile.Write(path, stream =>
        {
            try
            {
                Write(stream, events, attributes, progress, cancellation);
            }
            catch (TargetInvocationException exception) when (exception.InnerException is { } cause)
            {
                // PureHDF writes by reflection; a full disk is a plain IOException to our callers.
                ExceptionDispatchInfo.Throw(cause);
            }
        });
    }

    private static void Write(
        Stream stream,
        EventSource events,
        IReadOnlyDictionary<string, string> attributes,
        IProgress<int>? progress,
        CancellationToken cancellation)
    {
        ImageShape shape = events.ImageShape;
        ulong[] dimensions = [(ulong)events.Count, (ulong)shape.Height, (ulong)shape.Width, 2];
        int height = Math.Min(EventsInChunk, events.Count);
        var hand = new ChunkHand(height * shape.Values * sizeof(float));

        // A dataset without rows has no chunks.
        H5Dataset<float[]> images = height == 0
            ? new(dimensions)
            : new(
                dimensions,
                [(uint)height, (uint)shape.Height, (uint)shape.Width, 2],
                new H5DatasetCreation(hand, [ShuffleFilter.Id, DeflateFilter.Id]));
        var labels = new H5Dataset<float[]>([(ulong)events.Count]);
        var file = new H5File { ["X"] = images, ["y"] = labels };
        foreach ((string name, string text) in attributes)
        {
            file.Attributes[name] = text;
        }

        var labelsOfAll = new float[events.Count];
        using H5NativeWriter writer = file.BeginWrite(stream);
        for (int start = 0; start < events.Count; start += height)
        {
            cancellation.ThrowIfCancellationRequested();
            int count = Math.Min(height, events.Count - start);
            EventBatch batch = events.Read(start, count);
            hand.Take(MemoryMarshal.AsBytes(batch.Images));

            // One element makes the writer ask for the chunk; the hand gives it the whole.
            writer.Write(images, [batch.Images[0]], fileSelection: new HyperslabSelection(4, [(ulong)start, 0, 0, 0], [1, 1, 1, 1]));
            for (int i = 0; i < count; i++)
            {
                labelsOfAll[start + i] = batch.Labels[i];
            }

            progress?.Report(start + count);
        }

        if (events.Count > 0)
        {
            writer.Write(labels, labelsOfAll);
        }
    }

    /// <summary>
    /// Hands whole chunks to the writer at once. PureHDF would copy a selection two values at a time, and keep all
    /// chunks in memory until the end.
    /// </summary>
    private sealed class ChunkHand(int length) : IWritingChunkCache
    {
        private readonly byte[] chunk = new byte[length];

        /// <summary>Takes the next chunk; behind the last event it is filled with zeros.</summary>
        public void Take(ReadOnlySpan<byte> images)
        {
            images.CopyTo(chunk);
            chunk.AsSpan(images.Length).Clear();
        }

        public Memory<byte> GetChunk(ulong chunkIndex, Func<Memory<byte>> chunkAllocator, Action<ulong, Memory<byte>> chunkWriter)
        {
            chunkWriter(chunkIndex, chunk);
            return chunk;
        }

        public void Flush(Action<ulong, Memory<byte>> chunkWriter)
        {
            // Every chunk was written when it was asked for.
        }
    }
}
