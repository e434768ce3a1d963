using System.Reflection;

namespace ParticleImages.Formats.Hdf5;

/// <summary>Turns what PureHDF throws (mostly bare exceptions) into the library's one exception for bad data.</summary>
internal static class HdfErrors
{
    /// <summary>Runs code that reads through PureHDF.</summary>
    /// <exception cref="EventFormatException">Whatever the code threw because of the file's contents.</exception>
    public static T Guard<T>(string path, string? dataset, long? row, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception exception) when (IsAboutTheFile(exception))
        {
            Exception cause = exception is TargetInvocationException { InnerException: { } inner } ? inner : exception;
            string what = dataset is null ? path : $"'{dataset}' of {path}";
            throw new EventFormatException(
                $"{what} can't be read as HDF5: {cause.Message.TrimEnd('.')}. The file is damaged, or holds a feature of "
                + "HDF5 that is not read here: copy it again, or rewrite it with h5repack.",
                path,
                dataset,
                row,
                cause);
        }
    }

    // A wrong program is not the file's fault. Too little memory is: what is read here are headers, which are small
    // unless a damaged length says otherwise.
    private static bool IsAboutTheFile(Exception exception) =>
        exception is not (EventFormatException or ObjectDisposedException or MissingMemberException
            or UnauthorizedAccessException or FileNotFoundException);
}
