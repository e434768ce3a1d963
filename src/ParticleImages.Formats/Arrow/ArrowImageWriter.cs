using System.Runtime.InteropServices;
using Apache.Arrow;
using Apache.Arrow.Types;

namespace ParticleImages.Formats.Arrow;

/// <summary>Writes events as images, some megabytes in memory at a time.</summary>
internal static class ArrowImageWriter
{
    private const int BytesAtATime = 1 << 23;

    public static void Write(
        string path,
        EventSource events,
        IReadOnlyDictionary<string, string> attributes,
        ArrowCompression compression,
        IProgress<int>? progress,
        CancellationToken cancellation)
    {
        ArrowOutput.Check(compression);
        ImageShape shape = events.ImageShape;
        var item = new Field("item", FloatType.Default, nullable: true);
        var type = new FixedSizeListType(item, shape.Values);
        var tensor = new Dictionary<string, string>
        {
            // So that pyarrow gives arrays (events, rows, columns, 2) and not lists.
            [ArrowColumns.ExtensionName] = ArrowColumns.Tensor,
            [ArrowColumns.ExtensionMetadata] = FormattableString.Invariant($"{{\"shape\":[{shape.Height},{shape.Width},2]}}"),
        };
        Schema schema = ArrowOutput.SchemaOf(
            shape,
            attributes,
            new Field(ArrowColumns.Images, type, nullable: false, tensor),
            new Field(ArrowLabels.UsualName, Int32Type.Default, nullable: false));
        cancellation.ThrowIfCancellationRequested();
        ArrowOutput.Write(path, schema, Batches(), compression);

        IEnumerable<RecordBatch> Batches()
        {
            int most = Math.Max(1, BytesAtATime / (shape.Values * sizeof(float)));
            var images = new byte[Math.Min(most, events.Count) * shape.Values * sizeof(float)];
            var labels = new byte[Math.Min(most, events.Count) * sizeof(int)];
            for (int start = 0; start < events.Count;)
            {
                cancellation.ThrowIfCancellationRequested();
                int count = Math.Min(most, events.Count - start);
                Memory<byte> imagesOfBatch = images.AsMemory(0, count * shape.Values * sizeof(float));
                Memory<byte> labelsOfBatch = labels.AsMemory(0, count * sizeof(int));
                events.ReadInto(start, MemoryMarshal.Cast<byte, float>(imagesOfBatch.Span), MemoryMarshal.Cast<byte, int>(labelsOfBatch.Span));
                var values = new ArrayData(FloatType.Default, count * shape.Values, 0, 0, [ArrowBuffer.Empty, new(imagesOfBatch)]);
                yield return new RecordBatch(
                    schema,
                    [
                        new FixedSizeListArray(new ArrayData(type, count, 0, 0, [ArrowBuffer.Empty], [values])),
                        new Int32Array(new ArrayData(Int32Type.Default, count, 0, 0, [ArrowBuffer.Empty, new(labelsOfBatch)])),
                    ],
                    count);
                start += count;
                progress?.Report(start);
            }
        }
    }
}
