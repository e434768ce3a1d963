using ParticleImages.Storage;

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
    /// <exception cref="EventFormatException">The header is damaged, or does not fit the file's length.</exception>
    public static NumpyArrayReader Open(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);

        // Rows go straight into the caller's buffer, so the stream needs none of its own.
        return new NumpyArrayReader(
            new NumpyOrigin(path, null),
            () => InputFile.Open(path, bufferSize: 1));
    }

    /// <summary>Writes values in memory, whole or not at all.</summary>
    /// <typeparam name="T">The type of the values, which the file keeps.</typeparam>
    /// <param name="path">The file; an existing one is replaced at the end.</param>
    /// <param name="values">As many as the axes' product, in C order.</param>
    /// <param name="shape">The length of each axis; if left out, one axis.</param>
    /// <exception cref="ArgumentException">The number of values does not fit the shape.</exception>
    /// <exception cref="NotSupportedException">T is no element type.</exception>
    /// <exception cref="IOException">The disk refused.</exception>
    public static void Write<T>(string path, T[] values, params ReadOnlySpan<int> shape)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(values);
        Write(path, new NumpyArray<T>(values, shape.IsEmpty ? [values.Length] : shape));
    }

    /// <summary>Writes an array, whole or not at all.</summary>
    /// <typeparam name="T">The type of the values, which the file keeps.</typeparam>
    /// <param name="path">The file; an existing one is replaced at the end.</param>
    /// <param name="array">The array.</param>
    /// <exception cref="NotSupportedException">T is no element type.</exception>
    /// <exception cref="IOException">The disk refused.</exception>
    public static void Write<T>(string path, NumpyArray<T> array)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(array);
        WriteRows<T>(path, [.. array.Shape], rows => rows.Write(array.Values));
    }

    /// <summary>Writes an array block by block, whole or not at all: for arrays larger than memory.</summary>
    /// <typeparam name="T">The type of the values, which the file keeps.</typeparam>
    /// <param name="path">The file; an existing one is replaced at the end.</param>
    /// <param name="shape">The length of each axis.</param>
    /// <param name="write">Writes all values in C order; it may throw to give up.</param>
    /// <exception cref="ArgumentException">The shape is impossible.</exception>
    /// <exception cref="InvalidOperationException">Fewer or more values were written than the shape has.</exception>
    /// <exception cref="NotSupportedException">T is no element type.</exception>
    /// <exception cref="IOException">The disk refused.</exception>
    public static void WriteRows<T>(string path, ReadOnlySpan<int> shape, Action<NumpyRowWriter<T>> write)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(write);
        int[] axes = shape.ToArray();
        NumpyShape.CountOf(axes);
        NumpyType.Of<T>();
        AtomicFile.Write(path, stream => NumpyRowWriter<T>.WriteTo(stream, path, axes, write));
    }
}
