using Apache.Arrow;
using Apache.Arrow.Compression;
using Apache.Arrow.Ipc;
using ParticleImages.Storage;

namespace ParticleImages.Formats.Arrow;

/// <summary>What writing images and writing hits have in common.</summary>
internal static class ArrowOutput
{
    /// <summary>Writes a file of batches, whole or not at all.</summary>
    public static void Write(string path, Schema schema, IEnumerable<RecordBatch> batches, ArrowCompression compression) =>
        AtomicFile.Write(path, stream =>
        {
            using var writer = new ArrowFileWriter(stream, schema, leaveOpen: true, OptionsOf(compression));
            writer.WriteStart();
            foreach (RecordBatch batch in batches)
            {
                using (batch)
                {
                    writer.WriteRecordBatch(batch);
                }
            }

            writer.WriteEnd();
        });

    /// <summary>A schema of columns with the size of the images and the caller's texts.</summary>
    /// <exception cref="ArgumentException">A text has no name, or the size's.</exception>
    public static Schema SchemaOf(ImageShape shape, IReadOnlyDictionary<string, string> attributes, params Field[] fields)
    {
        AttributeTexts.Check(attributes, IsOwn, $"the file uses itself ({ArrowColumns.Height}, {ArrowColumns.Width})");
        var texts = new Dictionary<string, string>(attributes);
        texts[ArrowColumns.Height] = FormattableString.Invariant($"{shape.Height}");
        texts[ArrowColumns.Width] = FormattableString.Invariant($"{shape.Width}");
        return new Schema(fields, texts);
    }

    /// <summary>Whether a name among the schema's texts is the file's own and no attribute.</summary>
    public static bool IsOwn(string name) => name is ArrowColumns.Height or ArrowColumns.Width;

    /// <summary>Refuses a compression that is none.</summary>
    public static void Check(ArrowCompression compression)
    {
        if (compression is not (ArrowCompression.None or ArrowCompression.Lz4 or ArrowCompression.Zstd))
        {
            throw new ArgumentOutOfRangeException(nameof(compression), compression, "The compression is None, Lz4 or Zstd.");
        }
    }

    private static IpcOptions OptionsOf(ArrowCompression compression) => compression == ArrowCompression.None
        ? new IpcOptions()
        : new IpcOptions
        {
            CompressionCodec = compression == ArrowCompression.Lz4 ? CompressionCodecType.Lz4Frame : CompressionCodecType.Zstd,
            CompressionCodecFactory = new CompressionCodecFactory(),
        };
}
