using System.Runtime.InteropServices;

namespace ParticleImages.Numpy;

/// <summary>Takes the values of one array, block by block in C order, while it is written.</summary>
/// <typeparam name="T">The type of the values.</typeparam>
/// <remarks>Handed to the callback of <see cref="NpyFile.WriteRows"/> or <see cref="NpzWriter.AddRows"/>, and of no use after it.</remarks>
public sealed class NumpyRowWriter<T>
    where T : unmanaged
{
    private const int MostValues = (1 << 30) / sizeof(double);

    private readonly string origin;
    private readonly int[] shape;
    private readonly long count;
    private Stream? stream;

    private NumpyRowWriter(Stream stream, string origin, int[] shape)
    {
        this.stream = stream;
        this.origin = origin;
        this.shape = shape;
        count = NumpyShape.CountOf(shape);
    }

    /// <summary>The number of values written so far.</summary>
    public long Written { get; private set; }

    /// <summary>Writes the next values.</summary>
    /// <param name="values">As many as there are at hand; blocks of whole rows are usual but not required.</param>
    /// <exception cref="InvalidOperationException">The array would get more values than its shape has, or is finished.</exception>
    /// <exception cref="IOException">The disk refused.</exception>
    public void Write(ReadOnlySpan<T> values)
    {
        if (stream is null)
        {
            throw new InvalidOperationException($"{origin} is finished; write its rows inside the callback.");
        }

        if (values.Length > count - Written)
        {
            throw new InvalidOperationException(
                $"{origin} of shape {NumpyShape.Show<int>(shape)} has {count} values; {values.Length} more came after {Written}.");
        }

        // In parts, since a span of bytes ends at 2 GiB.
        while (!values.IsEmpty)
        {
            ReadOnlySpan<T> part = values[..Math.Min(values.Length, MostValues)];
            stream.Write(MemoryMarshal.AsBytes(part));
            Written += part.Length;
            values = values[part.Length..];
        }
    }

    internal static void WriteTo(Stream stream, string origin, int[] shape, Action<NumpyRowWriter<T>> write)
    {
        stream.Write(NumpyHeader.Bytes(NumpyType.Of<T>(), shape));
        var rows = new NumpyRowWriter<T>(stream, origin, shape);
        write(rows);
        rows.stream = null;
        if (rows.Written != rows.count)
        {
            throw new InvalidOperationException(
                $"{origin} of shape {NumpyShape.Show<int>(shape)} has {rows.count} values; only {rows.Written} were written.");
        }
    }
}
