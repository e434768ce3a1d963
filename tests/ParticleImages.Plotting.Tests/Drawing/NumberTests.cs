using ParticleImages.Plotting.Drawing;

namespace ParticleImages.Plotting.Tests;

public class NumberTests
{
    [Theory]
    [InlineData(0, "0")]
    [InlineData(0.1 + 0.2, "0.3")]
    [InlineData(-12345.678, "−12346")]
    [InlineData(0.000123456, "0.0001235")]
    [InlineData(1.5e-7, "1.5e−7")]
    [InlineData(-2e9, "−2e9")]
    [InlineData(double.NaN, "NaN")]
    [InlineData(double.NegativeInfinity, "−Infinity")]
    public void Numbers_are_short(double value, string expected) => Assert.Equal(expected, ShortNumber.Of(value));

    [Theory]
    [InlineData(100000005, 10, "100000005")]
    [InlineData(100000005, 4, "1e8")]
    [InlineData(123456789012345, 15, "123456789012345")]
    [InlineData(0.123456789012345, 15, "0.123456789012345")]
    [InlineData(1e9, 9, "1e9")]
    public void More_digits_are_given_where_they_are_asked_for(double value, int digits, string expected) => Assert.Equal(expected, ShortNumber.Of(value, digits));

    [Fact]
    public void Errors_have_two_digits()
    {
        Assert.Equal("0.2956 ± 0.0085", ShortNumber.Of(0.29561, 0.008468));
        Assert.Equal("0.2956", ShortNumber.Of(0.29561, (double?)null));
    }

    [Theory]
    [InlineData(0, 1, 5, new[] { 0, 0.2, 0.4, 0.6, 0.8, 1 })]
    [InlineData(0.12, 0.41, 4, new[] { 0.2, 0.3, 0.4 })]
    [InlineData(-30, 70, 2, new[] { 0.0, 50 })]
    [InlineData(1e-7, 3e-7, 2, new[] { 1e-7, 2e-7, 3e-7 })]
    public void Round_numbers_are_multiples_of_one_two_or_five(double low, double high, int most, double[] expected) =>
        Assert.Equal(expected, RoundNumbers.Linear(low, high, most).Select(number => Math.Round(number, 12)));

    /// <summary>One more than a number above 2⁵³ is the number itself.</summary>
    [Theory]
    [InlineData(1e16, 1e16 + 4)]
    [InlineData(0.19999999999999998, 0.20000000000000004)]
    [InlineData(-1e300, -1e300 * (1 - 1e-15))]
    public void Round_numbers_come_to_an_end_where_rounding_is_coarser_than_they_are(double low, double high) =>
        Assert.InRange(RoundNumbers.Linear(low, high, 6).Take(100).Count(), 0, 7);

    [Fact]
    public void What_differs_by_rounding_alone_is_level()
    {
        double one = (0.1 + 0.2 + 0.3) / 3, other = (0.3 + 0.2 + 0.1) / 3;
        Assert.NotEqual(one, other);
        RobustRange range = RobustRange.Of([.. Enumerable.Range(0, 12).Select(i => i % 2 == 0 ? one : other)], keepsLow: true, keepsHigh: false)!;
        Assert.Equal((true, 0), (range.IsLevel, range.Beyond));
        Assert.Equal((0.5, 0.5), (range.PlaceOf(one), range.PlaceOf(other)));
        (double low, double high) = Panel.Around([one, other]);
        Assert.Equal((0.19, 0.21), (Math.Round(low, 9), Math.Round(high, 9)));

        // Nor is anything far out because others differ by so little.
        Assert.Equal(0, RobustRange.Of([.. Enumerable.Range(0, 12).Select(i => i % 2 == 0 ? one : other), 0.3], keepsLow: true, keepsHigh: false)!.Beyond);
        Assert.False(RobustRange.AreAlike(1, 1 + 1e-9));
        Assert.False(RobustRange.AreAlike(0, 1e-300));
    }

    /// <summary>The nine ticks of each decade, of which there were 285, had become a thick bar.</summary>
    [Theory]
    [InlineData(-2, 3, 6 + 40)]
    [InlineData(0, 15, 16)]
    [InlineData(-150, 135, 8)]
    public void Ticks_of_many_decades_are_few(double low, double high, int most)
    {
        IReadOnlyList<ScottPlot.Tick> ticks = DecadeTicks.Of(low, high);
        Assert.InRange(ticks.Count, 5, most);
        Assert.InRange(ticks.Count(tick => tick.IsMajor), 5, 8);
    }

    [Fact]
    public void Ticks_of_a_narrow_range_far_from_zero_differ()
    {
        ScottPlot.TickGenerators.NumericAutomatic ticks = ValueTicks.Between(1000.001, 1000.009);
        Assert.NotEqual(ticks.LabelFormatter(1000.002), ticks.LabelFormatter(1000.003));
        Assert.Equal("0", ValueTicks.Between(-1, 1).LabelFormatter(1e-17));
    }

    [Fact]
    public void A_robust_range_leaves_out_what_is_far_out_on_the_sides_that_may_be_cut()
    {
        double[] usual = [.. Enumerable.Range(0, 20).Select(i => (double)i)];
        Assert.Equal(new RobustRange(0, 19, 0), RobustRange.Of(usual, keepsLow: true, keepsHigh: false));
        Assert.Equal(new RobustRange(0, 19, 2), RobustRange.Of([.. usual, 1e6, double.NaN], keepsLow: true, keepsHigh: false));
        Assert.Equal(new RobustRange(-1e6, 19, 0), RobustRange.Of([.. usual, -1e6], keepsLow: true, keepsHigh: false));
        Assert.Equal(new RobustRange(0, 1e6, 0), RobustRange.Of([0, 1, 1e6], keepsLow: true, keepsHigh: false));
        Assert.Null(RobustRange.Of([double.NaN, double.PositiveInfinity], keepsLow: true, keepsHigh: true));
        Assert.Equal(0.5, new RobustRange(3, 3, 0).PlaceOf(3));
    }

    [Fact]
    public void Thinning_keeps_the_order_and_the_outline()
    {
        var random = new Random(1);
        (double X, double Y)[] points = [.. Enumerable.Range(0, 20_000).Select(_ => (random.NextDouble(), random.NextDouble() * random.NextDouble()))];
        IReadOnlyList<int> kept = PointThinning.Thin([.. Enumerable.Range(0, points.Length)], i => points[i], 2000);
        Assert.InRange(kept.Count, 1000, 2000);
        Assert.Equal(kept.Order(), kept);
        Assert.Equal(points.Max(point => point.Y), kept.Max(i => points[i].Y), 0.05);
        Assert.Equal([1, 2, 3], PointThinning.Thin([1, 2, 3], _ => (double.NaN, 7), 3));
        Assert.Single(PointThinning.Thin([1, 2, 3, 4], _ => (0.5, 0.5), 3));
    }

    [Fact]
    public void Text_is_cut_between_whole_characters()
    {
        Assert.Equal("short", PictureText.Cut("short", 200, 14));
        string cut = PictureText.Cut(string.Concat(Enumerable.Repeat("e\u0301", 100)), 100, 14);
        Assert.EndsWith("e\u0301…", cut, StringComparison.Ordinal);
        Assert.InRange(PictureText.WidthOf(cut, 14), 80, 100);
        Assert.Equal("a b", PictureText.Cut("a\nb", 200, 14));
        Assert.Equal("…", PictureText.Cut("much too long", 2, 14));
        Assert.Equal("", PictureText.Cut("", -1, 14));
    }

    [Fact]
    public void A_notice_takes_as_many_lines_as_it_needs()
    {
        IReadOnlyList<string> lines = PictureNotice.Lines("one two three four five six seven eight nine ten", 200, 16);
        Assert.InRange(lines.Count, 3, 5);
        Assert.All(lines, line => Assert.True(PictureText.WidthOf(line, 16) <= 200));
        Assert.Equal("one two three four five six seven eight nine ten", string.Join(' ', lines));
    }
}
