using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using ParticleImages.Evaluation;

namespace ParticleImages.Tests.Evaluation;

[Properties(Arbitrary = [typeof(RocCurveProperties)], MaxTest = 200)]
public class RocCurveProperties
{
    /// <summary>Both classes, and scores from a few values or from many, so that ties come rarely and often.</summary>
    public static Arbitrary<Sample> Samples() => (
        from distinct in Gen.Elements(1, 3, 20, 100_000)
        from signal in Gen.Choose(0, distinct).Select(score => score / 1000.0).NonEmptyListOf()
        from background in Gen.Choose(0, distinct).Select(score => score / 1000.0).NonEmptyListOf()
        from seed in Gen.Choose(0, int.MaxValue)
        select Sample.Mix([.. signal], [.. background], seed)).ToArbitrary();

    [Property]
    public bool The_area_is_the_fraction_of_ordered_pairs_and_half_of_the_tied(Sample sample)
    {
        double[] signal = sample.Of(1), background = sample.Of(0);
        double pairs = signal.Sum(s => background.Sum(b => s > b ? 1 : s == b ? 0.5 : 0));
        return sample.Curve.Area == pairs / ((double)signal.Length * background.Length);
    }

    [Property]
    public bool The_area_is_the_integral_of_the_points(Sample sample)
    {
        IReadOnlyList<RocPoint> points = sample.Curve.Points;
        double integral = points.Zip(points.Skip(1), (low, high) =>
            (high.BackgroundEfficiency - low.BackgroundEfficiency) * (high.SignalEfficiency + low.SignalEfficiency) / 2).Sum();
        return Math.Abs(sample.Curve.Area - integral) < 1e-12;
    }

    [Property]
    public bool A_rising_function_of_the_scores_changes_nothing_but_the_thresholds(Sample sample)
    {
        RocCurve curve = RocCurve.From([.. sample.Scores.Select(score => Math.Cbrt(score - 20) * 7)], sample.Labels);
        return curve.Area == sample.Curve.Area
            && curve.StandardError == sample.Curve.StandardError
            && curve.Points.Select(point => point with { Threshold = 0 })
                .SequenceEqual(sample.Curve.Points.Select(point => point with { Threshold = 0 }));
    }

    [Property]
    public bool Negated_scores_mirror_the_area_and_keep_its_error(Sample sample)
    {
        RocCurve mirrored = RocCurve.From([.. sample.Scores.Select(score => -score)], sample.Labels);
        return Math.Abs(mirrored.Area - (1 - sample.Curve.Area)) < 1e-15
            && (mirrored.StandardError == sample.Curve.StandardError
                || Math.Abs(mirrored.StandardError - sample.Curve.StandardError) < 1e-12);
    }

    [Property]
    public bool The_order_of_the_events_changes_nothing(Sample sample, int seed)
    {
        int[] order = [.. Enumerable.Range(0, sample.Scores.Length)];
        new Random(seed).Shuffle(order);
        RocCurve curve = RocCurve.From(
            [.. order.Select(i => sample.Scores[i])], [.. order.Select(i => sample.Labels[i])]);
        return curve.Area == sample.Curve.Area
            && curve.StandardError == sample.Curve.StandardError
            && curve.Points.SequenceEqual(sample.Curve.Points);
    }

    [Property]
    public bool The_error_is_that_of_the_pair_by_pair_definition(Sample sample)
    {
        double[] signal = sample.Of(1), background = sample.Of(0);
        if (signal.Length == 1 || background.Length == 1)
        {
            return double.IsPositiveInfinity(sample.Curve.StandardError);
        }

        double[] ofSignal = [.. signal.Select(s => background.Average(b => s > b ? 1 : s == b ? 0.5 : 0))];
        double[] ofBackground = [.. background.Select(b => signal.Average(s => s > b ? 1 : s == b ? 0.5 : 0))];
        double variance = (Variance(ofSignal) / signal.Length) + (Variance(ofBackground) / background.Length);
        return Math.Abs(Math.Sqrt(variance) - sample.Curve.StandardError) < 1e-10;

        static double Variance(double[] values) =>
            values.Sum(value => Math.Pow(value - values.Average(), 2)) / (values.Length - 1);
    }

    [Property]
    public bool There_is_a_point_for_nothing_and_one_for_every_distinct_score(Sample sample) =>
        sample.Curve.Points.Skip(1).Select(point => point.Threshold)
            .SequenceEqual(sample.Scores.Distinct().OrderDescending())
        && sample.Curve.Points[0] == new RocPoint(0, 0, double.PositiveInfinity)
        && sample.Curve.Points[^1] is { BackgroundEfficiency: 1, SignalEfficiency: 1 };

    [Property]
    public bool A_point_is_what_the_confusion_matrix_at_its_threshold_says(Sample sample) =>
        sample.Curve.Points.Skip(1).All(point =>
            ConfusionMatrix.From(sample.Scores, sample.Labels, point.Threshold) is var matrix
            && matrix.SignalEfficiency == point.SignalEfficiency
            && matrix.BackgroundEfficiency == point.BackgroundEfficiency);

    public sealed record Sample(double[] Scores, int[] Labels)
    {
        public RocCurve Curve { get; } = RocCurve.From(Scores, Labels);

        public static Sample Mix(double[] signal, double[] background, int seed)
        {
            (double Score, int Label)[] events =
                [.. signal.Select(score => (score, 1)), .. background.Select(score => (score, 0))];
            new Random(seed).Shuffle(events);
            return new Sample([.. events.Select(one => one.Score)], [.. events.Select(one => one.Label)]);
        }

        public double[] Of(int label) => [.. Scores.Where((_, i) => Labels[i] == label)];

        public override string ToString() =>
            string.Join("; ", Scores.Zip(Labels, (score, label) => FormattableString.Invariant($"{score}:{label}")));
    }
}
