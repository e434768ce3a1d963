using ParticleImages.Evaluation;

namespace ParticleImages.Tests.Evaluation;

public sealed class LogitTests
{
    [Theory]
    [InlineData(0, 0.5, 0.69314718055994529)]
    [InlineData(2, 0.88079707797788244, 0.12692801104297249)]
    [InlineData(-2, 0.11920292202211756, 2.1269280110429727)]
    [InlineData(800, 1, 0)]
    [InlineData(-800, 0, 800)]
    public void Probability_and_loss_of_an_electron_have_their_textbook_values(double logit, double probability, double loss)
    {
        Assert.Equal(probability, Logit.Probability(logit), 1e-15);
        Assert.Equal(loss, Logit.Loss(logit, ParticleLabel.Electron), 1e-15);
        Assert.Equal(loss, Logit.Loss(-logit, ParticleLabel.Photon), 1e-15);
    }

    [Fact]
    public void Judging_logits_is_judging_their_probabilities_where_those_still_differ()
    {
        double[] logits = [-3, -1, 0.2, 0.5, 2, 4, -0.5, 0.2];
        int[] labels = [0, 0, 1, 0, 1, 1, 1, 0];

        EvaluationResult fromLogits = EvaluationResult.FromLogits(logits, labels);
        EvaluationResult fromScores = EvaluationResult.From(logits.Select(Logit.Probability).ToArray(), labels);

        Assert.Equal(fromScores.Roc.Points, fromLogits.Roc.Points);
        Assert.Equal(fromScores.Roc.Area, fromLogits.Roc.Area);
        Assert.Equal(fromScores.Roc.StandardError, fromLogits.Roc.StandardError);
        Assert.Equal(fromScores.Confusion, fromLogits.Confusion);
        Assert.Equal(fromScores.Scores, fromLogits.Scores);
        Assert.Equal(fromScores.Loss, fromLogits.Loss, 1e-12);
    }

    [Fact]
    public void Logits_whose_probabilities_are_all_1_still_order_the_events()
    {
        EvaluationResult result = EvaluationResult.FromLogits([100, 200, 300, 400], [0, 0, 1, 1]);

        Assert.Equal(1, result.Roc.Area);
        Assert.Equal(75, result.Loss);
        Assert.Throws<ArgumentException>(() => EvaluationResult.FromLogits([double.NaN, 1], [0, 1]));
        Assert.Throws<ArgumentException>(() => EvaluationResult.FromLogits([1, 1], [1, 1]));
    }
}
