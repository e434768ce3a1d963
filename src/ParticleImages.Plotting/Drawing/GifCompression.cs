namespace ParticleImages.Plotting.Drawing;

/// <summary>
/// The compression of GIF, a variant of Lempel, Ziv and Welch's (T. A. Welch, Computer 17 (1984) 8): strings of pixels become codes of 9 to 12 bits,
/// lowest bit first, in blocks of 255 bytes.
/// </summary>
internal static class GifCompression
{
    private const int PixelBits = 8;
    private const int Clear = 1 << PixelBits;
    private const int End = Clear + 1;
    private const int MostCodes = 1 << 12;

    // Twice as many places as there are codes, so that a search is short.
    private const int Places = 2 * MostCodes;

    public static void Write(Stream stream, ReadOnlySpan<byte> pixels)
    {
        stream.WriteByte(PixelBits);
        var bits = new BitBlocks(stream);
        var keys = new int[Places];
        var codes = new int[Places];
        Array.Fill(keys, -1);
        int next = End + 1, width = PixelBits + 1;
        bits.Add(Clear, width);
        int prefix = pixels[0];
        foreach (byte pixel in pixels[1..])
        {
            int key = (prefix << PixelBits) | pixel;
            int place = (int)((uint)key * 2654435769u >> 19);
            while (keys[place] >= 0 && keys[place] != key)
            {
                place = (place + 1) % Places;
            }

            if (keys[place] == key)
            {
                prefix = codes[place];
                continue;
            }

            bits.Add(prefix, width);
            prefix = pixel;
            if (next == MostCodes)
            {
                bits.Add(Clear, width);
                Array.Fill(keys, -1);
                (next, width) = (End + 1, PixelBits + 1);
                continue;
            }

            // A decoder learns a code one step later, and so widens one step later.
            width += next == 1 << width ? 1 : 0;
            (keys[place], codes[place]) = (key, next++);
        }

        bits.Add(prefix, width);
        width += next == 1 << width && width < 12 ? 1 : 0;
        bits.Add(End, width);
        bits.Finish();
    }

    private sealed class BitBlocks(Stream stream)
    {
        private readonly byte[] block = new byte[255];
        private int length;
        private uint waiting;
        private int count;

        public void Add(int code, int width)
        {
            waiting |= (uint)code << count;
            count += width;
            while (count >= 8)
            {
                AddByte((byte)waiting);
                waiting >>= 8;
                count -= 8;
            }
        }

        public void Finish()
        {
            if (count > 0)
            {
                AddByte((byte)waiting);
            }

            if (length > 0)
            {
                WriteBlock();
            }

            stream.WriteByte(0);
        }

        private void AddByte(byte value)
        {
            block[length++] = value;
            if (length == block.Length)
            {
                WriteBlock();
            }
        }

        private void WriteBlock()
        {
            stream.WriteByte((byte)length);
            stream.Write(block, 0, length);
            length = 0;
        }
    }
}
