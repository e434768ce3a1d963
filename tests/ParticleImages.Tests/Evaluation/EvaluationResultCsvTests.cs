using ParticleImages.Evaluation;

namespace ParticleImages.Tests.Evaluation;

public sealed class EvaluationResultCsvTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Scores_and_labels_come_back_bit_for_bit_and_are_judged_the_same()
    {
        var result = EvaluationResult.From([1.0 / 3, 0, 1, double.Epsilon], [1, 0, 1, 0]);

        result.SaveCsv(folder["scores.csv"]);
        var read = EvaluationResult.LoadCsv(folder["scores.csv"]);

        Assert.Equal(result.Scores, read.Scores);
        Assert.Equal(result.Labels, read.Labels);
        Assert.Equal(result.ToString(), read.ToString());
        Assert.Equal("event,label,score\n0,1,0.3333333333333333\n1,0,0\n2,1,1\n3,0,5E-324\n", File.ReadAllText(folder["scores.csv"]));
    }

    [Theory]
    [InlineData("", "The first line of")]
    [InlineData("event,score\n", "begin with 'event,label,score'")]
    [InlineData("event,label,score\n0,1,0.5\n1,0\n", "Row 1 of")]
    [InlineData("event,label,score\n0,1,0,5\n", "Row 0 of")]
    [InlineData("event,label,score\n0,1,0.5\n1,1,0.4\n", "can't be judged")]
    [InlineData("event,label,score\n0,1,0.5\n1,0,1.5\n", "The score of event 1 is 1.5")]
    [InlineData("event,label,score\n0,1,0.5\n1,2,0.5\n", "can't be judged")]
    public void What_is_no_table_of_scores_is_said_with_the_file(string text, string expected)
    {
        File.WriteAllText(folder["scores.csv"], text);

        EventFormatException problem = Assert.Throws<EventFormatException>(() => EvaluationResult.LoadCsv(folder["scores.csv"]));

        Assert.Contains(expected, problem.Message, StringComparison.Ordinal);
        Assert.Contains("scores.csv", problem.Message, StringComparison.Ordinal);
    }
}
