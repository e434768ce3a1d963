using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ParticleImages.Numpy;

/// <summary>
/// Turns the bytes of an array into values of another type: by value, never by bits. Whole numbers and booleans become
/// a floating type by rounding to nearest, floating types each other likewise; a value that the wanted type can't hold
/// (too large, or no whole number for an integer) is reported.
/// </summary>
internal static class NumpyConversion
{
    /// <summary>Puts elements into this machine's byte order.</summary>
    public static void Swap(Span<byte> bytes, NumpyType type)
    {
        if (!type.IsSwapped)
        {
            return;
        }

        switch (type.Size)
        {
            case 2:
                Span<ushort> twos = MemoryMarshal.Cast<byte, ushort>(bytes);
                BinaryPrimitives.ReverseEndianness(twos, twos);
                break;
            case 4:
                Span<uint> fours = MemoryMarshal.Cast<byte, uint>(bytes);
                BinaryPrimitives.ReverseEndianness(fours, fours);
                break;
            default:
                Span<ulong> eights = MemoryMarshal.Cast<byte, ulong>(bytes);
                BinaryPrimitives.ReverseEndianness(eights, eights);
                break;
        }
    }

    /// <summary>Converts elements in this machine's byte order.</summary>
    /// <returns>The index of the first value that T can't hold, or −1.</returns>
    public static int Convert<T>(ReadOnlySpan<byte> bytes, NumpyElement element, Span<T> values)
        where T : unmanaged => element switch
        {
            NumpyElement.Bool => FromBooleans(bytes, values),
            NumpyElement.Int8 => From<sbyte, T>(bytes, values),
            NumpyElement.UInt8 => From<byte, T>(bytes, values),
            NumpyElement.Int16 => From<short, T>(bytes, values),
            NumpyElement.UInt16 => From<ushort, T>(bytes, values),
            NumpyElement.Int32 => From<int, T>(bytes, values),
            NumpyElement.UInt32 => From<uint, T>(bytes, values),
            NumpyElement.Int64 => From<long, T>(bytes, values),
            NumpyElement.UInt64 => From<ulong, T>(bytes, values),
            NumpyElement.Float16 => From<Half, T>(bytes, values),
            NumpyElement.Float32 => From<float, T>(bytes, values),
            _ => From<double, T>(bytes, values),
        };

    /// <summary>The value at an index as text, for a message.</summary>
    public static string Show(ReadOnlySpan<byte> bytes, NumpyElement element, int index)
    {
        Span<double> shown = stackalloc double[1];
        int size = new NumpyType(element, IsBigEndian: false).Size;
        Convert(bytes.Slice(index * size, size), element, shown);
        return shown[0].ToString("R", System.Globalization.CultureInfo.InvariantCulture);
    }

    private static int FromBooleans<T>(ReadOnlySpan<byte> bytes, Span<T> values)
        where T : unmanaged
    {
        // Any byte but 0 is true, as in numpy.
        Span<byte> one = stackalloc byte[1];
        for (int i = 0; i < values.Length; i++)
        {
            one[0] = bytes[i] == 0 ? (byte)0 : (byte)1;
            From<byte, T>(one, values.Slice(i, 1));
        }

        return -1;
    }

    private static int From<TFile, T>(ReadOnlySpan<byte> bytes, Span<T> values)
        where TFile : unmanaged, INumber<TFile>
        where T : unmanaged
    {
        ReadOnlySpan<TFile> source = MemoryMarshal.Cast<byte, TFile>(bytes);
        if (typeof(T) == typeof(float))
        {
            return ToFloating(source, As<T, float>(values));
        }

        if (typeof(T) == typeof(double))
        {
            return ToFloating(source, As<T, double>(values));
        }

        if (typeof(T) == typeof(Half))
        {
            return ToFloating(source, As<T, Half>(values));
        }

        if (typeof(T) == typeof(bool))
        {
            return ToBooleans(source, As<T, bool>(values));
        }

        if (typeof(T) == typeof(sbyte))
        {
            return ToInteger(source, As<T, sbyte>(values));
        }

        if (typeof(T) == typeof(byte))
        {
            return ToInteger(source, As<T, byte>(values));
        }

        if (typeof(T) == typeof(short))
        {
            return ToInteger(source, As<T, short>(values));
        }

        if (typeof(T) == typeof(ushort))
        {
            return ToInteger(source, As<T, ushort>(values));
        }

        if (typeof(T) == typeof(int))
        {
            return ToInteger(source, As<T, int>(values));
        }

        if (typeof(T) == typeof(uint))
        {
            return ToInteger(source, As<T, uint>(values));
        }

        return typeof(T) == typeof(long)
            ? ToInteger(source, As<T, long>(values))
            : ToInteger(source, As<T, ulong>(values));
    }

    private static int ToFloating<TFile, T>(ReadOnlySpan<TFile> source, Span<T> values)
        where TFile : unmanaged, INumber<TFile>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int i = 0; i < values.Length; i++)
        {
            var value = T.CreateTruncating(source[i]);
            if (T.IsInfinity(value) && !TFile.IsInfinity(source[i]))
            {
                return i;
            }

            values[i] = value;
        }

        return -1;
    }

    private static int ToInteger<TFile, T>(ReadOnlySpan<TFile> source, Span<T> values)
        where TFile : unmanaged, INumber<TFile>
        where T : unmanaged, IBinaryInteger<T>
    {
        int i = 0;
        try
        {
            for (; i < values.Length; i++)
            {
                // NaN is no integer either.
                if (!TFile.IsInteger(source[i]))
                {
                    return i;
                }

                values[i] = T.CreateChecked(source[i]);
            }
        }
        catch (OverflowException)
        {
            return i;
        }

        return -1;
    }

    private static int ToBooleans<TFile>(ReadOnlySpan<TFile> source, Span<bool> values)
        where TFile : unmanaged, INumber<TFile>
    {
        for (int i = 0; i < values.Length; i++)
        {
            if (source[i] != TFile.Zero && source[i] != TFile.One)
            {
                return i;
            }

            values[i] = source[i] == TFile.One;
        }

        return -1;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Span<TTo> As<T, TTo>(Span<T> values)
        where T : unmanaged
        where TTo : unmanaged => MemoryMarshal.Cast<T, TTo>(values);
}
