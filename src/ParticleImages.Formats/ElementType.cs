using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;

namespace ParticleImages.Formats;

/// <summary>
/// The type of a dataset's elements as the file stores them, and their conversion to the library's. Numbers are
/// converted by value, never reinterpreted.
/// </summary>
/// <param name="Kind">What the bits mean.</param>
/// <param name="Size">Bytes an element.</param>
/// <param name="IsBigEndian">True when the most significant byte comes first.</param>
/// <param name="Name">What messages call it, for example <c>float32</c>, <c>int64 big-endian</c>.</param>
internal sealed record ElementType(ElementKind Kind, int Size, bool IsBigEndian, string Name)
{
    /// <summary>An IEEE 754 float of 2, 4 or 8 bytes: what images are made of.</summary>
    public bool IsFloat => Kind == ElementKind.Float && Size is 2 or 4 or 8;

    /// <summary>A float or an integer of up to 8 bytes: what a label can be.</summary>
    public bool IsNumber => IsFloat || (Kind is ElementKind.Signed or ElementKind.Unsigned && Size is 1 or 2 or 4 or 8);

    /// <summary>True when the bytes in the file are those of a float in memory.</summary>
    public bool IsSingleInMemoryOrder => IsFloat && Size == sizeof(float) && IsBigEndian != BitConverter.IsLittleEndian;

    /// <summary>
    /// Converts floats. float16 and float32 keep their value exactly; float64 is rounded to the nearest float32, to
    /// infinity beyond its range.
    /// </summary>
    /// <param name="stored">values.Length elements as stored.</param>
    /// <param name="values">Receives the values.</param>
    public void ToSingles(ReadOnlySpan<byte> stored, Span<float> values)
    {
        switch (Size)
        {
            case 4:
                ReadOnlySpan<int> bits = MemoryMarshal.Cast<byte, int>(stored)[..values.Length];
                if (IsSingleInMemoryOrder)
                {
                    bits.CopyTo(MemoryMarshal.Cast<float, int>(values));
                }
                else
                {
                    BinaryPrimitives.ReverseEndianness(bits, MemoryMarshal.Cast<float, int>(values));
                }

                break;
            case 2:
                for (int i = 0; i < values.Length; i++)
                {
                    values[i] = (float)HalfAt(stored[(2 * i)..]);
                }

                break;
            default:
                for (int i = 0; i < values.Length; i++)
                {
                    values[i] = (float)DoubleAt(stored[(8 * i)..]);
                }

                break;
        }
    }

    /// <summary>The first element's value; integers beyond 2⁵³ are rounded.</summary>
    public double ValueOf(ReadOnlySpan<byte> stored) => (Kind, Size, IsBigEndian) switch
    {
        (ElementKind.Float, 2, _) => (double)HalfAt(stored),
        (ElementKind.Float, 4, true) => BinaryPrimitives.ReadSingleBigEndian(stored),
        (ElementKind.Float, 4, false) => BinaryPrimitives.ReadSingleLittleEndian(stored),
        (ElementKind.Float, 8, _) => DoubleAt(stored),
        (ElementKind.Signed, 1, _) => (sbyte)stored[0],
        (ElementKind.Signed, 2, true) => BinaryPrimitives.ReadInt16BigEndian(stored),
        (ElementKind.Signed, 2, false) => BinaryPrimitives.ReadInt16LittleEndian(stored),
        (ElementKind.Signed, 4, true) => BinaryPrimitives.ReadInt32BigEndian(stored),
        (ElementKind.Signed, 4, false) => BinaryPrimitives.ReadInt32LittleEndian(stored),
        (ElementKind.Signed, 8, true) => BinaryPrimitives.ReadInt64BigEndian(stored),
        (ElementKind.Signed, 8, false) => BinaryPrimitives.ReadInt64LittleEndian(stored),
        (ElementKind.Unsigned, 1, _) => stored[0],
        (ElementKind.Unsigned, 2, true) => BinaryPrimitives.ReadUInt16BigEndian(stored),
        (ElementKind.Unsigned, 2, false) => BinaryPrimitives.ReadUInt16LittleEndian(stored),
        (ElementKind.Unsigned, 4, true) => BinaryPrimitives.ReadUInt32BigEndian(stored),
        (ElementKind.Unsigned, 4, false) => BinaryPrimitives.ReadUInt32LittleEndian(stored),
        (ElementKind.Unsigned, 8, true) => BinaryPrimitives.ReadUInt64BigEndian(stored),
        (ElementKind.Unsigned, 8, false) => BinaryPrimitives.ReadUInt64LittleEndian(stored),
        _ => throw new InvalidOperationException($"{Name} is no number."),
    };

    /// <summary>The element's value as text.</summary>
    public string TextOf(ReadOnlySpan<byte> stored) => ValueOf(stored).ToString(CultureInfo.InvariantCulture);

    private Half HalfAt(ReadOnlySpan<byte> stored) =>
        IsBigEndian ? BinaryPrimitives.ReadHalfBigEndian(stored) : BinaryPrimitives.ReadHalfLittleEndian(stored);

    private double DoubleAt(ReadOnlySpan<byte> stored) =>
        IsBigEndian ? BinaryPrimitives.ReadDoubleBigEndian(stored) : BinaryPrimitives.ReadDoubleLittleEndian(stored);
}
