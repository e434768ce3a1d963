using System.Buffers;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace ParticleImages.Numpy;

/// <summary>
/// An array in a file, read whole or by ranges of its first axis (its rows): the header once, then rows straight into
/// the caller's buffer. Values are converted to the wanted type, whatever width and byte order the file has.
/// </summary>
/// <remarks>
/// <para>
/// Made by <see cref="NpyFile.Open"/> and <see cref="NpzFile.OpenArray"/>. In an npy file a range is found at once. A
/// compressed array of an archive can only be read forward: going back starts at its beginning and costs what
/// reading all before the range costs.
/// </para>
/// <para>
/// Whole numbers become floating-point ones, and floating-point ones narrower, by rounding to nearest. A value that the wanted
/// type can't hold (1e300 as <see cref="float"/>, 0.5 as <see cref="int"/>, 2 as <see cref="bool"/>) is refused with its row.
/// For one thread at a time; readers of one archive share its thread.
/// </para>
/// </remarks>
public sealed class NumpyArrayReader : IDisposable
{
    private const int BufferBytes = 1 << 16;
    private const int DirectBytes = 1 << 30;

    private readonly NumpyOrigin origin;
    private readonly NumpyHeader header;
    private readonly Func<Stream> open;
    private readonly long dataBytes;
    private readonly long rowLength;
    private Stream? stream;

    // Where the stream stands, in bytes from the first value; meaningful for streams that can't seek.
    private long position;
    private bool disposed;

    internal NumpyArrayReader(NumpyOrigin origin, Func<Stream> open)
    {
        this.origin = origin;
        this.open = open;
        long fileBytes = 0;
        header = Attempt(() =>
        {
            stream = open();
            fileBytes = stream.Length;
            return NumpyHeader.Read(stream, origin);
        });
        dataBytes = fileBytes - header.HeaderBytes;
        if (header.Type is { } type && header.Count * type.Size != dataBytes)
        {
            Dispose();
            throw origin.Refuse(
                $"{NumpyShape.Show<long>(header.Shape)} values of {type} take {header.Count * type.Size} bytes; the file holds {dataBytes}. "
                + (header.Count * type.Size > dataBytes
                    ? "It is truncated or damaged."
                    : "It is damaged, or several arrays follow each other: save them as npz."));
        }

        Shape = Array.AsReadOnly(header.Shape);
        Rows = header.Shape.Length == 0 ? 1 : header.Shape[0];
        rowLength = Rows == 0 ? 0 : header.Count / Rows;
    }

    /// <summary>The length of each axis, slowest first; empty for a single value.</summary>
    public IReadOnlyList<long> Shape { get; }

    /// <summary>The length of the first axis; 1 for a single value.</summary>
    public long Rows { get; }

    /// <summary>
    /// The file's elements, for example <c>float32</c> or <c>int64 big-endian</c>; where they are no numbers, numpy's
    /// own word for them, for example <c>&lt;U12</c>.
    /// </summary>
    public string ElementType => header.Type?.ToString() ?? header.Description;

    /// <summary>Whether the elements are numbers or booleans; nothing else can be read.</summary>
    public bool IsNumeric => header.Type is not null;

    /// <summary>True where the first axis moves fastest, as numpy saves arrays in Fortran order; such an array is read whole.</summary>
    public bool IsFortranOrder => header.IsFortranOrder;

    /// <summary>Reads consecutive rows.</summary>
    /// <typeparam name="T">The wanted type of the values.</typeparam>
    /// <param name="start">The first row, from 0.</param>
    /// <param name="values">Receives whole rows in C order; its length says how many are read.</param>
    /// <exception cref="ArgumentException">The buffer does not hold whole rows.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The range leaves the array.</exception>
    /// <exception cref="NotSupportedException">T is no element type.</exception>
    /// <exception cref="EventFormatException">
    /// The data is damaged, a value does not fit T, or the array is in Fortran order with several axes; the buffer's
    /// contents are then undefined.
    /// </exception>
    public void ReadRows<T>(long start, Span<T> values)
        where T : unmanaged
    {
        Check<T>();
        ArgumentOutOfRangeException.ThrowIfNegative(start);
        if (rowLength == 0 ? values.Length > 0 : values.Length % rowLength != 0)
        {
            throw new ArgumentException(
                $"One row of {origin} has {rowLength} values; a buffer of {values.Length} does not hold whole rows.", nameof(values));
        }

        long count = rowLength == 0 ? 0 : values.Length / rowLength;
        if (start > Rows - count)
        {
            throw new ArgumentOutOfRangeException(
                nameof(start), start, $"{count} rows from {start} on were asked for; {origin} has {Rows}.");
        }

        if (IsFortranOrder && header.Shape.Count(axis => axis > 1) > 1)
        {
            throw origin.Refuse(
                "the array is in Fortran order, so its rows are scattered over the file. Read it whole, or save numpy.ascontiguousarray(array).");
        }

        ReadFrom(start * rowLength, values);
    }

    /// <summary>Reads the whole array, in C order also where the file is in Fortran order.</summary>
    /// <typeparam name="T">The wanted type of the values.</typeparam>
    /// <returns>The array.</returns>
    /// <exception cref="NotSupportedException">T is no element type.</exception>
    /// <exception cref="EventFormatException">The data is damaged, a value does not fit T, or one .NET array can't hold all.</exception>
    public NumpyArray<T> ReadAll<T>()
        where T : unmanaged
    {
        Check<T>();
        if (header.Count > Array.MaxLength || header.Shape.Any(axis => axis > int.MaxValue))
        {
            throw origin.Refuse(
                $"an array of shape {NumpyShape.Show<long>(header.Shape)} is too large to be read at once. Read its rows.");
        }

        int[] shape = [.. header.Shape.Select(axis => (int)axis)];
        var values = new T[header.Count];
        ReadFrom(0, values.AsSpan());
        return new NumpyArray<T>(IsFortranOrder ? ToRowMajor(values, shape) : values, shape);
    }

    /// <summary>Closes the file, or the entry of the archive.</summary>
    public void Dispose()
    {
        // Only one of several threads that dispose at once may close the stream: buffers go back to a pool with it.
        disposed = true;
        Interlocked.Exchange(ref stream, null)?.Dispose();
    }

    private static T[] ToRowMajor<T>(T[] source, int[] shape)
    {
        var strides = new int[shape.Length];
        int stride = 1;
        for (int axis = 0; axis < shape.Length; axis++)
        {
            strides[axis] = stride;
            stride *= shape[axis];
        }

        var values = new T[source.Length];
        var index = new int[shape.Length];
        int offset = 0;
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = source[offset];
            for (int axis = shape.Length - 1; axis >= 0; axis--)
            {
                offset += strides[axis];
                if (++index[axis] < shape[axis])
                {
                    break;
                }

                offset -= strides[axis] * shape[axis];
                index[axis] = 0;
            }
        }

        return values;
    }

    /// <summary>Reads an array of one text, as <see cref="NpzWriter.AddText"/> writes it.</summary>
    internal string ReadText()
    {
        ObjectDisposedException.ThrowIf(disposed, this);
        bool bigEndian = header.Description.StartsWith(">U", StringComparison.Ordinal);
        if ((!bigEndian && !header.Description.StartsWith("<U", StringComparison.Ordinal))
            || header.Shape.Length > 0
            || !long.TryParse(header.Description.AsSpan(2), NumberStyles.None, CultureInfo.InvariantCulture, out long length)
            || length > Array.MaxLength / 4
            || length * 4 != dataBytes)
        {
            throw origin.Refuse($"this is no single text: elements {ElementType}, shape {NumpyShape.Show<long>(header.Shape)}.");
        }

        var bytes = new byte[length * 4];
        Seek(0);
        Fill(bytes);
        try
        {
            return new UTF32Encoding(bigEndian, byteOrderMark: false, throwOnInvalidCharacters: true)
                .GetString(bytes).TrimEnd('\0');
        }
        catch (DecoderFallbackException cause)
        {
            throw Damaged(cause);
        }
    }

    private void Check<T>()
        where T : unmanaged
    {
        ObjectDisposedException.ThrowIf(disposed, this);
        NumpyType.Of<T>();
        if (!IsNumeric)
        {
            throw header.RefuseElements(origin);
        }
    }

    private void ReadFrom<T>(long first, Span<T> values)
        where T : unmanaged
    {
        NumpyType wanted = NumpyType.Of<T>();
        NumpyType type = header.Type!.Value;
        if (values.IsEmpty)
        {
            return;
        }

        Seek(first * type.Size);
        if (wanted.Element == type.Element && wanted.Element != NumpyElement.Bool)
        {
            // In parts, since a span of bytes ends at 2 GiB.
            while (!values.IsEmpty)
            {
                Span<T> part = values[..Math.Min(values.Length, DirectBytes / type.Size)];
                Span<byte> bytes = MemoryMarshal.AsBytes(part);
                Fill(bytes);
                NumpyConversion.Swap(bytes, type);
                values = values[part.Length..];
            }

            return;
        }

        byte[] buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            int size = type.Size;
            for (int done = 0; done < values.Length;)
            {
                int count = Math.Min(values.Length - done, BufferBytes / size);
                Span<byte> bytes = buffer.AsSpan(0, count * size);
                Fill(bytes);
                NumpyConversion.Swap(bytes, type);
                int misfit = NumpyConversion.Convert(bytes, type.Element, values.Slice(done, count));
                if (misfit >= 0)
                {
                    long row = (first + done + misfit) / rowLength;
                    throw origin.Refuse(
                        $"row {row} holds {NumpyConversion.Show(bytes, type.Element, misfit)}, which {wanted} can't hold. Read it as a wider type.",
                        row);
                }

                done += count;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private void Seek(long offset)
    {
        if (stream is { CanSeek: true })
        {
            stream.Position = header.HeaderBytes + offset;
            return;
        }

        if (stream is null || offset < position)
        {
            stream?.Dispose();
            stream = null;
            stream = Attempt(open);
            position = -header.HeaderBytes;
        }

        byte[] scratch = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            while (position < offset)
            {
                Fill(scratch.AsSpan(0, (int)Math.Min(BufferBytes, offset - position)));
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(scratch);
        }
    }

    private void Fill(Span<byte> bytes)
    {
        try
        {
            stream!.ReadExactly(bytes);
            position += bytes.Length;
        }
        catch (Exception cause) when (cause is EndOfStreamException or InvalidDataException)
        {
            // What was read ahead of the failure is lost where it can't be read again, so the next range starts from the beginning. A file is not opened again: by now its path may lead to another.
            if (!stream!.CanSeek)
            {
                stream.Dispose();
                stream = null;
            }

            throw Damaged(cause);
        }
    }

    private T Attempt<T>(Func<T> action)
    {
        try
        {
            return action();
        }
        catch (Exception cause) when (cause is EndOfStreamException or InvalidDataException or NotSupportedException)
        {
            stream?.Dispose();
            throw Damaged(cause);
        }
        catch
        {
            stream?.Dispose();
            throw;
        }
    }

    private EventFormatException Damaged(Exception cause) =>
        origin.Refuse($"the data is truncated or damaged ({cause.Message.TrimEnd('.')}). Copy or make the file again.", cause: cause);
}
