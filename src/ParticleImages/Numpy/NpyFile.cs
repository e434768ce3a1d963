namespace ParticleImages.Numpy;

/// <summary>One array in a file, as <c>numpy.save</c> writes it.</summary>
/// <remarks>Source of the format: the documentation of <c>numpy.lib.format</c>, versions 1.0 to 3.0.</remarks>
public static class NpyFile
{
    /// <summary>Reads the whole array, converted to T by value; see <see cref="NumpyArrayReader"/>.</summary>
    /// <typeparam name="T">The wanted type of the values.</typeparam>
    /// <param name="path">The file.</param>
    /// <returns>The array, in C order.</returns>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="NotSupportedException">T is no element type.</exception>
    /// <exception cref="EventFormatException">The file is damaged, holds other than numbers, or a value does not fit T.</exception>
    public static NumpyArray<T> Read<T>(string path)
        where T : unmanaged
    {
        using NumpyArrayReader reader = Open(path);
        return reader.ReadAll<T>();
    }

    /// <summary>Opens the array to read rows of it. The header is read and checked against the file's length.</summary>
    /// <param name="path">The file.</param>
    /// <returns>A reader, which holds the file open until it is disposed of.</returns>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="EventFormatException">The header is damaged, or the elements are no numbers.</exception>
    public static NumpyArrayReader Open(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);

        // Rows go straight into the caller's buffer, so the stream needs none of its own.
        return new NumpyArrayReader(
            new NumpyOrigin(path, null),
            new FileInfo(path).Length,
            () => new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1));
    }
}
