using ParquetSharp;

namespace ParticleImages.Formats.Tests.Parquet;

/// <summary>A column to be written by ParquetSharp, whatever its type.</summary>
internal interface IWrittenColumn
{
    Column Column { get; }

    int Count { get; }

    void Write(RowGroupWriter group, int start, int count);
}
