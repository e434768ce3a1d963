namespace ParticleImages.Formats.Parquet;

/// <summary>Turns what Parquet.Net and its decompressors throw into the library's one exception for bad data.</summary>
internal static class ParquetErrors
{
    /// <summary>Runs code that reads through Parquet.Net.</summary>
    /// <exception cref="EventFormatException">Whatever the code threw because of the file's contents.</exception>
    public static T Guard<T>(string path, string? column, long? row, Func<T> read) => ForeignErrors.Guard(
        (path, column, row), column is null ? path : $"The column '{column}' of {path}", "Parquet", "rewrite it, for example with pyarrow.parquet.write_table", read);
}
