using FsCheck;
using FsCheck.Xunit;
using ParticleImages.Numpy;

namespace ParticleImages.Tests.Numpy;

public sealed class NumpyArrayReaderTests
{
    [Property]
    public void Any_range_of_rows_is_that_part_of_the_whole(PositiveInt rowCount, NonNegativeInt start, NonNegativeInt count, bool inArchive)
    {
        using var folder = new TemporaryFolder();
        int rows = rowCount.Get % 50 + 1;
        int first = start.Get % (rows + 1);
        int wanted = count.Get % (rows - first + 1);
        int[] values = [.. Enumerable.Range(0, rows * 6)];
        NpyFile.Write(folder["a.npy"], values, rows, 3, 2);
        NpzFile.Write(folder["a.npz"], archive => archive.Add("a", values, rows, 3, 2));
        using NpzFile file = NpzFile.Open(folder["a.npz"]);
        using NumpyArrayReader reader = inArchive ? file.OpenArray("a") : NpyFile.Open(folder["a.npy"]);
        for (int again = 0; again < 2; again++)
        {
            var read = new double[wanted * 6];
            reader.ReadRows(first, read.AsSpan());
            Assert.Equal(values.Skip(first * 6).Take(wanted * 6).Select(value => (double)value), read);
        }
    }

    [Fact]
    public void Ranges_that_leave_the_array_and_buffers_that_hold_no_rows_are_refused()
    {
        using NumpyArrayReader reader = NpyFile.Open(TestFiles.Data("numpy/f4.npy"));
        var two = new float[24];
        Assert.Throws<ArgumentOutOfRangeException>(() => reader.ReadRows(-1, two.AsSpan()));
        Assert.Throws<ArgumentOutOfRangeException>(() => reader.ReadRows(1, two.AsSpan()));
        Assert.Throws<ArgumentOutOfRangeException>(() => reader.ReadRows(long.MaxValue, two.AsSpan()));
        Assert.Throws<ArgumentException>(() => reader.ReadRows(0, two.AsSpan(0, 13)));
    }

    [Fact]
    public void Rows_in_Fortran_order_are_refused_and_the_whole_is_read()
    {
        using NumpyArrayReader reader = NpyFile.Open(TestFiles.Data("numpy/fortran.npy"));
        Assert.True(reader.IsFortranOrder);
        var error = Assert.Throws<EventFormatException>(() => reader.ReadRows(0, new float[12].AsSpan()));
        Assert.Contains("ascontiguousarray", error.Message, StringComparison.Ordinal);
        Assert.Equal(-1, reader.ReadAll<float>().Row(0)[0]);
    }

    [Fact]
    public void Arrays_without_values_have_rows_all_the_same()
    {
        using var folder = new TemporaryFolder();
        NpyFile.Write(folder["none.npy"], Array.Empty<float>(), 0, 32, 32);
        NpyFile.Write(folder["thin.npy"], Array.Empty<float>(), 5, 0);
        Assert.Equal([0, 32, 32], NpyFile.Read<float>(folder["none.npy"]).Shape);
        using NumpyArrayReader thin = NpyFile.Open(folder["thin.npy"]);
        Assert.Equal(5, thin.Rows);
        thin.ReadRows(3, Span<float>.Empty);
        Assert.Throws<ArgumentException>(() => thin.ReadRows(0, new float[1].AsSpan()));
    }

    [Fact]
    public void A_closed_reader_says_so_and_closing_twice_is_harmless()
    {
        NumpyArrayReader reader = NpyFile.Open(TestFiles.Data("numpy/f4.npy"));
        reader.Dispose();
        reader.Dispose();
        Assert.Throws<ObjectDisposedException>(() => reader.ReadAll<float>());
        Assert.Throws<ObjectDisposedException>(() => reader.ReadRows(0, new float[12].AsSpan()));
    }

    [Fact]
    public void Two_arrays_of_an_archive_read_side_by_side()
    {
        using NpzFile file = NpzFile.Open(TestFiles.Data("numpy/deflated.npz"));
        using NumpyArrayReader images = file.OpenArray("X");
        using NumpyArrayReader labels = file.OpenArray("y");
        var image = new float[12];
        var label = new int[1];
        for (int row = 0; row < 2; row++)
        {
            images.ReadRows(row, image.AsSpan());
            labels.ReadRows(row, label.AsSpan());
            Assert.Equal((row * 3) - 1, image[0]);
            Assert.Equal(row, label[0]);
        }
    }

    [Fact]
    public void An_array_in_memory_checks_its_shape_and_gives_its_rows()
    {
        var array = new NumpyArray<int>([1, 2, 3, 4, 5, 6], 3, 2);
        Assert.Equal([3, 4], array.Row(1).ToArray());
        Assert.Throws<ArgumentOutOfRangeException>(() => { array.Row(3); });
        Assert.Throws<ArgumentException>(() => new NumpyArray<int>([1, 2, 3], 2, 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => new NumpyArray<int>([], -1, 0));
        Assert.Throws<ArgumentException>(() => new NumpyArray<int>([], int.MaxValue, int.MaxValue, int.MaxValue));
        Assert.Throws<ArgumentOutOfRangeException>(() => { new NumpyArray<int>([1]).Row(0); });
    }
}
