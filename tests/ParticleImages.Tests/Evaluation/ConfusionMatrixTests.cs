using ParticleImages.Evaluation;

namespace ParticleImages.Tests.Evaluation;

public class ConfusionMatrixTests
{
    [Theory]
    [MemberData(nameof(EvaluationCase.Names), MemberType = typeof(EvaluationCase))]
    public void Counts_and_fractions_are_those_of_scikit_learn(string name)
    {
        EvaluationCase expected = EvaluationCase.Named(name);
        ConfusionMatrix matrix = ConfusionMatrix.From(expected.Scores, expected.Labels);
        Assert.Equal(
            (expected.Confusion[0], expected.Confusion[1], expected.Confusion[2], expected.Confusion[3]),
            (matrix.TruePositives, matrix.FalsePositives, matrix.TrueNegatives, matrix.FalseNegatives));
        Assert.Equal(expected.Scores.Length, matrix.Count);
        Assert.Equal(expected.Accuracy, matrix.Accuracy, 1e-15);
        Assert.Equal(expected.Recall, matrix.SignalEfficiency!.Value, 1e-15);
        Assert.Equal(expected.Precision.HasValue, matrix.Purity.HasValue);
        Assert.Equal(expected.Precision ?? 0, matrix.Purity ?? 0, 1e-15);
    }

    [Fact]
    public void A_score_at_the_threshold_is_called_signal()
    {
        Assert.Equal(1, ConfusionMatrix.From([0.5], [1]).TruePositives);
        Assert.Equal(0, ConfusionMatrix.From([Math.BitDecrement(0.5)], [1]).TruePositives);
        Assert.Equal(0, ConfusionMatrix.From([0.5], [1], Math.BitIncrement(0.5)).TruePositives);
    }

    [Fact]
    public void A_float_score_written_like_the_threshold_is_called_signal()
    {
        // 0.7f is below 0.7, 0.1f above 0.1.
        Assert.Equal(2, ConfusionMatrix.From([0.7f, 0.1f], [1, 1], 0.1).TruePositives);
        Assert.Equal(1, ConfusionMatrix.From([0.7f, 0.1f], [1, 1], 0.7).TruePositives);
        Assert.Equal(0, ConfusionMatrix.From([0.1f], [1], MathF.BitIncrement(0.1f)).TruePositives);
    }

    [Fact]
    public void The_accuracy_carries_its_binomial_error()
    {
        // 8 of 10 right: √(0.8·0.2/10).
        ConfusionMatrix matrix = ConfusionMatrix.From(
            [0.9, 0.9, 0.9, 0.9, 0.1, 0.1, 0.1, 0.1, 0.1, 0.9], [1, 1, 1, 1, 1, 0, 0, 0, 0, 0]);
        Assert.Equal(0.8, matrix.Accuracy);
        Assert.Equal(Math.Sqrt(0.016), matrix.AccuracyStandardError, 1e-15);
        Assert.Equal(0.2, matrix.BackgroundEfficiency);
        Assert.Equal(
            "score ≥ 0.5: 4 of 5 signal and 1 of 5 background events; accuracy 0.800 ± 0.126", matrix.ToString());
    }

    [Fact]
    public void Fractions_of_no_events_are_null()
    {
        ConfusionMatrix photons = ConfusionMatrix.From([0.1, 0.2], [0, 0]);
        Assert.Null(photons.SignalEfficiency);
        Assert.Null(photons.Purity);
        Assert.Equal(0, photons.BackgroundEfficiency);
        Assert.Equal(1, photons.Accuracy);
        Assert.Null(ConfusionMatrix.From([0.1], [1]).BackgroundEfficiency);
    }

    [Fact]
    public void Bad_input_is_refused()
    {
        Assert.Contains("event 1", Assert.Throws<ArgumentException>(
            () => ConfusionMatrix.From([0.1, double.NaN], [0, 1])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => ConfusionMatrix.From([0.1], [0, 1]));
        Assert.Throws<ArgumentException>(() => ConfusionMatrix.From(Array.Empty<float>(), []));
        Assert.Throws<ArgumentException>(() => ConfusionMatrix.From([0.1], [-1]));
        Assert.Throws<ArgumentOutOfRangeException>("threshold", () => ConfusionMatrix.From([0.1], [1], double.NaN));
    }
}
