using System.Reflection;

namespace ParticleImages.Formats;

/// <summary>Turns what other libraries throw at damaged files (mostly bare exceptions) into the library's one exception for bad data.</summary>
internal static class ForeignErrors
{
    /// <summary>Runs code that reads through another library.</summary>
    /// <param name="place">The file, and the dataset or column or null, and the row or null.</param>
    /// <param name="what">What messages call the place.</param>
    /// <param name="format">The file's format.</param>
    /// <param name="rewrite">What would bring the file into a form that is read.</param>
    /// <param name="read">The code.</param>
    /// <exception cref="EventFormatException">Whatever the code threw because of the file's contents.</exception>
    public static T Guard<T>((string Path, string? Dataset, long? Row) place, string what, string format, string rewrite, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception exception) when (IsAboutTheFile(exception))
        {
            Exception cause = exception is TargetInvocationException { InnerException: { } inner } ? inner : exception;
            throw new EventFormatException(
                $"{what} can't be read as {format}: {cause.Message.TrimEnd('.')}. The file is damaged, or holds a feature of "
                + $"{format} that is not read here: copy it again, or {rewrite}.",
                place.Path,
                place.Dataset,
                place.Row,
                cause);
        }
    }

    // A wrong program is not the file's fault. Too little memory is: what is read here is small, or was checked, unless a damaged length says otherwise.
    private static bool IsAboutTheFile(Exception exception) =>
        exception is not (EventFormatException or ObjectDisposedException or MissingMemberException
            or UnauthorizedAccessException or FileNotFoundException);
}
