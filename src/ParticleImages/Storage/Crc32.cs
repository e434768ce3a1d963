using System.Buffers.Binary;

namespace ParticleImages.Storage;

/// <summary>
/// The checksum CRC-32 (polynomial 0xEDB88320) of zip archives and of Parquet's pages, eight bytes a step. ParticleImages.Formats compiles this
/// file, too. Source: ISO 3309; slicing by eight: Kounavis and Berry, ISCC 2005.
/// </summary>
internal struct Crc32()
{
    // Table k holds a byte followed by k zeros.
    private static readonly uint[][] Tables = MakeTables();

    private uint state = uint.MaxValue;

    /// <summary>The checksum of all that was added.</summary>
    public readonly uint Value => ~state;

    /// <summary>The checksum of some bytes.</summary>
    public static uint Of(ReadOnlySpan<byte> bytes)
    {
        var checksum = new Crc32();
        checksum.Add(bytes);
        return checksum.Value;
    }

    /// <summary>Adds bytes behind those before.</summary>
    public void Add(ReadOnlySpan<byte> bytes)
    {
        uint[][] tables = Tables;
        uint crc = state;
        for (; bytes.Length >= 8; bytes = bytes[8..])
        {
            uint low = crc ^ BinaryPrimitives.ReadUInt32LittleEndian(bytes);
            uint high = BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]);
            crc = tables[7][(byte)low] ^ tables[6][(byte)(low >> 8)]
                ^ tables[5][(byte)(low >> 16)] ^ tables[4][low >> 24]
                ^ tables[3][(byte)high] ^ tables[2][(byte)(high >> 8)]
                ^ tables[1][(byte)(high >> 16)] ^ tables[0][high >> 24];
        }

        foreach (byte value in bytes)
        {
            crc = (crc >> 8) ^ tables[0][(byte)(crc ^ value)];
        }

        state = crc;
    }

    private static uint[][] MakeTables()
    {
        var tables = new uint[8][];
        for (int k = 0; k < tables.Length; k++)
        {
            tables[k] = new uint[256];
            for (uint value = 0; value < 256; value++)
            {
                uint crc = k == 0 ? value : tables[k - 1][value];
                for (int bit = 0; bit < 8; bit++)
                {
                    crc = (crc & 1) == 0 ? crc >> 1 : (crc >> 1) ^ 0xEDB88320;
                }

                tables[k][value] = crc;
            }
        }

        return tables;
    }
}
