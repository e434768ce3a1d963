using ParticleImages.Formats;
using ParticleImages.Networks;
using ParticleImages.Simulation;

namespace ParticleImages.Cli.Tests;

[Collection("torch")]
public sealed class ScanTests : IDisposable
{
    private const string Space = """
        {
          "parameters": [
            {"name": "filters_1", "values": [2, 3]},
            {"name": "energy_above", "values": [0.005, 0.02]},
            {"name": "time_step", "values": [0.05]},
            {"name": "crop", "values": [8]},
            {"name": "epochs", "values": [2]},
            {"name": "batch_size", "values": [20]}
          ],
          "constraints": ["filters_1 > 2 or energy_above < 0.01"]
        }
        """;

    private readonly TemporaryFolder folder = new();

    public ScanTests()
    {
        using EventSource events = ToyShowers.With(photons: 40, electrons: 40, seed: 1).Build();
        EventFile.Save(events, folder["events.npz"]);
        File.WriteAllText(folder["space.json"], Space);
    }

    public void Dispose() => folder.Dispose();

    // In the process of the tests, which is no tool that could be started again.
    private string[] Scan(string target) => ["scan", folder["space.json"], folder["events.npz"], "--out", folder[target], "--workers", "0"];

    private static string[] Judged(string table)
    {
        string[][] lines = [.. File.ReadAllLines(table).Select(line => line.Split(','))];
        int[] columns = [.. new[] { "trial", "state", "val_loss", "val_auc", "filters_1", "energy_above" }.Select(name => Array.IndexOf(lines[0], name))];
        return [.. lines.Skip(1).Select(cells => string.Join(" ", columns.Select(column => cells[column])))];
    }

    [Fact]
    public void A_space_in_a_file_is_searched_and_leaves_a_table_and_a_model_for_every_trial()
    {
        string output = ToolRun.OutputOf([.. Scan("out"), "--strategy", "grid", "--test", "0.2"]);

        string[] table = File.ReadAllLines(folder["out/trials.csv"]);
        Assert.Equal(4, table.Length);
        Assert.Contains("val_loss", table[0], StringComparison.Ordinal);
        Assert.Contains("3 trials", output, StringComparison.Ordinal);
        Assert.Contains("Events to test on:", output, StringComparison.Ordinal);
        foreach (string trial in new[] { "trial-00000", "trial-00001", "trial-00002" })
        {
            using TrainedModel model = TrainedModel.Load(folder[$"out/{trial}/model"]);
            Assert.Equal(8, model.Voxelizer.CropSize);
        }
    }

    [Fact]
    public void A_scan_that_was_ended_early_goes_on_with_the_same_command_and_a_finished_one_only_reports()
    {
        string[] command = [.. Scan("out"), "--trials", "3", "--seed", "4"];
        string first = ToolRun.OutputOf(command);
        string[] table = File.ReadAllLines(folder["out/trials.csv"]);

        Assert.Equal(first, ToolRun.OutputOf(command));
        Assert.Equal(table, File.ReadAllLines(folder["out/trials.csv"]));
    }

    [Fact]
    public void A_scan_over_other_events_is_refused_and_the_summary_is_of_those_that_the_trials_are_of()
    {
        ToolRun.OutputOf([.. Scan("out"), "--trials", "1"]);
        string summary = File.ReadAllText(folder["out/summary.json"]);
        using EventSource events = ToyShowers.With(photons: 40, electrons: 40, seed: 2).Build();
        EventFile.Save(events, folder["others.npz"]);

        ToolRun refused = ToolRun.Of([.. Scan("out").Select(word => word.Replace("events.npz", "others.npz", StringComparison.Ordinal)), "--trials", "1"]);

        Assert.Equal(1, refused.Code);
        Assert.Contains("has another scan", refused.Error, StringComparison.Ordinal);
        Assert.Equal(summary, File.ReadAllText(folder["out/summary.json"]));
    }

    /// <summary>Holds for the default, a process for each trial: it has worked, and what it found is what the tool finds in its own process.</summary>
    [Fact]
    public async Task A_process_of_its_own_finds_what_the_tool_itself_finds()
    {
        ToolRun.OutputOf([.. Scan("own"), "--trials", "2"]);
        ToolRun run = await ToolProcess.Run([.. Scan("process").Take(5), "--trials", "2"]);

        Assert.Equal((0, ""), (run.Code, run.Error));
        Assert.True(File.Exists(folder["process/worker-0.log"]));
        Assert.False(File.Exists(folder["own/worker-0.log"]));
        string[][] rows = [.. new[] { "own", "process" }.Select(name => Judged(folder[$"{name}/trials.csv"]))];
        Assert.Equal(2, rows[0].Length);
        Assert.Equal(rows[0], rows[1]);
    }

    [Theory]
    [InlineData("--trials N, or --fraction F", "--seed", "3")]
    [InlineData("is not one whole trial", "--fraction", "0.01")]
    [InlineData("takes no --trials", "--strategy", "grid", "--trials", "3")]
    [InlineData("tpe wants --trials", "--strategy", "tpe")]
    [InlineData("has a metric 'val_los'", "--trials", "1", "--minimize", "val_los")]
    [InlineData("two objectives", "--trials", "1", "--minimize", "loss", "--maximize", "auc")]
    [InlineData("--retries -1 is below 0", "--trials", "1", "--retries", "-1")]
    public void What_cannot_be_meant_is_said_with_the_option(string expected, params string[] options)
    {
        string said = ToolRun.Of([.. Scan("out"), .. options]).Error;

        Assert.Contains(expected, said, StringComparison.Ordinal);
    }

    [Fact]
    public void What_the_store_or_the_strategy_refuses_is_no_defect_of_the_tool()
    {
        string[] command = [.. Scan("out"), "--trials", "1"];
        ToolRun.OutputOf(command);
        File.WriteAllText(folder["space.json"], Space.Replace("0.02", "0.03", StringComparison.Ordinal));

        string refused = ToolRun.Of(command).Error;
        Assert.Contains("has another scan", refused, StringComparison.Ordinal);
        Assert.DoesNotContain("defect", refused, StringComparison.Ordinal);
        File.WriteAllText(folder["space.json"], """{"parameters": [{"name": "learning_rate", "kind": "real", "low": 0.001, "high": 0.01}]}""");
        string continuum = ToolRun.Of([.. Scan("other"), "--strategy", "grid"]).Error;
        Assert.Contains("finite space", continuum, StringComparison.Ordinal);
        Assert.DoesNotContain("defect", continuum, StringComparison.Ordinal);
    }

    [Fact]
    public void Where_no_trial_finishes_the_reason_of_the_last_is_told()
    {
        File.WriteAllText(folder["space.json"], """{"parameters": [{"name": "crop", "values": [7]}]}""");

        ToolRun run = ToolRun.Of([.. Scan("out"), "--strategy", "grid"]);

        Assert.Equal(1, run.Code);
        Assert.StartsWith("No trial has finished, the last because: ", run.Error, StringComparison.Ordinal);
        Assert.Contains("even", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"parameters\": [{\"name\": \"filter_1\", \"values\": [1]}]}", "Nothing here is called 'filter_1'")]
    [InlineData("{\"parameters\": [{\"name\": \"crop\", \"values\": [8, 8]}]}", "has 8 twice")]
    [InlineData("{\"parameters\": [{\"name\": \"crop\"}]}", "no \"kind\"")]
    [InlineData("{", "This is no search space")]
    public void A_space_that_makes_no_sense_is_refused_with_the_file_and_the_reason(string space, string expected)
    {
        File.WriteAllText(folder["space.json"], space);

        string said = ToolRun.Of([.. Scan("out"), "--trials", "1"]).Error;

        Assert.Contains("space.json", said, StringComparison.Ordinal);
        Assert.Contains(expected, said, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder["out"]));
    }
}
