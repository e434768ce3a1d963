namespace ParticleImages.Formats.Parquet;

/// <summary>Turns what Parquet.Net and its decompressors throw into the library's one exception for bad data.</summary>
internal static class ParquetErrors
{
    /// <summary>Runs code that reads through Parquet.Net.</summary>
    /// <exception cref="EventFormatException">Whatever the code threw because of the file's contents.</exception>
    public static T Guard<T>(string path, string? column, long? row, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception exception) when (IsAboutTheFile(exception))
        {
            string what = column is null ? path : $"The column '{column}' of {path}";
            throw new EventFormatException(
                $"{what} can't be read as Parquet: {exception.Message.TrimEnd('.')}. The file is damaged, or holds a feature of Parquet that "
                + "is not read here: copy it again, or rewrite it, for example with pyarrow.parquet.write_table.",
                path,
                column,
                row,
                exception);
        }
    }

    // A wrong program is not the file's fault. Too little memory is: what a group may take was checked.
    private static bool IsAboutTheFile(Exception exception) =>
        exception is not (EventFormatException or ObjectDisposedException or MissingMemberException
            or UnauthorizedAccessException or FileNotFoundException);
}
