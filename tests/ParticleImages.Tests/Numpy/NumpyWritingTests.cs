using System.IO.Compression;
using FsCheck.Xunit;
using ParticleImages.Numpy;

namespace ParticleImages.Tests.Numpy;

public sealed class NumpyWritingTests
{
    [Property]
    public void What_was_written_reads_back_bit_for_bit(float[] values, double[] others, bool packed)
    {
        using var folder = new TemporaryFolder();
        NpzFile.Write(
            folder["a.npz"],
            archive =>
            {
                archive.Add("values", values);
                archive.Add("others", others, 1, others.Length, 1);
            },
            packed ? CompressionLevel.Optimal : CompressionLevel.NoCompression);
        NpyFile.Write(folder["a.npy"], values);
        using NpzFile file = NpzFile.Open(folder["a.npz"]);
        Assert.Equal(["values", "others"], file.Names);
        Assert.Equal(values, file.Read<float>("values").Values);
        Assert.Equal(others, file.Read<double>("others").Values);
        Assert.Equal([1, others.Length, 1], file.Read<double>("others").Shape);
        Assert.Equal(values, NpyFile.Read<float>(folder["a.npy"]).Values);
    }

    [Fact]
    public void Every_element_type_reads_back()
    {
        using var folder = new TemporaryFolder();
        Both(new[] { true, false });
        Both(new sbyte[] { -128, 127 });
        Both(new byte[] { 0, 255 });
        Both(new short[] { short.MinValue, short.MaxValue });
        Both(new ushort[] { 0, ushort.MaxValue });
        Both(new[] { int.MinValue, int.MaxValue });
        Both(new uint[] { 0, uint.MaxValue });
        Both(new[] { long.MinValue, long.MaxValue });
        Both(new ulong[] { 0, ulong.MaxValue });
        Both(new[] { Half.MinValue, Half.Epsilon });
        Both(new[] { float.MinValue, float.Epsilon });
        Both(new[] { double.MinValue, double.Epsilon });

        void Both<T>(T[] values)
            where T : unmanaged
        {
            NpyFile.Write(folder["a.npy"], values, 2, 1);
            NumpyArray<T> array = NpyFile.Read<T>(folder["a.npy"]);
            Assert.Equal(values, array.Values);
            Assert.Equal([2, 1], array.Shape);
        }
    }

    [Property]
    public void Blocks_of_any_size_make_the_same_file(float[] values, byte blockSize)
    {
        using var folder = new TemporaryFolder();
        NpyFile.Write(folder["whole.npy"], values);
        NpyFile.WriteRows<float>(folder["blocks.npy"], [values.Length], rows =>
        {
            foreach (float[] block in values.Chunk(blockSize + 1))
            {
                rows.Write(block);
            }
        });
        Assert.Equal(File.ReadAllBytes(folder["whole.npy"]), File.ReadAllBytes(folder["blocks.npy"]));
    }

    [Fact]
    public void The_values_of_a_mapped_file_are_aligned()
    {
        using var folder = new TemporaryFolder();
        NpyFile.Write(folder["a.npy"], new float[6], 1, 2, 3);
        Assert.Equal(0, (new FileInfo(folder["a.npy"]).Length - (6 * sizeof(float))) % 64);
    }

    [Fact]
    public void The_same_arrays_make_the_same_bytes()
    {
        using var folder = new TemporaryFolder();
        for (int i = 0; i < 2; i++)
        {
            NpzFile.Write(folder[$"{i}.npz"], archive => archive.Add("a", new[] { 1, 2, 3 }));
        }

        byte[] first = File.ReadAllBytes(folder["0.npz"]);
        Assert.Equal(first, File.ReadAllBytes(folder["1.npz"]));
        Assert.Equal(1980, ZipFile.OpenRead(folder["0.npz"]).Entries[0].LastWriteTime.Year);
    }

    [Theory]
    [InlineData("")]
    [InlineData("photons of 50 GeV")]
    [InlineData("iη, iφ ⟨t⟩ 🔬")]
    public void A_text_reads_back(string text)
    {
        using var folder = new TemporaryFolder();
        NpzFile.Write(folder["a.npz"], archive => archive.AddText("note", text));
        using NpzFile file = NpzFile.Open(folder["a.npz"]);
        Assert.Equal(text, file.ReadText("note"));
        Assert.Throws<EventFormatException>(() => file.Read<float>("note"));
    }

    [Fact]
    public void Numbers_are_no_text()
    {
        using NpzFile file = NpzFile.Open(TestFiles.Data("numpy/stored.npz"));
        Assert.Throws<EventFormatException>(() => file.ReadText("y"));
    }

    [Fact]
    public void Too_few_or_too_many_values_leave_the_earlier_file()
    {
        Fails<InvalidOperationException>(archive => archive.AddRows<int>("a", [3], rows => rows.Write([1, 2])));
        Fails<InvalidOperationException>(archive => archive.AddRows<int>("a", [3], rows => rows.Write([1, 2, 3, 4])));
        Fails<ArgumentException>(archive => archive.Add("a", new[] { 1, 2, 3 }, 2, 2));
        Fails<ArgumentOutOfRangeException>(archive => archive.AddRows<int>("a", [-1], _ => { }));
    }

    [Fact]
    public void An_array_that_gave_up_spoils_the_archive_even_if_the_exception_is_swallowed()
    {
        Fails<InvalidOperationException>(archive =>
        {
            try
            {
                archive.AddRows<int>("a", [3], _ => throw new TimeoutException());
            }
            catch (TimeoutException)
            {
                // The caller goes on as if nothing had happened.
            }
        });
    }

    [Fact]
    public void Names_are_given_once_and_arrays_one_after_the_other()
    {
        Fails<ArgumentException>(archive => archive.Add(" ", new int[1]));
        Fails<ArgumentException>(archive =>
        {
            archive.Add("a", new int[1]);
            archive.Add("a", new int[1]);
        });
        Fails<InvalidOperationException>(archive =>
            archive.AddRows<int>("a", [1], _ => archive.Add("b", new int[1])));
        Fails<ArgumentException>(archive => archive.AddText("a", "zero\0"));
    }

    [Fact]
    public void A_row_writer_kept_after_its_array_refuses()
    {
        using var folder = new TemporaryFolder();
        NumpyRowWriter<int>? kept = null;
        NpyFile.WriteRows<int>(folder["a.npy"], [0], rows => kept = rows);
        Assert.Throws<InvalidOperationException>(() => kept!.Write([1]));
    }

    private static void Fails<TException>(Action<NpzWriter> write)
        where TException : Exception
    {
        using var folder = new TemporaryFolder();
        NpzFile.Write(folder["a.npz"], archive => archive.Add("earlier", new[] { 1 }));
        Assert.Throws<TException>(() => NpzFile.Write(folder["a.npz"], write));
        using NpzFile file = NpzFile.Open(folder["a.npz"]);
        Assert.Equal(["earlier"], file.Names);
        Assert.Single(Directory.GetFiles(folder.Path));
    }
}
