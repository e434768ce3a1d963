using ParticleImages.Reports.Contents;
using ParticleImages.Search;
using ParticleImages.Search.Storage;

namespace ParticleImages.Reports.Tests;

/// <summary>A report that is looked at again and again.</summary>
public sealed class LiveReportTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task It_has_what_a_report_of_the_folder_has_and_is_the_same_object_where_nothing_is_new()
    {
        Samples.Training(folder["out"]);
        await Samples.ScanFile(folder["out/scan"], trials: 6);
        var live = LiveReport.Of(folder["out"]);

        string first = live.ToHtml();

        string kept = Report.Of(folder["out"]).ToHtml();
        Assert.Equal(kept[kept.IndexOf("<main", StringComparison.Ordinal)..].Replace("<main", "<main data-state=\"ended\"", StringComparison.Ordinal).Length, first[first.IndexOf("<main", StringComparison.Ordinal)..].Length);
        Assert.Contains("id=\"events\"", first, StringComparison.Ordinal);
        Assert.Same(first, live.ToHtml());

        File.WriteAllText(folder["out/history.csv"], File.ReadAllText(folder["out/history.csv"]).Replace("0.6", "0.7", StringComparison.Ordinal));
        File.SetLastWriteTimeUtc(folder["out/history.csv"], DateTime.UtcNow.AddSeconds(5));
        string second = live.ToHtml();
        Assert.NotEqual(first, second);
        Assert.Same(second, live.ToHtml());
    }

    [Fact]
    public async Task The_same_scan_begun_anew_in_a_new_store_is_seen()
    {
        var live = LiveReport.Of(folder["scan"]);
        string waiting = live.ToHtml();
        Assert.Contains("There is no store", waiting, StringComparison.Ordinal);
        Assert.Same(waiting, live.ToHtml());
        await Run();
        string first = live.ToHtml();
        Assert.Same(first, live.ToHtml());

        // As many trials, changes and configurations: nobody looked in between.
        Directory.Delete(folder["scan"], recursive: true);
        await Run();
        string second = live.ToHtml();

        Assert.Contains("2 trials", first, StringComparison.Ordinal);
        Assert.NotEqual(first, second);
        Assert.Same(second, live.ToHtml());
        Directory.Delete(folder["scan"], recursive: true);
        Assert.Equal(waiting, live.ToHtml());

        async Task Run()
        {
            Directory.CreateDirectory(folder["scan"]);
            using ITrialStore store = SqliteTrialStore.Open(folder["scan/scan.db"]);
            await Scan.Over(SearchSpace.Of(Parameter.OneOf("x", 1, 2))).With(SearchStrategy.Grid()).Minimize("loss").StoreIn(store).RunAsync(trial => trial.Number);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("/trials.db")]
    public async Task A_store_that_cannot_be_read_yet_is_shown_when_it_can(string named)
    {
        Directory.CreateDirectory(folder["scan"]);
        var live = LiveReport.Of(folder["scan"] + named);
        Assert.Contains("trials.db yet", live.ToHtml(), StringComparison.Ordinal);
        File.WriteAllBytes(folder["scan/trials.db"], []);
        Assert.Contains("no scan has begun in it yet", live.ToHtml(), StringComparison.Ordinal);

        await Samples.ScanFile(folder["scan"], trials: 2);

        Assert.Contains("2 trials", live.ToHtml(), StringComparison.Ordinal);
    }

    [Fact]
    public void What_was_read_is_read_again_where_its_file_or_how_it_is_read_is_another()
    {
        var memory = new FileMemory();
        string path = folder["a.txt"];
        int read = 0;
        string Read(string how = "")
        {
            memory.Begin();
            return memory.Of([path], () => $"{++read}", how);
        }

        File.WriteAllText(path, "a");
        Assert.Equal(["1", "1", "2", "2"], [Read(), Read(), Read("other"), Read("other")]);
        Assert.True(memory.IsCurrent);
        File.AppendAllText(path, "b");
        Assert.False(memory.IsCurrent);
        Assert.Equal("3", Read("other"));

        // What the last reading did not ask for is not kept.
        memory.Begin();
        Assert.Equal("4", Read("other"));
    }

    [Fact]
    public void What_was_not_there_and_comes_is_something_new()
    {
        var memory = new FileMemory();
        memory.Begin();
        Assert.False(memory.Exists(folder["a"]));
        Assert.Empty(memory.FilesIn(folder["b"], "*"));
        Assert.True(memory.IsCurrent);

        Directory.CreateDirectory(folder["b"]);
        Assert.False(memory.IsCurrent);
        memory.Begin();
        memory.Exists(folder["a"]);
        Directory.CreateDirectory(folder["a"]);
        Assert.False(memory.IsCurrent);
        Directory.Delete(folder["a"]);
        memory.Begin();
        memory.Exists(folder["a"]);
        File.WriteAllText(folder["a"], "");
        Assert.False(memory.IsCurrent);
        memory.Begin();
        memory.Doubt();
        Assert.False(memory.IsCurrent);
    }
}
