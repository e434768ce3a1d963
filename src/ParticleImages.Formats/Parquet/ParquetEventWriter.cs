using System.Globalization;
using System.IO.Compression;
using ParticleImages.Storage;
using Parquet;

namespace ParticleImages.Formats.Parquet;

/// <summary>Writes events as a table with a row a hit, one row group in memory at a time.</summary>
internal static class ParquetEventWriter
{
    private const int EventsAtATime = 256;

    // Some thousand events of fifty hits: what a reader decodes for any of them.
    private const int RowsOfGroup = 1 << 18;

    public static void Write(
        string path,
        EventSource events,
        IReadOnlyDictionary<string, string> attributes,
        IProgress<int>? progress,
        CancellationToken cancellation)
    {
        AttributeTexts.Check(
            attributes, name => !ParquetFile.IsAttribute(name), $"Parquet files use for something else ('{ParquetFile.OwnPrefix}…', {ParquetFile.ForeignNames})");
        cancellation.ThrowIfCancellationRequested();
        AtomicFile.Write(path, stream => WriteAsync(stream, events, attributes, progress, cancellation).GetAwaiter().GetResult());
    }

    private static async Task WriteAsync(
        Stream stream,
        EventSource events,
        IReadOnlyDictionary<string, string> attributes,
        IProgress<int>? progress,
        CancellationToken cancellation)
    {
        ImageShape shape = events.ImageShape;
        var rows = new HitRows(shape);
        var options = new ParquetOptions { CompressionMethod = CompressionMethod.Zstd, CompressionLevel = CompressionLevel.Optimal };
        HitRows.ChooseEncodings(options);
        await using ParquetWriter writer = await ParquetWriter.CreateAsync(HitRows.Schema, stream, options, cancellationToken: cancellation).ConfigureAwait(false);
        writer.CustomMetadata = new Dictionary<string, string>(attributes)
        {
            [ParquetFile.ShapeKey] = string.Create(CultureInfo.InvariantCulture, $"{shape.Height}x{shape.Width}"),
        };
        var images = new float[Math.Min(EventsAtATime, events.Count) * shape.Values];
        var labels = new int[Math.Min(EventsAtATime, events.Count)];
        for (int start = 0; start < events.Count;)
        {
            cancellation.ThrowIfCancellationRequested();
            int count = Math.Min(EventsAtATime, events.Count - start);
            events.ReadInto(start, images.AsSpan(0, count * shape.Values), labels.AsSpan(0, count));
            rows.Add(start, images.AsSpan(0, count * shape.Values), labels.AsSpan(0, count));
            start += count;
            if (rows.Count >= RowsOfGroup || start == events.Count)
            {
                await rows.FlushAsync(writer).ConfigureAwait(false);
            }

            progress?.Report(start);
        }
    }
}
