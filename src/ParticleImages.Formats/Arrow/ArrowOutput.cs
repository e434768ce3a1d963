using Apache.Arrow;
using Apache.Arrow.Compression;
using Apache.Arrow.Ipc;
using ParticleImages.Storage;

namespace ParticleImages.Formats.Arrow;

/// <summary>What writing images and writing hits have in common.</summary>
internal static class ArrowOutput
{
    /// <summary>The ending of files in the streaming form.</summary>
    public const string StreamExtension = ".arrows";

    // What pandas and pyarrow keep with a table is no text of ours.
    private static readonly string[] OthersTexts = ["pandas", "ARROW:schema"];

    /// <summary>Writes batches, whole or not at all: as a stream where the file's name ends so, else as a file.</summary>
    public static void Write(string path, Schema schema, IEnumerable<RecordBatch> batches, ArrowCompression compression) =>
        AtomicFile.Write(path, stream =>
        {
            using ArrowStreamWriter writer = Path.GetExtension(path).Equals(StreamExtension, StringComparison.OrdinalIgnoreCase)
                ? new ArrowStreamWriter(stream, schema, leaveOpen: true, OptionsOf(compression))
                : new ArrowFileWriter(stream, schema, leaveOpen: true, OptionsOf(compression));
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
    /// <exception cref="ArgumentException">A text has no name, or one that is no attribute's.</exception>
    public static Schema SchemaOf(ImageShape shape, IReadOnlyDictionary<string, string> attributes, params Field[] fields)
    {
        AttributeTexts.Check(
            attributes,
            name => !IsAttribute(name),
            $"Arrow files use for something else ({ArrowColumns.Height}, {ArrowColumns.Width}, {string.Join(", ", OthersTexts)})");
        var texts = new Dictionary<string, string>(attributes);
        texts[ArrowColumns.Height] = FormattableString.Invariant($"{shape.Height}");
        texts[ArrowColumns.Width] = FormattableString.Invariant($"{shape.Width}");
        return new Schema(fields, texts);
    }

    /// <summary>Whether a name among the schema's texts is an attribute: neither the size's nor what others keep there.</summary>
    public static bool IsAttribute(string name) => name is not (ArrowColumns.Height or ArrowColumns.Width) && !OthersTexts.Contains(name);

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
