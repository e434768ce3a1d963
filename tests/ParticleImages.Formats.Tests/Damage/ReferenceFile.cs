using ParquetSharp;
using ParticleImages.Formats.Arrow;
using ParticleImages.Formats.Numpy;
using ParticleImages.Formats.Tests.Arrow;
using ParticleImages.Formats.Tests.Hdf5;
using ParticleImages.Formats.Tests.Parquet;
using ParticleImages.Numpy;

namespace ParticleImages.Formats.Tests.Damage;

/// <summary>A file as it should be, and how its events are opened: what tests of damage and of bad luck begin with, for every format alike.</summary>
/// <param name="Name">What a failed test calls it.</param>
/// <param name="Bytes">The whole file.</param>
/// <param name="Layout">Where its events stand.</param>
internal sealed record ReferenceFile(string Name, byte[] Bytes, EventLayout Layout)
{
    /// <summary>Layouts that read the file in other ways, perhaps as layers.</summary>
    public IReadOnlyList<EventLayout> OtherLayouts { get; init; } = [];

    /// <summary>The formats, each with a dozen of its forms.</summary>
    public static string[] Formats => ["HDF5", "numpy", "Arrow", "Parquet"];

    /// <summary>All forms of a format.</summary>
    public static IReadOnlyList<ReferenceFile> Of(string format)
    {
        using var folder = new TemporaryFolder();
        string path = folder["whole"];
        return [.. format switch
        {
            "HDF5" => Hdf5(),
            "numpy" => Numpy(path),
            "Arrow" => Arrow(path),
            _ => Parquet(path),
        }];
    }

    // Those that begin with "bad" are refused as they are, except one that lacks labels.
    private static IEnumerable<ReferenceFile> Hdf5()
    {
        EventLayout[] others =
        [
            EventLayout.Default.ColumnFirst(),
            EventLayout.Default.ScaledBy(energy: 50, time: 0.02),
            EventLayout.Default.Channel(1).TimeAll(0).ChannelLast(),
            EventLayout.Default.Layers(2, LayerOrder.Last),
        ];
        foreach (string file in Directory.EnumerateFiles(Path.GetDirectoryName(ExpectedEvents.File("gzip"))!, "*.hdf5").Order(StringComparer.Ordinal))
        {
            string name = Path.GetFileNameWithoutExtension(file);
            EventLayout? layout = name switch
            {
                "other-names" => EventLayout.Default.Images("/data/images").Labels("/data/labels"),
                "energy-only" => EventLayout.Default.TimeAll(0),
                "channel-first" => EventLayout.Default.ChannelFirst(),
                "bad-no-y" => EventLayout.Default.LabelAll(1),
                _ => name.StartsWith("bad-", StringComparison.Ordinal) ? null : EventLayout.Default,
            };
            if (layout is not null)
            {
                yield return new(name + ".hdf5", File.ReadAllBytes(file), layout) { OtherLayouts = layout == EventLayout.Default ? others : [] };
            }
        }
    }

    private static IEnumerable<ReferenceFile> Numpy(string path)
    {
        EventBatch batch = ExampleEvents.Batch(6);
        var texts = new Dictionary<string, string> { ["source"] = "synthetic" };
        new NpzFormat().Save(path, EventSource.FromBatch(batch), texts, null, default);
        yield return new("deflated.npz", File.ReadAllBytes(path), EventLayout.Default);

        NpzFile.Write(path, Add, System.IO.Compression.CompressionLevel.NoCompression);
        yield return new("stored.npz", File.ReadAllBytes(path), EventLayout.Default);

        NpyFile.Write(path, batch.Images.ToArray(), [6, 5, 4, 2]);
        yield return new("float32.npy", File.ReadAllBytes(path), EventLayout.Default.LabelAll(1));

        NpyFile.Write(path, Array.ConvertAll(batch.Images.ToArray(), value => (double)value), [6, 5, 4, 2]);
        yield return new("float64.npy", File.ReadAllBytes(path), EventLayout.Default.LabelAll(1));

        void Add(NpzWriter archive)
        {
            archive.Add("X", batch.Images.ToArray(), 6, 5, 4, 2);
            archive.Add("y", batch.Labels.ToArray());
        }
    }

    private static IEnumerable<ReferenceFile> Arrow(string path)
    {
        EventSource events = EventSource.FromBatch(ExampleHits.Images(5));
        var texts = new Dictionary<string, string> { ["source"] = "synthetic" };
        foreach (ArrowCompression compression in Enum.GetValues<ArrowCompression>())
        {
            new ArrowFormat(compression).Save(path, events, texts, null, default);
            yield return new($"images, {compression}", File.ReadAllBytes(path), EventLayout.Default);

            HitFile.Save(events, path, texts, compression);
            yield return new($"hits, {compression}", File.ReadAllBytes(path), EventLayout.Default);
        }

        Apache.Arrow.ListArray hits = OtherWriter.Hits([0, 1, 3], [0, 1, 5], [1, 2, 3], [1, 2, 3]);
        OtherWriter.Write(path, OtherWriter.Size, [OtherWriter.Column("hits", hits)], [[hits], [hits]]);
        yield return new("hits without labels", File.ReadAllBytes(path), EventLayout.Default.LabelAll(1));

        Apache.Arrow.FixedSizeListArray images = OtherWriter.Lists(OtherWriter.Floats([.. Enumerable.Range(0, 48).Select(value => (float)value)]), 12);
        Apache.Arrow.Int32Array labels = OtherWriter.Labels(0, 1, 1, 0);
        foreach (Apache.Arrow.Ipc.CompressionCodecType? codec in new Apache.Arrow.Ipc.CompressionCodecType?[] { null, Apache.Arrow.Ipc.CompressionCodecType.Zstd })
        {
            OtherWriter.Write(
                path, OtherWriter.Size, [OtherWriter.Column("images", images), OtherWriter.Column("labels", labels)], [[images, labels], [images, labels]], isStream: true, codec);
            yield return new($"stream, {codec}", File.ReadAllBytes(path), EventLayout.Default);
        }
    }

    private static IEnumerable<ReferenceFile> Parquet(string path)
    {
        EventBatch events = ExampleEvents.Batch(6);
        EventFile.Save(EventSource.FromBatch(events), path + ".parquet");
        yield return new("saved", File.ReadAllBytes(path + ".parquet"), EventLayout.Default);

        (string Name, Action<WriterPropertiesBuilder> Choose)[] tables =
        [
            ("hits, plain", builder => builder.Compression(Compression.Uncompressed)),
            ("hits, snappy", builder => builder.Compression(Compression.Snappy)),
            ("hits, checksums", builder => builder.Compression(Compression.Uncompressed).EnablePageChecksum()),
            ("hits, version 2", builder => builder.Compression(Compression.Zstd).DataPageVersion(ParquetDataPageVersion.V2)),
            ("hits, delta", builder => builder.DisableDictionary().Encoding("event", Encoding.DeltaBinaryPacked).Encoding("column", Encoding.DeltaBinaryPacked)),
        ];
        foreach ((string name, Action<WriterPropertiesBuilder> choose) in tables)
        {
            ParquetFiles.WriteHits(path, events, 50, choose);
            yield return new(name, File.ReadAllBytes(path), EventLayout.Default.Size(events.Shape));
        }

        foreach (Compression codec in new[] { Compression.Snappy, Compression.Zstd, Compression.Gzip, Compression.Brotli, Compression.Lz4 })
        {
            ParquetFiles.Write(
                path,
                4,
                builder => builder.Compression(codec),
                null,
                ParquetFiles.Column("X_jets", ParquetFiles.ChannelsFirst(events)),
                ParquetFiles.Column("y", events.Labels.ToArray()));
            yield return new($"lists, {codec}", File.ReadAllBytes(path), EventLayout.Default.ChannelFirst());
        }
    }
}
