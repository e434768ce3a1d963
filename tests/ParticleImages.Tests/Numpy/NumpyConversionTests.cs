using FsCheck.Xunit;
using ParticleImages.Numpy;

namespace ParticleImages.Tests.Numpy;

/// <summary>Values are converted by what they are worth, and refused where the wanted type can't hold them.</summary>
public sealed class NumpyConversionTests
{
    [Property]
    public void Float64_reads_as_float32_rounded_to_nearest(double[] values)
    {
        double[] fitting = [.. values.Where(value => !float.IsInfinity((float)value) || double.IsInfinity(value))];
        Assert.Equal(fitting.Select(value => (float)value), Through<double, float>(fitting));
    }

    [Property]
    public void Integers_read_as_any_integer_type_that_holds_them(short[] values)
    {
        Assert.Equal(values.Select(value => (int)value), Through<short, int>(values));
        Assert.Equal(values.Select(value => (long)value), Through<short, long>(values));
        Assert.Equal(values.Select(value => (double)value), Through<short, double>(values));
        Assert.Equal(values, Through<short, short>(values));
    }

    [Property]
    public void Whole_floats_read_as_integers(int[] values) =>
        Assert.Equal(values, Through<double, int>([.. values.Select(value => (double)value)]));

    [Fact]
    public void Half_NaN_and_infinity_stay_what_they_are()
    {
        Half[] values = [Half.NaN, Half.PositiveInfinity, Half.NegativeInfinity, Half.MaxValue, Half.Epsilon, Half.NegativeZero];
        Assert.Equal(values.Select(value => (float)value), Through<Half, float>(values));
        Assert.Equal(values.Select(value => (double)value), Through<Half, double>(values));
    }

    [Fact]
    public void Values_that_do_not_fit_are_refused_with_their_row()
    {
        Refused<double, float>([0, 1, 1e300], "1E+300", row: 2);
        Refused<float, int>([0, 0.5f], "0.5", row: 1);
        Refused<float, int>([2147483648f], "2147483648", row: 0);
        Refused<float, int>([float.NaN], "NaN", row: 0);
        Refused<double, long>([9223372036854775808d], "9.223372036854776E+18", row: 0);
        Refused<long, byte>([1, 256], "256", row: 1);
        Refused<long, byte>([-1], "-1", row: 0);
        Refused<int, bool>([0, 1, 2], "2", row: 2);
        Refused<int, Half>([70000], "70000", row: 0);
        Refused<ulong, long>([ulong.MaxValue], "1.8446744073709552E+19", row: 0);
    }

    [Fact]
    public void A_value_far_into_the_array_is_refused_with_its_row()
    {
        using var folder = new TemporaryFolder();
        var values = new double[30_000 * 5];
        values[(20_000 * 5) + 3] = 0.5;
        NpyFile.Write(folder["a.npy"], values, 30_000, 5);
        var error = Assert.Throws<EventFormatException>(() => NpyFile.Read<int>(folder["a.npy"]));
        Assert.Equal(20_000, error.Row);
    }

    [Fact]
    public void A_type_that_is_no_element_is_refused()
    {
        string path = TestFiles.Data("numpy/f4.npy");
        Assert.Throws<NotSupportedException>(() => NpyFile.Read<Guid>(path));
        Assert.Throws<NotSupportedException>(() => NpyFile.Write("never.npy", new char[3]));
        Assert.False(File.Exists("never.npy"));
    }

    private static T[] Through<TFile, T>(TFile[] values)
        where TFile : unmanaged
        where T : unmanaged
    {
        using var folder = new TemporaryFolder();
        NpyFile.Write(folder["a.npy"], values);
        return NpyFile.Read<T>(folder["a.npy"]).Values;
    }

    private static void Refused<TFile, T>(TFile[] values, string shown, long row)
        where TFile : unmanaged
        where T : unmanaged
    {
        var error = Assert.Throws<EventFormatException>(() => Through<TFile, T>(values));
        Assert.Equal(row, error.Row);
        Assert.Contains($"holds {shown},", error.Message, StringComparison.Ordinal);
    }
}
