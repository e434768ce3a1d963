using ParquetSharp;

namespace ParticleImages.Formats.Tests.Parquet;

/// <summary>Files as others write them, by ParquetSharp, which is Apache Arrow's own writer.</summary>
internal static class ParquetFiles
{
    /// <summary>Writes columns, each cut into row groups of so many rows.</summary>
    public static void Write(
        string path,
        int rowsOfGroup,
        Action<WriterPropertiesBuilder>? choose,
        IReadOnlyDictionary<string, string>? texts,
        params IWrittenColumn[] columns)
    {
        using var builder = new WriterPropertiesBuilder();
        builder.Compression(Compression.Snappy);
        choose?.Invoke(builder);
        using WriterProperties properties = builder.Build();
        using var writer = new ParquetFileWriter(path, [.. columns.Select(column => column.Column)], properties, keyValueMetadata: texts);
        int rows = columns.Max(column => column.Count);
        for (int start = 0; start < rows; start += rowsOfGroup)
        {
            using RowGroupWriter group = writer.AppendRowGroup();
            foreach (IWrittenColumn column in columns)
            {
                column.Write(group, start, Math.Min(rowsOfGroup, rows - start));
            }
        }

        writer.Close();
    }

    /// <summary>Writes the hits of events as a table, a row a hit, as a physicist would.</summary>
    public static void WriteHits(string path, EventBatch batch, int rowsOfGroup, Action<WriterPropertiesBuilder>? choose = null)
    {
        (int Event, int Pixel)[] hits = [.. Enumerable.Range(0, batch.Count * batch.Shape.Pixels)
            .Select(i => (i / batch.Shape.Pixels, i % batch.Shape.Pixels))
            .Where(hit => hit.Item2 == 0 || Energy(hit) != 0 || Time(hit) != 0)];
        Write(
            path,
            rowsOfGroup,
            choose,
            null,
            new Written<long>("event", [.. hits.Select(hit => (7L * hit.Event) - 20)]),
            new Written<short>("row", [.. hits.Select(hit => (short)(hit.Pixel / batch.Shape.Width))]),
            new Written<int>("column", [.. hits.Select(hit => hit.Pixel % batch.Shape.Width)]),
            new Written<double>("energy", [.. hits.Select(hit => (double)Energy(hit))]),
            new Written<float>("time", [.. hits.Select(Time)]),
            new Written<bool>("label", [.. hits.Select(hit => batch.Labels[hit.Event] == 1)]));

        float Energy((int Event, int Pixel) hit) => batch.Images[(hit.Event * batch.Shape.Values) + (2 * hit.Pixel)];
        float Time((int Event, int Pixel) hit) => batch.Images[(hit.Event * batch.Shape.Values) + (2 * hit.Pixel) + 1];
    }

    /// <summary>Images as lists (channels, rows, columns), an energy and a time.</summary>
    public static double[][][][] ChannelsFirst(EventBatch batch) =>
        [.. Enumerable.Range(0, batch.Count).Select(i => Enumerable.Range(0, 2).Select(channel =>
            Enumerable.Range(0, batch.Shape.Height).Select(row => Enumerable.Range(0, batch.Shape.Width).Select(column =>
                (double)batch.Images[(i * batch.Shape.Values) + (2 * ((row * batch.Shape.Width) + column)) + channel]).ToArray()).ToArray()).ToArray())];

    /// <summary>Images as lists (rows, columns, 2).</summary>
    public static float[][][][] ChannelsLast(EventBatch batch) =>
        [.. Enumerable.Range(0, batch.Count).Select(i => Enumerable.Range(0, batch.Shape.Height).Select(row =>
            Enumerable.Range(0, batch.Shape.Width).Select(column => Enumerable.Range(0, 2).Select(channel =>
                batch.Images[(i * batch.Shape.Values) + (2 * ((row * batch.Shape.Width) + column)) + channel]).ToArray()).ToArray()).ToArray())];

    public static Written<T> Column<T>(string name, T[] values) => new(name, values);
}
