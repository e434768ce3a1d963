namespace ParticleImages.Cli.Tests;

[Collection("torch")]
public sealed class ReportTests : IDisposable
{
    private readonly TrainedExample example = new();

    public void Dispose() => example.Dispose();

    [Fact]
    public void A_training_leaves_all_that_its_report_shows()
    {
        example.Train("--test", "0.2");

        string said = ToolRun.OutputOf("report", example.Out);

        string page = Path.Combine(example.Out, "report.html");
        Assert.StartsWith($"{page}: ", said, StringComparison.Ordinal);
        string html = File.ReadAllText(page);
        foreach (string shown in new[] { "Training in out", "Area under the ROC curve", "id=\"epochs\"", "id=\"images\"", "id=\"layers\"", "40</td>", "toy.hdf5", "SHA-256", "settings: engine" })
        {
            Assert.Contains(shown, html, StringComparison.Ordinal);
        }

        Assert.DoesNotContain("id=\"problems\"", html, StringComparison.Ordinal);
        Assert.DoesNotContain("Not drawn", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Scores_of_an_earlier_model_are_not_taken_for_those_of_the_next()
    {
        example.Train("--test", "0.2");
        Assert.True(File.Exists(Path.Combine(example.Out, "scores.csv")));

        example.Train("--force");

        Assert.False(File.Exists(Path.Combine(example.Out, "scores.csv")));
    }

    [Fact]
    public void Events_and_heading_may_be_given_and_the_page_may_go_elsewhere()
    {
        example.Train();
        string other = example["other.npz"];
        ToolRun.OutputOf("convert", example.Events, "--out", other, "--events", "0:7");

        ToolRun.OutputOf("report", example.Out, "--out", example["page.html"], "--title", "Run 7", "--events", other);

        string html = File.ReadAllText(example["page.html"]);
        Assert.Contains("<h1 dir=\"auto\">Run 7</h1>", html, StringComparison.Ordinal);
        Assert.Contains("7 events of 32 × 32 pixels", html, StringComparison.Ordinal);
    }

    [Fact]
    public void What_cannot_be_reported_on_is_said()
    {
        ToolRun.Of("report", example["none"]).AssertFailed("There is no folder", "none");
        ToolRun.Of("report", example.Path).AssertFailed("holds nothing to report on");
        ToolRun.Of("report", example.Events).AssertFailed("is no SQLite file");
        ToolRun.Of("report", example.Path, "--out", example["page.pdf"]).AssertWrongUsage("does not end in .html", "See particle-images report --help.");
    }
}
