using System.IO.Compression;
using System.Text;
using FsCheck.Xunit;
using ParticleImages.Formats.Hdf5;

namespace ParticleImages.Formats.Tests.Hdf5;

public sealed class FilterTests
{
    private static readonly Filter Shuffled = new(Filter.Shuffle, "", [4]);
    private static readonly Filter Zipped = new(Filter.Deflate, "", [4]);
    private static readonly Filter Checked = new(Filter.Fletcher, "", []);

    [Fact]
    public void Lzf_copies_literals_and_repeats_what_it_points_back_to()
    {
        // "abc" as three literals, then 5 bytes from 3 back (which reach into themselves), then 10 of the last byte.
        byte[] block = [2, (byte)'a', (byte)'b', (byte)'c', 3 << 5, 2, 7 << 5, 1, 0];
        var output = new byte[18];
        Assert.Equal(18, Lzf.Decode(block, output));
        Assert.Equal("abcabcab" + "bbbbbbbbbb", Encoding.ASCII.GetString(output));
    }

    [Theory]
    [InlineData(new byte[] { 5, 1, 2 })]
    [InlineData(new byte[] { 0, 1, 32, 1 })]
    [InlineData(new byte[] { 0, 1, 224 })]
    [InlineData(new byte[] { 0, 1, 224, 255, 0 })]
    public void Lzf_refuses_blocks_that_break_off_point_outside_or_are_too_long(byte[] block) =>
        Assert.Throws<InvalidDataException>(() => Lzf.Decode(block, new byte[64]));

    [Property]
    public void Lzf_decodes_or_refuses_whatever_it_is_given(byte[] block)
    {
        var output = new byte[300];
        Exception? error = Record.Exception(() => Assert.InRange(Lzf.Decode(block, output), 0, output.Length));
        Assert.True(error is null or InvalidDataException);
    }

    [Property]
    public void Shuffle_is_undone_for_elements_of_any_size(byte[] bytes, byte sizeSeed)
    {
        int size = 1 + (sizeSeed % 9);
        var back = new byte[bytes.Length];
        Assert.Equal(bytes.Length, Shuffle.Undo(Shuffling(bytes, size), back, [(uint)size]));
        Assert.Equal(bytes, back);
    }

    [Theory]
    [InlineData("abcde", 0xF04FC729)]
    [InlineData("abcdef", 0x56502D2A)]
    [InlineData("abcdefgh", 0xEBE19591)]
    public void The_checksum_is_fletchers_over_words_whose_first_byte_is_the_higher(string text, uint littleEndian)
    {
        // The published test values hold for words whose first byte is the lower one: swapped, they must agree.
        byte[] bytes = Encoding.ASCII.GetBytes(text.Length % 2 == 0 ? text : text + "\0");
        for (int i = 0; i < bytes.Length; i += 2)
        {
            (bytes[i], bytes[i + 1]) = (bytes[i + 1], bytes[i]);
        }

        Assert.Equal(littleEndian, Fletcher32.Of(bytes));
    }

    [Fact]
    public void A_checksum_that_differs_is_refused()
    {
        byte[] chunk = [1, 2, 3, 4, .. BitConverter.GetBytes(Fletcher32.Of([1, 2, 3, 4]))];
        Fletcher32.Check(chunk);
        chunk[2] ^= 1;
        Assert.Throws<InvalidDataException>(() => Fletcher32.Check(chunk));
        Assert.Throws<InvalidDataException>(() => Fletcher32.Check([1, 2]));
    }

    [Property(MaxTest = 200)]
    public void Exactly_the_filters_that_the_mask_leaves_are_undone(int[] elements, byte maskSeed, byte order)
    {
        Filter[] filters = (order % 7) switch
        {
            0 => [Shuffled, Zipped, Checked],
            1 => [Checked, Shuffled, Zipped],
            2 => [Shuffled, Checked, Zipped],
            3 => [Zipped, Shuffled],
            4 => [Zipped, Zipped, Zipped],
            5 => [Zipped, Checked, Shuffled, Zipped],
            _ => [Zipped],
        };
        uint mask = maskSeed % 16u;
        byte[] chunk = [.. elements.SelectMany(BitConverter.GetBytes)];
        byte[] stored = chunk;
        for (int i = 0; i < filters.Length; i++)
        {
            if ((mask & (1u << i)) == 0)
            {
                stored = Apply(filters[i], stored);
            }
        }

        var decoded = new byte[chunk.Length];
        new FilterPipeline(filters).Decode(stored, stored.Length, mask, decoded);
        Assert.Equal(chunk, decoded);
    }

    [Fact]
    public void A_shuffle_says_whether_its_parameters_or_its_bytes_are_wrong()
    {
        Assert.Contains("no element size", Assert.Throws<InvalidDataException>(() => Shuffle.Undo(new byte[4], new byte[4], [])).Message, StringComparison.Ordinal);
        Assert.Contains("has 5 bytes, and 4 at most", Assert.Throws<InvalidDataException>(() => Shuffle.Undo(new byte[5], new byte[4], [4])).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(11)]
    [InlineData(13)]
    public void A_chunk_of_another_length_than_the_dataset_says_is_refused(int length)
    {
        byte[] stored = Apply(Zipped, new byte[length]);
        Assert.Throws<InvalidDataException>(() => new FilterPipeline([Zipped]).Decode(stored, stored.Length, 0, new byte[12]));
        Assert.Throws<InvalidDataException>(() => new FilterPipeline([Zipped]).Decode(new byte[length], length, 1, new byte[12]));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(-1)]
    public void Damaged_gzip_data_is_named_so(int place)
    {
        byte[] stored = Apply(Zipped, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
        stored[place < 0 ? stored.Length + place : place] ^= 0x7f;
        InvalidDataException error = Assert.Throws<InvalidDataException>(
            () => new FilterPipeline([Zipped]).Decode(stored, stored.Length, 0, new byte[12]));
        Assert.Equal("Its compressed data (gzip) is damaged.", error.Message);
    }

    private static byte[] Apply(Filter filter, byte[] bytes)
    {
        switch (filter.Identifier)
        {
            case Filter.Shuffle:
                return Shuffling(bytes, 4);
            case Filter.Fletcher:
                return [.. bytes, .. BitConverter.GetBytes(Fletcher32.Of(bytes))];
            default:
                var zipped = new MemoryStream();
                using (var stream = new ZLibStream(zipped, CompressionLevel.Fastest))
                {
                    stream.Write(bytes);
                }

                return zipped.ToArray();
        }
    }

    private static byte[] Shuffling(byte[] bytes, int size)
    {
        int count = bytes.Length / size;
        var shuffled = (byte[])bytes.Clone();
        for (int i = 0; i < count * size; i++)
        {
            shuffled[((i % size) * count) + (i / size)] = bytes[i];
        }

        return shuffled;
    }
}
