namespace ParticleImages.Tests.Distributions;

public class HistogramTests
{
    [Fact]
    public void A_value_on_an_edge_lies_in_the_later_bin_and_on_the_last_edge_in_none()
    {
        Histogram histogram = Histogram.Of([0, 0.5, 1, 1.5, 2, -0.1, double.PositiveInfinity, double.NegativeInfinity], [0, 1, 2]);
        Assert.Equal([2, 2], histogram.Counts);
        Assert.Equal((2, 2, 8), (histogram.Below, histogram.Above, histogram.Total));
        Assert.Equal(Math.Sqrt(2), histogram.Error(1));
        Assert.Equal("2 bins from 0 to 2, 8 values", histogram.ToString());
    }

    [Fact]
    public void Joined_bins_hold_what_their_parts_did()
    {
        Histogram histogram = Histogram.Of([0.5, 1.5, 1.5, 3.5, 9], [0, 1, 2, 3, 4]).Rebin(2);
        Assert.Equal([0, 2, 4], histogram.Edges);
        Assert.Equal([3, 1], histogram.Counts);
        Assert.Equal(1, histogram.Above);
        Assert.Throws<ArgumentException>("factor", () => histogram.Rebin(3));
        Assert.Throws<ArgumentException>("factor", () => histogram.Rebin(0));
    }

    [Fact]
    public void Cumulative_shares_are_of_all_values_also_those_outside()
    {
        Histogram histogram = Histogram.Of([-1, 0.5, 1.5, 9], [0, 1, 2]);
        Assert.Equal([0.25, 0.5, 0.75], histogram.CumulativeShares());
        Assert.Equal([0, 0], Histogram.Of([], [0, 1]).CumulativeShares());
    }

    [Fact]
    public void A_ratio_has_the_error_of_two_poisson_counts_and_none_where_a_bin_is_empty()
    {
        double[] edges = [0, 1, 2, 3];
        Histogram numerator = Histogram.Of([0.1, 0.2, 0.3, 0.4, 1.5], edges);
        Histogram denominator = Histogram.Of([0.1, 0.2, 2.5], edges);
        IReadOnlyList<Estimate?> ratios = numerator.DividedBy(denominator, scale: 0.5);
        Assert.Equal(new Estimate(1, Math.Sqrt(0.75)), ratios[0]);
        Assert.Null(ratios[1]);
        Assert.Null(ratios[2]);
        Assert.Equal("1.00 ± 0.87", ratios[0].ToString());
    }

    /// <summary>The error quoted is the spread that repeated samples show.</summary>
    [Fact]
    public void The_ratios_error_is_its_spread()
    {
        var random = new Random(3);
        double[] ratios = new double[8000];
        double error = 0;
        for (int i = 0; i < ratios.Length; i++)
        {
            Estimate ratio = Draw(400).DividedBy(Draw(400))[0]!.Value;
            ratios[i] = ratio.Value;
            error += ratio.StandardError!.Value / ratios.Length;
        }

        double mean = ratios.Average();
        double spread = Math.Sqrt(ratios.Average(ratio => (ratio - mean) * (ratio - mean)));
        Assert.InRange(error / spread, 0.97, 1.03);

        // As many values as events of rate 1 come within a time: a Poisson count.
        Histogram Draw(double time)
        {
            int count = 0;
            for (double passed = -Math.Log(1 - random.NextDouble()); passed < time; passed -= Math.Log(1 - random.NextDouble()))
            {
                count++;
            }

            return Histogram.Of(new double[count], [0, 1]);
        }
    }

    [Fact]
    public void What_makes_no_histogram_is_refused()
    {
        Assert.Contains("Value 1 is NaN", Assert.Throws<ArgumentException>(
            "values", () => Histogram.Of([0, double.NaN], [0, 1])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>("edges", () => Histogram.Of([], [0]));
        Assert.Contains("Edge 1 is 0", Assert.Throws<ArgumentException>(
            "edges", () => Histogram.Of([], [0, 0])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>("edges", () => Histogram.Of([], [0, double.PositiveInfinity]));
        Histogram histogram = Histogram.Of([], [0, 1]);
        Assert.Contains("same edges", Assert.Throws<ArgumentException>(
            "denominator", () => histogram.DividedBy(Histogram.Of([], [0, 2]))).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>("scale", () => histogram.DividedBy(histogram, scale: 0));
    }
}
