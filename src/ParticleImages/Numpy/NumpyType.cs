namespace ParticleImages.Numpy;

/// <summary>An element type with its byte order: the <c>descr</c> of an npy header, for example <c>&lt;f4</c>.</summary>
internal readonly record struct NumpyType(NumpyElement Element, bool IsBigEndian)
{
    private static readonly (string Code, NumpyElement Element, int Size, Type Type)[] Known =
    [
        ("b1", NumpyElement.Bool, 1, typeof(bool)),
        ("i1", NumpyElement.Int8, 1, typeof(sbyte)),
        ("u1", NumpyElement.UInt8, 1, typeof(byte)),
        ("i2", NumpyElement.Int16, 2, typeof(short)),
        ("u2", NumpyElement.UInt16, 2, typeof(ushort)),
        ("i4", NumpyElement.Int32, 4, typeof(int)),
        ("u4", NumpyElement.UInt32, 4, typeof(uint)),
        ("i8", NumpyElement.Int64, 8, typeof(long)),
        ("u8", NumpyElement.UInt64, 8, typeof(ulong)),
        ("f2", NumpyElement.Float16, 2, typeof(Half)),
        ("f4", NumpyElement.Float32, 4, typeof(float)),
        ("f8", NumpyElement.Float64, 8, typeof(double)),
    ];

    /// <summary>Bytes of one element.</summary>
    public int Size => Known[(int)Element].Size;

    /// <summary>Whether the bytes of an element stand in the other order than this machine's.</summary>
    public bool IsSwapped => Size > 1 && IsBigEndian == BitConverter.IsLittleEndian;

    /// <summary>The header's word for it.</summary>
    public string Description => (Size == 1 ? "|" : IsBigEndian ? ">" : "<") + Known[(int)Element].Code;

    /// <summary>The type that holds a T as this machine does.</summary>
    /// <exception cref="NotSupportedException">T is none of the twelve.</exception>
    public static NumpyType Of<T>()
        where T : unmanaged
    {
        foreach ((_, NumpyElement element, _, Type type) in Known)
        {
            if (type == typeof(T))
            {
                return new NumpyType(element, !BitConverter.IsLittleEndian);
            }
        }

        throw new NotSupportedException(
            $"{typeof(T)} is no element of a numpy array. Use float, double, Half, bool or an integer of 8 to 64 bits.");
    }

    /// <summary>Reads a header's word.</summary>
    public static bool TryParse(string description, out NumpyType type)
    {
        type = default;
        if (description.Length != 3 || !"<>=|".Contains(description[0], StringComparison.Ordinal))
        {
            return false;
        }

        foreach ((string code, NumpyElement element, int size, _) in Known)
        {
            if (description.AsSpan(1).SequenceEqual(code))
            {
                // '|' says that the order does not matter, which holds for single bytes only.
                bool big = description[0] == '>' || (description[0] == '=' && !BitConverter.IsLittleEndian);
                type = new NumpyType(element, big && size > 1);
                return description[0] != '|' || size == 1;
            }
        }

        return false;
    }

    public override string ToString() => Element.ToString().ToLowerInvariant() + (IsBigEndian ? " big-endian" : "");
}
