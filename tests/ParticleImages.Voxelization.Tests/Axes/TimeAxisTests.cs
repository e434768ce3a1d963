using FsCheck.Xunit;

namespace ParticleImages.Voxelization.Tests;

[Properties(Arbitrary = [typeof(Seeds)])]
public sealed class TimeAxisTests
{
    private static readonly TimeAxis Usual = TimeAxis.Range(-0.1, 0.1, step: 0.0099);

    [Fact]
    public void The_usual_axis_has_21_bins_and_ends_beyond_stop()
    {
        Assert.Equal(21, Usual.Bins);
        Assert.Equal(22, Usual.Edges.Length);
        Assert.Equal(-0.1, Usual.Edges[0]);
        Assert.Equal(0.1079, Usual.Edges[^1], 1e-15);
    }

    [Theory]
    [InlineData(0, 1, 0.25, 4)]
    [InlineData(0, 1, 0.3, 4)]
    [InlineData(0, 1, 1, 1)]
    [InlineData(0, 1, 5, 1)]
    [InlineData(0, 1, 1e300, 1)]
    [InlineData(0, 65536, 1, 65536)]
    [InlineData(-0.3, 0, 0.1, 3)]
    public void The_number_of_bins_is_the_range_over_the_step_rounded_up(double start, double stop, double step, int bins) =>
        Assert.Equal(bins, TimeAxis.Range(start, stop, step).Bins);

    [Fact]
    public void Edges_multiply_the_rounded_distance_and_not_the_step()
    {
        // numpy 1.24: numpy.arange(-0.1, 0.1, 0.0099)[3]
        Assert.Equal(-0.07029999999999999, Usual.Edges[3]);
        Assert.NotEqual(-0.1 + (3 * 0.0099), Usual.Edges[3]);
    }

    [Theory]
    [InlineData(double.NaN, 1, 0.1, "start")]
    [InlineData(double.NegativeInfinity, 1, 0.1, "start")]
    [InlineData(0, double.NaN, 0.1, "stop")]
    [InlineData(0, double.PositiveInfinity, 0.1, "stop")]
    [InlineData(0, 0, 0.1, "stop")]
    [InlineData(1, 0, 0.1, "stop")]
    [InlineData(0, 1, 0, "step")]
    [InlineData(0, 1, -0.1, "step")]
    [InlineData(0, 1, double.NaN, "step")]
    [InlineData(0, 1, double.PositiveInfinity, "step")]
    [InlineData(0, 65537, 1, "step")]
    [InlineData(0, 1, 1e-300, "step")]
    [InlineData(-1e308, 1e308, 1e300, "step")]
    [InlineData(1e17, 1.0000000000001e17, 1, "step")]
    [InlineData(1e308, 1.1e308, 1.79e308, "step")]
    public void A_range_that_makes_no_axis_is_refused_by_the_name_of_its_argument(
        double start, double stop, double step, string name)
    {
        var failure = Assert.Throws<ArgumentOutOfRangeException>(() => TimeAxis.Range(start, stop, step));
        Assert.Equal(name, failure.ParamName);
    }

    [Fact]
    public void Too_many_bins_are_refused_with_their_number_and_the_limit()
    {
        var failure = Assert.Throws<ArgumentOutOfRangeException>(() => TimeAxis.Range(0, 1, 1e-9));
        Assert.Contains("1000000000 bins", failure.Message, StringComparison.Ordinal);
        Assert.Contains("65536", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Edges_are_taken_as_given()
    {
        double[] edges = [-0.5, -0.25, 0, 0.25, 0.5];
        TimeAxis axis = TimeAxis.FromEdges(edges);
        edges[0] = 7;
        Assert.Equal([-0.5, -0.25, 0, 0.25, 0.5], axis.Edges.ToArray());
        Assert.Equal(4, axis.Bins);
    }

    [Theory]
    [InlineData(new double[0], "received 0")]
    [InlineData(new[] { 1.0 }, "received 1")]
    [InlineData(new[] { 0, 1, 1.0 }, "Edge 2 is 1 after 1")]
    [InlineData(new[] { 0, 1, 0.5 }, "Edge 2 is 0.5 after 1")]
    [InlineData(new[] { 0, double.NaN }, "Edge 1 is NaN. ")]
    [InlineData(new[] { double.NegativeInfinity, 0 }, "Edge 0 is -Infinity")]
    public void Edges_that_bound_no_bins_are_refused(double[] edges, string words)
    {
        var failure = Assert.Throws<ArgumentException>(nameof(edges), () => TimeAxis.FromEdges(edges));
        Assert.Contains(words, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void More_edges_than_the_limit_are_refused() =>
        Assert.Throws<ArgumentException>(
            "edges",
            () => TimeAxis.FromEdges([.. Enumerable.Range(0, TimeAxis.MaximumBins + 2).Select(k => (double)k)]));

    [Fact]
    public void A_time_on_an_edge_belongs_to_the_earlier_bin()
    {
        TimeAxis axis = TimeAxis.FromEdges(-0.5, -0.25, 0, 0.25, 0.5);
        Assert.Equal(0, axis.BinOf(-0.25f));
        Assert.Equal(1, axis.BinOf(MathF.BitIncrement(-0.25f)));
        Assert.Equal(1, axis.BinOf(0f));
        Assert.Equal(1, axis.BinOf(-0f));
        Assert.Equal(2, axis.BinOf(float.Epsilon));
        Assert.Equal(3, axis.BinOf(0.5f));
    }

    [Fact]
    public void A_time_outside_has_no_bin_by_default_and_the_nearest_on_request()
    {
        TimeAxis drop = TimeAxis.FromEdges(-0.5, -0.25, 0, 0.25, 0.5);
        TimeAxis nearest = drop.Outside(OutsideTime.Nearest);
        Assert.Equal(-1, drop.BinOf(-0.5f));
        Assert.Equal(-1, drop.BinOf(MathF.BitIncrement(0.5f)));
        Assert.Equal(0, nearest.BinOf(-0.5f));
        Assert.Equal(0, nearest.BinOf(float.MinValue));
        Assert.Equal(3, nearest.BinOf(MathF.BitIncrement(0.5f)));
        Assert.Equal(3, nearest.BinOf(float.MaxValue));
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    public void A_time_that_is_not_finite_has_no_bin_under_any_policy(float time)
    {
        Assert.Equal(-1, Usual.BinOf(time));
        Assert.Equal(-1, Usual.Outside(OutsideTime.Nearest).BinOf(time));
    }

    [Fact]
    public void A_policy_that_does_not_exist_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>("policy", () => Usual.Outside((OutsideTime)2));

    [Property]
    public void A_regular_axis_finds_the_bin_that_a_linear_scan_finds(int seed)
    {
        var random = new Random(seed);
        double scale = Math.Pow(10, random.Next(-30, 30));
        double start = ((random.NextDouble() * 2) - 1) * scale * Math.Pow(10, random.Next(0, 6));
        double step = (0.01 + random.NextDouble()) * scale;
        HoldsForAllTimes(TimeAxis.Range(start, start + (step * random.Next(1, 60)), step), random);
    }

    [Property]
    public void An_irregular_axis_finds_the_bin_that_a_linear_scan_finds(int seed)
    {
        var random = new Random(seed);
        double[] edges = [.. Enumerable.Range(0, random.Next(2, 40))
            .Select(_ => Math.Pow(10, random.Next(-3, 4)) * (random.NextDouble() - 0.5)).Distinct().Order()];
        HoldsForAllTimes(TimeAxis.FromEdges(edges), random);
    }

    [Property]
    public void A_nearly_regular_axis_finds_the_bin_that_a_linear_scan_finds(int seed)
    {
        var random = new Random(seed);
        double shake = random.NextDouble();
        double[] edges = [.. Enumerable.Range(0, random.Next(2, 40)).Select(k => k + (shake * random.NextDouble()))];
        HoldsForAllTimes(TimeAxis.FromEdges(edges), random);
    }

    [Theory]
    [InlineData(new[] { -1.7e308, 0, 1.7e308 })]
    [InlineData(new[] { 0, 5e-324, 1e-323 })]
    [InlineData(new[] { 0, 1e-46, 1 })]
    public void Extreme_axes_find_the_bin_that_a_linear_scan_finds(double[] edges) =>
        HoldsForAllTimes(TimeAxis.FromEdges(edges), new Random(1));

    [Fact]
    public void Axes_are_equal_when_edges_and_policy_are()
    {
        TimeAxis same = TimeAxis.FromEdges(Usual.Edges);
        Assert.Equal(Usual, same);
        Assert.True(Usual == same);
        Assert.Equal(Usual.GetHashCode(), same.GetHashCode());
        Assert.NotEqual(Usual, Usual.Outside(OutsideTime.Nearest));
        Assert.NotEqual(Usual, TimeAxis.Range(-0.1, 0.1, 0.01));
        Assert.Equal(OutsideTime.Drop, Usual.OutsidePolicy);
    }

    [Fact]
    public void The_text_names_bins_ends_and_policy()
    {
        TimeAxis axis = TimeAxis.FromEdges(-0.5, 0, 0.25);
        Assert.Equal("2 bins from -0.5 to 0.25", axis.ToString());
        Assert.Equal(
            "2 bins from -0.5 to 0.25, times outside in the nearest bin", axis.Outside(OutsideTime.Nearest).ToString());
    }

    private static void HoldsForAllTimes(TimeAxis axis, Random random)
    {
        foreach (double edge in axis.Edges)
        {
            var time = (float)edge;
            Holds(axis, MathF.BitDecrement(MathF.BitDecrement(time)));
            Holds(axis, MathF.BitDecrement(time));
            Holds(axis, time);
            Holds(axis, MathF.BitIncrement(time));
            Holds(axis, MathF.BitIncrement(MathF.BitIncrement(time)));
        }

        double width = axis.Edges[^1] - axis.Edges[0];
        for (int i = 0; i < 100; i++)
        {
            Holds(axis, (float)(axis.Edges[0] + (width * ((random.NextDouble() * 1.2) - 0.1))));
        }
    }

    private static void Holds(TimeAxis axis, float time)
    {
        int expected = -1;
        for (int k = 0; k < axis.Bins; k++)
        {
            if (float.IsFinite(time) && axis.Edges[k] < time && time <= axis.Edges[k + 1])
            {
                expected = k;
            }
        }

        Assert.Equal(expected, axis.BinOf(time));
        if (float.IsFinite(time) && expected < 0)
        {
            Assert.Equal(time <= axis.Edges[0] ? 0 : axis.Bins - 1, axis.Outside(OutsideTime.Nearest).BinOf(time));
        }
    }
}
