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
    public void The_events_of_a_run_are_read_as_the_run_read_them()
    {
        string[] layout = ["--energy-factor", "0.5", "--time-factor", "0.25", "--column-first"];
        example.Train(layout);

        ToolRun.OutputOf("report", example.Out);
        string own = Page();
        ToolRun.OutputOf(["report", example.Out, "--events", example.Events, .. layout]);
        string named = Page();
        ToolRun.OutputOf("report", example.Out, "--events", example.Events);

        Assert.Equal(named, own);
        Assert.NotEqual(named, Page());
        Assert.Contains("layout: energy factor", own, StringComparison.Ordinal);
    }

    [Fact]
    public void How_files_are_read_is_said_with_the_files()
    {
        example.Train();

        ToolRun.Of("report", example.Out, "--energy-factor", "2").AssertWrongUsage("--energy-factor says how the files of --events are read", "See particle-images report --help.");
        ToolRun.Of("report", example.Out, "--column-first").AssertWrongUsage("--column-first", "See particle-images report --help.");
    }

    [Fact]
    public void Scores_that_predict_left_are_not_taken_for_those_of_events_that_the_network_never_saw()
    {
        const string known = "neither trained the network nor chose its epoch";
        example.Train("--test", "0.2");
        ToolRun.OutputOf("report", example.Out);
        Assert.Contains(known, Page(), StringComparison.Ordinal);

        ToolRun.OutputOf("predict", example.Out, example.Events, "--out", Path.Combine(example.Out, "scores.csv"));
        ToolRun.OutputOf("report", example.Out);

        Assert.DoesNotContain(known, Page(), StringComparison.Ordinal);
        Assert.Contains("80: 40 photons, 40 electrons", Page(), StringComparison.Ordinal);
    }

    [Fact]
    public void Files_that_have_moved_may_be_named_where_they_are()
    {
        example.Train();
        File.Move(example.Events, example["moved.hdf5"]);

        ToolRun run = ToolRun.Of("report", example.Out);
        Assert.Equal(0, run.Code);
        Assert.Contains("toy.hdf5 is no longer there", Assert.Single(run.Error.TrimEnd().Split(Environment.NewLine)), StringComparison.Ordinal);
        Assert.Contains("is no longer there", Page(), StringComparison.Ordinal);
        ToolRun.OutputOf("report", example.Out, "--events", example["moved.hdf5"]);

        Assert.DoesNotContain("is no longer there", Page(), StringComparison.Ordinal);
        Assert.Contains("moved.hdf5", Page(), StringComparison.Ordinal);
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
    public void What_is_damaged_is_said_beside_the_answer_and_where_nothing_is_left_that_is_a_failure()
    {
        string run = example["run"];
        Directory.CreateDirectory(Path.Combine(run, "model"));
        File.WriteAllText(Path.Combine(run, "history.csv"), "epoch,loss,accuracy,auc,val_loss,val_accuracy,val_auc,learning_rate,seconds\n1,0.7,0.5,,,,,0.001,2\n");
        File.WriteAllText(Path.Combine(run, "model", "model.json"), "{}");
        File.WriteAllText(Path.Combine(run, "trials.db"), new string('x', 5000));

        ToolRun partly = ToolRun.Of("report", run);
        string[] said = partly.Error.TrimEnd().Split(Environment.NewLine);
        Assert.Equal(0, partly.Code);
        Assert.StartsWith(Path.Combine(run, "report.html"), partly.Output, StringComparison.Ordinal);
        Assert.Equal(2, said.Length);
        Assert.Contains("as train leaves it", said[0], StringComparison.Ordinal);
        Assert.Contains("trials.db is no SQLite file", said[1], StringComparison.Ordinal);

        File.Delete(Path.Combine(run, "history.csv"));
        File.Delete(Path.Combine(run, "report.html"));
        ToolRun.Of("report", run).AssertFailed($"Nothing in {run} can be read", "model.json", "trials.db");
        Assert.False(File.Exists(Path.Combine(run, "report.html")));
    }

    [Fact]
    public void What_cannot_be_reported_on_is_said()
    {
        ToolRun.Of("report", example["none"]).AssertFailed("There is no folder", "none");
        ToolRun.Of("report", example.Path).AssertFailed("holds nothing to report on");
        ToolRun.Of("report", example.Events).AssertFailed("is no SQLite file", "a folder that particle-images train or scan left", "trials.db");
        ToolRun.Of("report", example.Path, "--title", " ").AssertWrongUsage("--title is empty. Name the heading, or leave it out.", "See particle-images report --help.");
        ToolRun.Of("report", example.Path, "--out", example["page.pdf"]).AssertWrongUsage("does not end in .html", "See particle-images report --help.");
    }

    private string Page() => File.ReadAllText(Path.Combine(example.Out, "report.html"));
}
