using System.Buffers.Binary;
using System.Numerics;
using System.Text;

namespace ParticleImages.Networks.Tests;

/// <summary>Reads the scalars of a TensorBoard event file by the format's definition: records with masked CRC-32C, each a protobuf message Event.</summary>
internal static class EventFileReader
{
    public static IEnumerable<Scalar> Read(string path)
    {
        byte[] file = File.ReadAllBytes(path);
        for (int at = 0; at < file.Length;)
        {
            int length = checked((int)BinaryPrimitives.ReadUInt64LittleEndian(file.AsSpan(at)));
            Assert.Equal(Masked(file.AsSpan(at, 8)), BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(at + 8)));
            byte[] message = file[(at + 12)..(at + 12 + length)];
            Assert.Equal(Masked(message), BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(at + 12 + length)));
            at += 16 + length;

            Dictionary<int, byte[]> fields = Fields(message);
            if (fields.TryGetValue(5, out byte[]? summary))
            {
                Dictionary<int, byte[]> value = Fields(Fields(summary)[1]);
                int step = fields.TryGetValue(2, out byte[]? number) ? (int)BinaryPrimitives.ReadUInt64LittleEndian(number) : 0;
                yield return new Scalar(Encoding.UTF8.GetString(value[1]), step, BitConverter.ToSingle(value[2]));
            }
        }
    }

    // One value a field is enough here; varints come as eight bytes.
    private static Dictionary<int, byte[]> Fields(ReadOnlySpan<byte> message)
    {
        var fields = new Dictionary<int, byte[]>();
        while (!message.IsEmpty)
        {
            ulong key = Varint(ref message);
            int length = (key & 7) switch { 0 => 0, 1 => 8, 5 => 4, _ => (int)Varint(ref message) };
            if ((key & 7) == 0)
            {
                fields[(int)(key >> 3)] = BitConverter.GetBytes(Varint(ref message));
                continue;
            }

            fields[(int)(key >> 3)] = message[..length].ToArray();
            message = message[length..];
        }

        return fields;
    }

    private static ulong Varint(ref ReadOnlySpan<byte> bytes)
    {
        ulong value = 0;
        for (int shift = 0; ; shift += 7)
        {
            byte next = bytes[0];
            bytes = bytes[1..];
            value |= (ulong)(next & 127) << shift;
            if (next < 128)
            {
                return value;
            }
        }
    }

    private static uint Masked(ReadOnlySpan<byte> bytes)
    {
        uint crc = uint.MaxValue;
        foreach (byte value in bytes)
        {
            crc = BitOperations.Crc32C(crc, value);
        }

        crc = ~crc;
        return ((crc >> 15) | (crc << 17)) + 0xA282EAD8;
    }

    public sealed record Scalar(string Tag, int Step, float Value);
}
