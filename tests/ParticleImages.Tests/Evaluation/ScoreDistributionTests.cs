using ParticleImages.Evaluation;

namespace ParticleImages.Tests.Evaluation;

public class ScoreDistributionTests
{
    [Fact]
    public void Events_are_counted_by_class_in_bins_closed_below_and_the_last_one_on_both_sides()
    {
        ScoreDistribution distribution = EvaluationResult.From([0.0, 0.25, 0.2499, 0.75, 1.0, 0.8], [0, 0, 1, 1, 1, 0]).Distribution(bins: 4);
        Assert.Equal([(0, 0.25), (0.25, 0.5), (0.5, 0.75), (0.75, 1)], distribution.Bins.Select(bin => (bin.Low, bin.High)));
        Assert.Equal([(1, 1), (0, 1), (0, 0), (2, 1)], distribution.Bins.Select(bin => (bin.SignalCount, bin.BackgroundCount)));
        Assert.Equal([0.5, 0.0, null, 2.0 / 3], distribution.Bins.Select(bin => bin.SignalFraction));
        Assert.Equal(0.25, distribution.Bins[1].MeanScore);
        Assert.Null(distribution.Bins[2].MeanScore);
        Assert.Equal(2.55 / 3, distribution.Bins[3].MeanScore!.Value, 1e-15);
    }

    [Fact]
    public void A_score_equal_to_an_edge_is_in_the_bin_that_begins_there()
    {
        foreach (int bins in (int[])[3, 7, 10, 49, 1000])
        {
            double[] scores = [.. Enumerable.Range(0, bins + 1).SelectMany(i => (double[])[(double)i / bins, Math.BitDecrement((double)i / bins)]).Skip(2)];
            int[] labels = [.. scores.Select((_, i) => i % 2)];
            ScoreDistribution distribution = EvaluationResult.From(scores, labels).Distribution(bins);

            // Every bin has its own beginning and what lies just before its end; the last one its end as well.
            Assert.All(distribution.Bins.Skip(1).SkipLast(1), bin => Assert.Equal(2, bin.Count));
            Assert.Equal((1, 3), (distribution.Bins[0].Count, distribution.Bins[^1].Count));
        }
    }

    [Fact]
    public void The_calibration_error_is_the_mean_distance_of_fraction_and_score()
    {
        // Bin 1: 4 events, mean .2, 1 of 4 signal. Bin 2: 2 events, mean .9, 1 of 2 signal.
        ScoreDistribution distribution = EvaluationResult.From([0.1, 0.3, 0.2, 0.2, 0.9, 0.9], [1, 0, 0, 0, 1, 0]).Distribution(bins: 2);
        Assert.Equal((4.0 / 6 * 0.05) + (2.0 / 6 * 0.4), distribution.CalibrationError, 1e-15);
    }

    [Fact]
    public void Chance_alone_makes_the_error_that_it_says()
    {
        var random = new Random(11);
        double error = 0, chance = 0;
        for (int sample = 0; sample < 300; sample++)
        {
            double[] scores = [.. Enumerable.Range(0, 400).Select(_ => Math.Sqrt(random.NextDouble()))];
            int[] labels = [.. scores.Select(score => random.NextDouble() < score ? 1 : 0)];
            ScoreDistribution distribution = EvaluationResult.From(scores, labels).Distribution();
            error += distribution.CalibrationError / 300;
            chance += distribution.CalibrationErrorByChance / 300;
        }

        // 300 samples leave about 2 %.
        Assert.Equal(1, error / chance, 0.05);
    }

    [Fact]
    public void A_number_of_bins_out_of_range_is_refused()
    {
        EvaluationResult result = EvaluationResult.From([0.2, 0.4], [0, 1]);
        Assert.Throws<ArgumentOutOfRangeException>("bins", () => result.Distribution(0));
        Assert.Throws<ArgumentOutOfRangeException>("bins", () => result.Distribution(1001));
    }
}
