using ParquetSharp;

namespace ParticleImages.Formats.Tests.Parquet;

/// <summary>A column and its values.</summary>
internal sealed class Written<T>(string name, T[] values) : IWrittenColumn
{
    public Column Column { get; } = new Column<T>(name);

    public int Count => values.Length;

    public void Write(RowGroupWriter group, int start, int count)
    {
        using LogicalColumnWriter<T> writer = group.NextColumn().LogicalWriter<T>();
        writer.WriteBatch(values.AsSpan(start, count));
    }
}
