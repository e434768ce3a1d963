using ParticleImages.Numpy;

namespace ParticleImages.Tests.Numpy;

public sealed class NumpyReadingTests
{
    // Data/numpy/README.md: 24 values, (2, 3, 4): k / 4 − 1 in the floating arrays, k in the integer ones.
    private static float[] Floats { get; } = [.. Enumerable.Range(0, 24).Select(k => (k / 4f) - 1)];

    private static float[] Integers { get; } = [.. Enumerable.Range(0, 24).Select(k => (float)k)];

    [Theory]
    [InlineData("f2")]
    [InlineData("f4")]
    [InlineData("f8")]
    [InlineData("f4be")]
    [InlineData("f8be")]
    [InlineData("v1")]
    [InlineData("v2")]
    [InlineData("v3")]
    [InlineData("fortran")]
    public void Floats_of_any_width_order_and_version_read_as_float32_exactly(string name)
    {
        NumpyArray<float> array = NpyFile.Read<float>(TestFiles.Data($"numpy/{name}.npy"));
        Assert.Equal([2, 3, 4], array.Shape);
        Assert.Equal(Floats, array.Values);
    }

    [Theory]
    [InlineData("i1")]
    [InlineData("i8")]
    [InlineData("u2be")]
    public void Integers_are_converted_not_reinterpreted(string name)
    {
        string path = TestFiles.Data($"numpy/{name}.npy");
        Assert.Equal(Integers, NpyFile.Read<float>(path).Values);
        Assert.Equal(Enumerable.Range(0, 24), NpyFile.Read<int>(path).Values);
        Assert.Equal(Enumerable.Range(0, 24).Select(k => (ulong)k), NpyFile.Read<ulong>(path).Values);
    }

    [Fact]
    public void Booleans_read_as_booleans_and_as_numbers()
    {
        string path = TestFiles.Data("numpy/bool.npy");
        Assert.Equal(Enumerable.Range(0, 24).Select(k => k % 3 == 0), NpyFile.Read<bool>(path).Values);
        Assert.Equal(Enumerable.Range(0, 24).Select(k => k % 3 == 0 ? 1 : 0), NpyFile.Read<int>(path).Values);
    }

    [Fact]
    public void An_array_without_axes_is_one_value()
    {
        NumpyArray<double> array = NpyFile.Read<double>(TestFiles.Data("numpy/scalar.npy"));
        Assert.Empty(array.Shape);
        Assert.Equal([2.5], array.Values);
    }

    [Theory]
    [InlineData("stored")]
    [InlineData("deflated")]
    public void Archives_list_and_read_their_arrays(string name)
    {
        using NpzFile file = NpzFile.Open(TestFiles.Data($"numpy/{name}.npz"));
        Assert.Equal(["X", "y"], file.Names);
        Assert.Equal(Floats, file.Read<float>("X").Values);
        Assert.Equal([0, 1], file.Read<int>("y").Values);
    }

    [Theory]
    [InlineData("stored")]
    [InlineData("deflated")]
    public void Rows_of_an_archive_read_in_any_order(string name)
    {
        using NpzFile file = NpzFile.Open(TestFiles.Data($"numpy/{name}.npz"));
        using NumpyArrayReader reader = file.OpenArray("X");
        Assert.Equal([2, 3, 4], reader.Shape);
        Assert.Equal("float32", reader.ElementType);
        var row = new double[12];
        foreach (int index in new[] { 1, 0, 0, 1 })
        {
            reader.ReadRows(index, row.AsSpan());
            Assert.Equal(Floats.Skip(index * 12).Take(12).Select(value => (double)value), row);
        }
    }
}
