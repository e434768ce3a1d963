using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace ParticleImages.Numpy;

/// <summary>What precedes the values in an npy file: element type, order of the axes, shape.</summary>
/// <remarks>
/// Source: the documentation of numpy.lib.format, versions 1.0 to 3.0. Six magic bytes, two of version, the length of
/// the text (two bytes little-endian, four from version 2.0 on), and the text, a Python dictionary.
/// </remarks>
internal sealed class NumpyHeader
{
    // A shape of 32 axes and a plain type take a few hundred bytes; only types that are refused anyway take more.
    private const int MostTextBytes = 1 << 16;

    // numpy pads its headers so that the values of a mapped file are aligned.
    private const int Alignment = 64;

    private NumpyHeader(string description, bool isFortranOrder, long[] shape, long count, int headerBytes)
    {
        Description = description;
        Type = NumpyType.TryParse(description, out NumpyType type) ? type : null;
        IsFortranOrder = isFortranOrder;
        Shape = shape;
        Count = count;
        HeaderBytes = headerBytes;
    }

    public static ReadOnlySpan<byte> Magic => [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'];

    /// <summary>The element type as the header names it.</summary>
    public string Description { get; }

    /// <summary>The element type, or null where the elements are neither numbers nor booleans.</summary>
    public NumpyType? Type { get; }

    public bool IsFortranOrder { get; }

    public long[] Shape { get; }

    /// <summary>The number of values: the product of the axes.</summary>
    public long Count { get; }

    /// <summary>Where the values begin.</summary>
    public int HeaderBytes { get; }

    /// <summary>Reads a header and leaves the stream at the first value.</summary>
    /// <exception cref="EventFormatException">It is no header, or a damaged one.</exception>
    /// <exception cref="EndOfStreamException">The file ends before.</exception>
    public static NumpyHeader Read(Stream stream, NumpyOrigin origin)
    {
        Span<byte> start = stackalloc byte[8];
        int got = stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        if (!start[..got].StartsWith(Magic))
        {
            throw origin.Refuse(start[..got].StartsWith("PK"u8)
                ? "this is a zip archive, as .npz files are. Open it with NpzFile."
                : "this is no npy data; it does not begin with the bytes 93 'NUMPY'.");
        }

        if (got < start.Length || start[6] is < 1 or > 3)
        {
            throw origin.Refuse($"npy version {start[6]}.{start[7]} is unknown; 1.0, 2.0 and 3.0 can be read.");
        }

        Span<byte> length = stackalloc byte[start[6] == 1 ? 2 : 4];
        stream.ReadExactly(length);
        uint textBytes = length.Length == 2
            ? BinaryPrimitives.ReadUInt16LittleEndian(length)
            : BinaryPrimitives.ReadUInt32LittleEndian(length);
        if (textBytes > MostTextBytes)
        {
            throw origin.Refuse(
                $"the header claims {textBytes} bytes of text; {MostTextBytes} at most are read. Is the file damaged?");
        }

        var text = new byte[textBytes];
        stream.ReadExactly(text);
        (string description, bool fortran, long[] shape) =
            NumpyHeaderText.Parse(Encoding.Latin1.GetString(text), origin);
        return new NumpyHeader(
            description, fortran, shape, Product(shape, origin), start.Length + length.Length + text.Length);
    }

    /// <summary>The bytes of a header, version 1.0, for values in C order.</summary>
    public static byte[] Bytes(NumpyType type, ReadOnlySpan<int> shape)
    {
        var axes = new StringBuilder();
        foreach (int axis in shape)
        {
            axes.Append(CultureInfo.InvariantCulture, $"{axis},");
        }

        return Bytes(type.Description, axes.ToString());
    }

    /// <summary>The bytes of a header of one text: an array without axes.</summary>
    public static byte[] BytesOfText(int characters) => Bytes($"<U{characters}", "");

    /// <summary>Why the elements can't be read as numbers.</summary>
    public EventFormatException RefuseElements(NumpyOrigin origin) => origin.Refuse(
        Description == NumpyHeaderText.Records
            ? "the elements are records; only numbers and booleans can be read. Save each field as an array of its own."
            : Description.EndsWith('O')
                ? "the elements are pickled Python objects, which are never read. Save numbers: array.astype('float32')."
                : $"elements of type '{Description}' can't be read as numbers; allowed are floats of 16 to 64 bits, "
                + "integers of 8 to 64 bits and booleans.");

    private static byte[] Bytes(string description, string axes)
    {
        string text = $"{{'descr': '{description}', 'fortran_order': False, 'shape': ({axes}), }}";
        int before = Magic.Length + 4;
        int total = (before + text.Length + 1 + Alignment - 1) / Alignment * Alignment;
        var bytes = new byte[total];
        Magic.CopyTo(bytes);
        bytes[Magic.Length] = 1;
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(before - 2), (ushort)(total - before));
        bytes.AsSpan(before).Fill((byte)' ');
        Encoding.ASCII.GetBytes(text, bytes.AsSpan(before));
        bytes[^1] = (byte)'\n';
        return bytes;
    }

    private static long Product(long[] shape, NumpyOrigin origin)
    {
        UInt128 count = shape.Contains(0) ? 0u : 1u;
        foreach (long axis in shape)
        {
            count *= (ulong)axis;
            if (count > (ulong)(long.MaxValue / sizeof(double)))
            {
                throw origin.Refuse($"the shape ({string.Join(", ", shape)}) is larger than any file. Is it damaged?");
            }
        }

        return (long)count;
    }
}
