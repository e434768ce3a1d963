using ParticleImages.Evaluation;

namespace ParticleImages.Tests.Evaluation;

public class EvaluationResultTests
{
    [Theory]
    [MemberData(nameof(EvaluationCase.Names), MemberType = typeof(EvaluationCase))]
    public void The_loss_is_that_of_scikit_learn_with_the_same_least_probability(string name)
    {
        EvaluationCase expected = EvaluationCase.Named(name);
        EvaluationResult result = EvaluationResult.From(expected.Scores, expected.Labels);

        // scikit-learn limits p, then takes 1 − p, which rounds 1 − (1 − 10⁻⁷) by 6·10⁻¹⁰ of it.
        Assert.Equal(expected.LogLoss, result.Loss, 1e-9);
        Assert.Equal(expected.Area, result.Roc.Area, 1e-14);
        Assert.Equal(expected.Accuracy, result.Accuracy, 1e-15);
        Assert.Equal(expected.Scores.Length, result.Count);
    }

    [Fact]
    public void Keeps_its_own_scores_and_labels_in_the_order_of_the_events()
    {
        float[] scores = [0.75f, 0.25f, 0.5f];
        int[] labels = [1, 0, 0];
        EvaluationResult result = EvaluationResult.From(scores, labels);
        scores[0] = 0;
        labels[0] = 0;
        Assert.Equal([0.75, 0.25, 0.5], result.Scores);
        Assert.Equal([1, 0, 0], result.Labels);
        Assert.Equal(2.0 / 3, result.Accuracy);
    }

    [Fact]
    public void A_sure_and_wrong_event_costs_much_but_not_everything()
    {
        EvaluationResult result = EvaluationResult.From([0.0, 1.0], [1, 0]);
        Assert.Equal(-Math.Log(EvaluationResult.LeastProbability), result.Loss, 1e-12);
    }

    [Fact]
    public void Guessing_costs_the_logarithm_of_two() =>
        Assert.Equal(Math.Log(2), EvaluationResult.From([0.5, 0.5, 0.5], [1, 0, 0]).Loss, 1e-15);

    [Fact]
    public void Scores_that_are_no_probabilities_are_refused_by_their_index()
    {
        var exception = Assert.Throws<ArgumentException>(() => EvaluationResult.From([0.2, 1.5, -3], [1, 0, 1]));
        Assert.Contains("event 1 is 1.5", exception.Message, StringComparison.Ordinal);
        Assert.Contains("softmax", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void One_class_alone_is_refused() =>
        Assert.Contains("both classes", Assert.Throws<ArgumentException>(
            () => EvaluationResult.From([0.2, 0.5], [1, 1])).Message, StringComparison.Ordinal);

    [Fact]
    public void As_text_it_is_one_readable_line() =>
        Assert.Equal(
            "4 events: AUC 0.750 ± 0.354, accuracy 0.750 ± 0.217, loss 0.472",
            EvaluationResult.From([0.1, 0.4, 0.35, 0.8], [0, 0, 1, 1]).ToString());
}
