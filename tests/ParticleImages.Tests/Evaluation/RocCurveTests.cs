using ParticleImages.Evaluation;

namespace ParticleImages.Tests.Evaluation;

public class RocCurveTests
{
    private static readonly double[] FourScores = [0.1, 0.4, 0.35, 0.8];
    private static readonly int[] FourLabels = [0, 0, 1, 1];

    [Theory]
    [MemberData(nameof(EvaluationCase.Names), MemberType = typeof(EvaluationCase))]
    public void Has_the_points_thresholds_and_area_of_scikit_learn(string name)
    {
        EvaluationCase expected = EvaluationCase.Named(name);
        RocCurve curve = RocCurve.From(expected.Scores, expected.Labels);
        Assert.Equal(expected.BackgroundEfficiency, curve.Points.Select(point => point.BackgroundEfficiency));
        Assert.Equal(expected.SignalEfficiency, curve.Points.Select(point => point.SignalEfficiency));
        Assert.Equal([double.PositiveInfinity, .. expected.Thresholds], curve.Points.Select(point => point.Threshold));
        Assert.Equal(expected.Area, curve.Area, 1e-14);
        Assert.Equal(expected.Labels.Count(label => label == 1), curve.SignalCount);
        Assert.Equal(expected.Labels.Count(label => label == 0), curve.BackgroundCount);
    }

    [Theory]
    [MemberData(nameof(EvaluationCase.Names), MemberType = typeof(EvaluationCase))]
    public void Has_the_standard_error_of_the_pair_by_pair_definition(string name)
    {
        EvaluationCase expected = EvaluationCase.Named(name);
        RocCurve curve = RocCurve.From(expected.Scores, expected.Labels);
        Assert.Equal(expected.StandardError ?? double.PositiveInfinity, curve.StandardError, 1e-14);
    }

    [Theory]
    [MemberData(nameof(EvaluationCase.Names), MemberType = typeof(EvaluationCase))]
    public void Reads_off_efficiencies_and_rejections_on_straight_lines_between_the_points(string name)
    {
        EvaluationCase expected = EvaluationCase.Named(name);
        RocCurve curve = RocCurve.From(expected.Scores, expected.Labels);
        foreach ((int i, double efficiency) in expected.Efficiencies.Index())
        {
            Assert.Equal(expected.BackgroundAt[i], curve.BackgroundEfficiencyAt(efficiency), 1e-13);
            Assert.Equal(expected.SignalAt[i], curve.SignalEfficiencyAt(efficiency), 1e-13);
            Assert.Equal(1 / curve.BackgroundEfficiencyAt(efficiency), curve.BackgroundRejectionAt(efficiency).Value);
        }
    }

    [Fact]
    public void Takes_float_scores_as_the_same_numbers()
    {
        float[] narrow = [0.1f, 0.4f, 0.35f, 0.8f, 0.4f];
        int[] labels = [0, 0, 1, 1, 1];
        RocCurve wide = RocCurve.From([.. narrow.Select(score => (double)score)], labels);
        RocCurve curve = RocCurve.From(narrow, labels);
        Assert.Equal(wide.Points, curve.Points);
        Assert.Equal((wide.Area, wide.StandardError), (curve.Area, curve.StandardError));
    }

    [Fact]
    public void Positive_and_negative_zero_are_one_score()
    {
        RocCurve curve = RocCurve.From([0.0, -0.0], [0, 1]);
        Assert.Equal(2, curve.Points.Count);
        Assert.Equal(0.5, curve.Area);
    }

    [Fact]
    public void Rejection_carries_the_binomial_error_of_the_background()
    {
        // 10 of 100 background events and half of the signal lie at the higher score.
        double[] scores = [.. Enumerable.Range(0, 200).Select(i => i % 100 < (i < 100 ? 10 : 50) ? 1.0 : 0.0)];
        int[] labels = [.. Enumerable.Range(0, 200).Select(i => i < 100 ? 0 : 1)];
        BackgroundRejection rejection = RocCurve.From(scores, labels).BackgroundRejectionAt(0.5);
        Assert.Equal(10, rejection.Value, 1e-12);

        // σ(1/ε) = σ(ε)/ε² with σ(ε) = √(0.1·0.9/100) = 0.03.
        Assert.Equal(3, rejection.StandardError, 1e-12);

        // Wilson's upper end for 10 of 100 at z = 1.645, worked out by hand: 0.160356.
        Assert.Equal(1 / 0.160356, rejection.LowerLimit, 1e-4);
        Assert.Equal("10.0 ± 3.0", rejection.ToString());
    }

    [Fact]
    public void Rejection_is_infinite_with_a_finite_lower_limit_where_no_background_passes()
    {
        BackgroundRejection rejection = RocCurve.From([0.1, 0.2, 0.8, 0.9], FourLabels).BackgroundRejectionAt(0.5);
        Assert.Equal(double.PositiveInfinity, rejection.Value);
        Assert.Equal(double.PositiveInfinity, rejection.StandardError);

        // z² = 2.7055: none of n events leaves ε < z²/(n + z²).
        Assert.Equal((2 + 2.7055) / 2.7055, rejection.LowerLimit, 1e-4);
        Assert.Equal("∞ (at least 1.74 at 95 %)", rejection.ToString());
    }

    [Fact]
    public void Rejection_of_a_classifier_that_lets_all_pass_is_one_without_error()
    {
        BackgroundRejection rejection = RocCurve.From(FourScores, FourLabels).BackgroundRejectionAt(1);
        Assert.Equal(2, rejection.Value);
        rejection = RocCurve.From([0.5, 0.5], [0, 1]).BackgroundRejectionAt(1);
        Assert.Equal("1", rejection.ToString());
        Assert.Equal((1.0, 0.0, 1.0), (rejection.Value, rejection.StandardError, rejection.LowerLimit));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void One_class_has_no_area_and_says_so(int label)
    {
        var exception = Assert.Throws<ArgumentException>(() => RocCurve.From([0.2, 0.4, 0.9], [label, label, label]));
        Assert.Contains($"All 3 events have label {label}", exception.Message, StringComparison.Ordinal);
        Assert.Contains("both classes", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    public void A_score_that_is_no_finite_number_is_refused_by_its_index(double score)
    {
        var exception = Assert.Throws<ArgumentException>(() => RocCurve.From([0.1, 0.4, score, 0.8], FourLabels));
        Assert.Contains("event 2", exception.Message, StringComparison.Ordinal);
        exception = Assert.Throws<ArgumentException>(() => RocCurve.From([0.1f, (float)score, 0.3f, 0.8f], FourLabels));
        Assert.Contains("event 1", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Other_bad_input_is_refused_with_what_was_received_and_what_is_allowed()
    {
        var exception = Assert.Throws<ArgumentException>(() => RocCurve.From(FourScores, [0, 0, 1]));
        Assert.Contains("4 scores came with 3 labels", exception.Message, StringComparison.Ordinal);
        exception = Assert.Throws<ArgumentException>(() => RocCurve.From(FourScores, [0, 1, 2, 1]));
        Assert.Contains("Event 2 has label 2", exception.Message, StringComparison.Ordinal);
        exception = Assert.Throws<ArgumentException>(() => RocCurve.From(Array.Empty<double>(), []));
        Assert.Contains("no events", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(-0.01)]
    [InlineData(1.01)]
    [InlineData(double.NaN)]
    public void An_efficiency_outside_0_to_1_is_refused(double efficiency)
    {
        RocCurve curve = RocCurve.From(FourScores, FourLabels);
        Assert.Throws<ArgumentOutOfRangeException>("signalEfficiency", () => curve.BackgroundRejectionAt(efficiency));
        Assert.Throws<ArgumentOutOfRangeException>("signalEfficiency", () => curve.BackgroundEfficiencyAt(efficiency));
        Assert.Throws<ArgumentOutOfRangeException>("backgroundEfficiency", () => curve.SignalEfficiencyAt(efficiency));
    }

    [Fact]
    public void Leaves_the_callers_arrays_as_they_were()
    {
        double[] scores = [.. FourScores];
        int[] labels = [.. FourLabels];
        RocCurve.From(scores, labels);
        Assert.Equal(FourScores, scores);
        Assert.Equal(FourLabels, labels);
    }

    // Placements 1/2 and 1 of the signal, 1 and 1/2 of the background: variance (1/8)/2 + (1/8)/2 = 1/8.
    [Fact]
    public void As_text_it_is_the_area_with_its_error() =>
        Assert.Equal("AUC 0.750 ± 0.354", RocCurve.From(FourScores, FourLabels).ToString());

    [Fact]
    public void As_text_an_error_that_the_sample_does_not_show_is_unknown()
    {
        Assert.Equal("AUC 1.000 (error unknown)", RocCurve.From([0.1, 0.2, 0.8, 0.9], [0, 0, 1, 1]).ToString());
        Assert.Equal("AUC 1.000 (error unknown)", RocCurve.From([0.1, 0.9], [0, 1]).ToString());
    }
}
