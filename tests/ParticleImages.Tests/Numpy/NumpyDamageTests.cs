using System.IO.Compression;
using System.Text;
using ParticleImages.Numpy;

namespace ParticleImages.Tests.Numpy;

/// <summary>Damaged, lying and foreign files: refused with a message that names the place, before memory is taken.</summary>
public sealed class NumpyDamageTests
{
    [Theory]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (4611686018427387904,), }", "larger than any file")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (9223372036854775808,), }", "no whole number")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (65536, 65536, 65536, 65536, 65536), }", "larger than any file")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (1000000000,), }", "the file holds 16")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (3,), }", "several arrays follow each other")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (-4,), }", "no whole number")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (4, }", "no whole number")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': 4, }", "'(' is missing")]
    [InlineData("{'descr': '<f4', 'fortran_order': 0, 'shape': (4,), }", "neither True nor False")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, }", "is missing")]
    [InlineData("{'descr': '<f4', 'descr': '<f4', 'fortran_order': False, 'shape': (4,), }", "stands twice")]
    [InlineData("{'descr': '<f4', 'order': False, 'shape': (4,), }", "'order'")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (4,), } 1", "more after")]
    [InlineData("{'descr': <f4, 'fortran_order': False, 'shape': (4,), }", "text in quotes")]
    [InlineData("{'descr': '<f4, 'fortran_order': False, 'shape': (4,), }", "malformed")]
    [InlineData("{'descr': [('a', '<f4'), 'fortran_order': False, 'shape': (4,), }", "malformed")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (4,)", "is missing")]
    [InlineData("", "'{' is missing")]
    public void A_header_that_lies_or_makes_no_sense_is_refused(string header, string said)
    {
        using var folder = new TemporaryFolder();
        WriteNpy(folder["bad.npy"], header, new byte[16]);
        var error = Assert.Throws<EventFormatException>(() => NpyFile.Read<float>(folder["bad.npy"]));
        Assert.Contains(said, error.Message, StringComparison.Ordinal);
        Assert.Equal(folder["bad.npy"], error.Path);
    }

    [Theory]
    [InlineData("{'shape': (4,), 'fortran_order': False, 'descr': '<f4'}")]
    [InlineData("{\"descr\": \"<f4\", \"fortran_order\": False, \"shape\": (4L,)}\n")]
    [InlineData("  { 'descr' :'=f4','fortran_order':True,'shape':( 2 , 2 ) , } ")]
    public void A_header_in_other_words_is_read(string header)
    {
        using var folder = new TemporaryFolder();
        WriteNpy(folder["odd.npy"], header, new byte[16]);
        Assert.Equal(new float[4], NpyFile.Read<float>(folder["odd.npy"]).Values);
    }

    [Theory]
    [InlineData("object", "pickled Python objects")]
    [InlineData("text", "'<U2'")]
    [InlineData("complex", "'<c8'")]
    [InlineData("rec", "records")]
    public void Elements_that_are_no_numbers_are_named_but_never_read(string name, string said)
    {
        using NumpyArrayReader reader = NpyFile.Open(TestFiles.Data($"numpy/{name}.npy"));
        Assert.False(reader.IsNumeric);
        var error = Assert.Throws<EventFormatException>(() => reader.ReadAll<float>());
        Assert.Contains(said, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_header_that_claims_gigabytes_of_text_is_refused()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder["bad.npy"], [0x93, .. "NUMPY"u8, 2, 0, 0xFF, 0xFF, 0xFF, 0xFF, .. new byte[100]]);
        var error = Assert.Throws<EventFormatException>(() => NpyFile.Open(folder["bad.npy"]));
        Assert.Contains("4294967295", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_version_is_refused()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder["bad.npy"], [0x93, .. "NUMPY"u8, 4, 0, .. new byte[100]]);
        var error = Assert.Throws<EventFormatException>(() => NpyFile.Open(folder["bad.npy"]));
        Assert.Contains("version 4.0", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_cut_anywhere_is_refused()
    {
        using var folder = new TemporaryFolder();
        byte[] whole = File.ReadAllBytes(TestFiles.Data("numpy/f4.npy"));
        for (int length = 0; length < whole.Length; length++)
        {
            File.WriteAllBytes(folder["cut.npy"], whole[..length]);
            Assert.Throws<EventFormatException>(() => NpyFile.Read<float>(folder["cut.npy"]));
        }
    }

    [Theory]
    [InlineData("stored.npz")]
    [InlineData("deflated.npz")]
    public void An_archive_with_any_byte_changed_reads_the_same_or_is_refused(string name)
    {
        using var folder = new TemporaryFolder();
        byte[] whole = File.ReadAllBytes(TestFiles.Data($"numpy/{name}"));
        float[] expected = ReadX(TestFiles.Data($"numpy/{name}"));
        for (int i = 0; i < whole.Length; i++)
        {
            foreach (byte change in new byte[] { 1, 0x80, 0xFF })
            {
                byte[] changed = [.. whole];
                changed[i] ^= change;
                File.WriteAllBytes(folder["changed.npz"], changed);
                try
                {
                    Assert.Equal(expected, ReadX(folder["changed.npz"]));
                }
                catch (EventFormatException)
                {
                    // Refused, as it should be.
                }
            }
        }

        static float[] ReadX(string path)
        {
            using NpzFile file = NpzFile.Open(path);
            return file.Read<float>("X").Values;
        }
    }

    [Fact]
    public void A_truncated_archive_is_refused()
    {
        using var folder = new TemporaryFolder();
        byte[] whole = File.ReadAllBytes(TestFiles.Data("numpy/stored.npz"));
        for (int length = 0; length < whole.Length; length += 7)
        {
            File.WriteAllBytes(folder["cut.npz"], whole[..length]);
            Assert.Throws<EventFormatException>(() => NpzFile.Open(folder["cut.npz"]));
        }
    }

    [Fact]
    public void An_entry_that_claims_more_than_deflate_can_unpack_is_refused()
    {
        using var folder = new TemporaryFolder();
        NpzFile.Write(folder["lie.npz"], archive => archive.Add("X", new float[1000]));
        byte[] bytes = File.ReadAllBytes(folder["lie.npz"]);

        // The central directory's entry begins with PK 01 02; the unpacked size stands 24 bytes on.
        int entry = bytes.AsSpan().IndexOf("PK\x01\x02"u8);
        BitConverter.TryWriteBytes(bytes.AsSpan(entry + 24), 2_000_000_000);
        File.WriteAllBytes(folder["lie.npz"], bytes);
        using NpzFile file = NpzFile.Open(folder["lie.npz"]);
        var error = Assert.Throws<EventFormatException>(() => file.Read<float>("X"));
        Assert.Contains("impossible", error.Message, StringComparison.Ordinal);
        Assert.Equal("X", error.Dataset);
    }

    [Fact]
    public void Two_arrays_of_one_name_are_refused()
    {
        using var folder = new TemporaryFolder();
        using (ZipArchive archive = ZipFile.Open(folder["two.npz"], ZipArchiveMode.Create))
        {
            archive.CreateEntry("X.npy");
            archive.CreateEntry("X.npy");
        }

        var error = Assert.Throws<EventFormatException>(() => NpzFile.Open(folder["two.npz"]));
        Assert.Equal("X", error.Dataset);
    }

    [Fact]
    public void A_missing_name_lists_those_that_exist()
    {
        using NpzFile file = NpzFile.Open(TestFiles.Data("numpy/stored.npz"));
        var error = Assert.Throws<EventFormatException>(() => file.Read<float>("x"));
        Assert.Contains("No array 'x'", error.Message, StringComparison.Ordinal);
        Assert.Contains("'X', 'y'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Each_kind_of_file_opened_as_the_other_says_so()
    {
        var npz = Assert.Throws<EventFormatException>(() => NpyFile.Open(TestFiles.Data("numpy/stored.npz")));
        Assert.Contains("NpzFile", npz.Message, StringComparison.Ordinal);
        var npy = Assert.Throws<EventFormatException>(() => NpzFile.Open(TestFiles.Data("numpy/f4.npy")));
        Assert.Contains("NpyFile", npy.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_file_is_a_missing_file()
    {
        Assert.Throws<FileNotFoundException>(() => NpyFile.Open("no-such.npy"));
        Assert.Throws<FileNotFoundException>(() => NpzFile.Open("no-such.npz"));
    }

    private static void WriteNpy(string path, string header, byte[] data)
    {
        byte[] text = Encoding.Latin1.GetBytes(header);
        File.WriteAllBytes(path, [0x93, .. "NUMPY"u8, 1, 0, .. BitConverter.GetBytes((ushort)text.Length), .. text, .. data]);
    }
}
