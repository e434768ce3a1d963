using System.Diagnostics;
using System.Text.RegularExpressions;
using ParticleImages.Evaluation;
using ParticleImages.Reports.Sections;
using ParticleImages.Search;
using ParticleImages.Search.Storage;

namespace ParticleImages.Reports.Tests;

public sealed class ReportTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_training_is_shown_from_its_result_to_its_checksums_in_this_order()
    {
        Samples.Training(folder["trained"]);
        string before = Listing(folder["trained"]);

        string html = Report.Of(folder["trained"]).ToHtml();

        Assert.Equal(["result", "training", "events", "network", "configuration", "provenance"], SectionsOf(html));
        Assert.Equal(before, Listing(folder["trained"]));
        EvaluationResult judgement = EvaluationResult.LoadCsv(folder["trained/scores.csv"]);
        Assert.Contains(FormattableString.Invariant($"{judgement.Roc.Area:F4} ± {judgement.Roc.StandardError:F4}"), html, StringComparison.Ordinal);
        Assert.Contains("<h1 dir=\"auto\">Training in trained</h1>", html, StringComparison.Ordinal);
        Assert.Contains("60</td>", html, StringComparison.Ordinal);
        Assert.Contains("auc standard error", html, StringComparison.Ordinal);
        Assert.Contains(">toy.npz<", html, StringComparison.Ordinal);
        Assert.DoesNotContain(folder["trained"], html, StringComparison.Ordinal);
        foreach (FileInfo weights in new DirectoryInfo(folder["trained/model"]).GetFiles("weights-*"))
        {
            Assert.Contains(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(weights.FullName))), html, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_scan_is_shown_from_its_best_trials_to_its_failures()
    {
        string html = Report.Of(await Samples.ScanFile(folder["scan"], trials: 40)).ToHtml();

        string[] sections = SectionsOf(html);
        Assert.Equal("best", sections[0]);
        Assert.Equal(["failures", "trials", "configuration", "provenance"], sections[^4..]);
        Assert.Contains("The loss is NaN in epoch 3.", html, StringComparison.Ordinal);
        Assert.Contains("least val_loss; greatest judged_auc", html, StringComparison.Ordinal);
        Assert.Contains("filters_1 is 32 or 64", html, StringComparison.Ordinal);
        Assert.Contains("The Pareto front", html, StringComparison.Ordinal);
        Assert.Contains("Judge it on events of its own", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pictures_are_said_to_show_no_more_than_they_do()
    {
        string html = Report.Of(await Samples.ScanFile(folder["scan"], trials: 24)).ToHtml();

        string[] descriptions = [.. Regex.Matches(html, "<figcaption>([^<]*)</figcaption>").Select(match => match.Groups[1].Value)];
        Assert.NotEmpty(descriptions);
        Assert.DoesNotContain(descriptions, text => text.Contains("every ", StringComparison.OrdinalIgnoreCase) || text.Contains("over all trials", StringComparison.Ordinal));
        Assert.Contains(descriptions, text => text.StartsWith("How each parameter, in rows, goes together with each metric, in columns", StringComparison.Ordinal));
        Assert.DoesNotContain(descriptions, text => text.Contains("smoothed", StringComparison.Ordinal) || text.Contains("an even choice", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Where_lines_are_left_out_is_said()
    {
        using ITrialStore store = TrialStore.InMemory();
        string html = Report.OfScan(await Samples.Scan(store, trials: 400)).ToHtml();

        Assert.Equal(2, Regex.Count(html, "<figcaption>[^<]*of very many the best and an even choice"));
    }

    [Fact]
    public async Task A_folder_with_both_shows_both_and_the_same_contents_give_the_same_page()
    {
        Samples.Training(folder["both"]);
        await Samples.ScanFile(folder["both/scan"], trials: 6);

        string html = Report.Of(folder["both"]).ToHtml();

        Assert.Equal(html, Report.Of(folder["both"]).ToHtml());
        Assert.Contains("Training and scan in both", html, StringComparison.Ordinal);
        Assert.Equal(["result", "best"], SectionsOf(html)[..2]);
    }

    [Fact]
    public void The_page_is_written_whole_or_not_at_all()
    {
        File.WriteAllText(folder["report.html"], "earlier");

        Assert.Throws<DirectoryNotFoundException>(() => Report.Of(folder["none"]).Save(folder["report.html"]));
        Assert.Equal("earlier", File.ReadAllText(folder["report.html"]));
        Report.OfTraining(Samples.History(3)).Save(folder["report.html"]);
        Assert.EndsWith("</html>\n", File.ReadAllText(folder["report.html"]), StringComparison.Ordinal);
        Assert.Single(Directory.GetFiles(folder.Path));
    }

    [Fact]
    public void What_is_no_output_is_said_with_what_would_be()
    {
        Directory.CreateDirectory(folder["empty"]);
        File.WriteAllText(folder["notes.db"], new string('x', 1000));

        Assert.Contains("history.csv", Assert.Throws<FileNotFoundException>(() => Report.Of(folder["empty"]).ToHtml()).Message, StringComparison.Ordinal);
        Assert.Contains(folder["none"], Assert.Throws<DirectoryNotFoundException>(() => Report.Of(folder["none"]).ToHtml()).Message, StringComparison.Ordinal);
        Assert.Contains("no SQLite file", Assert.Throws<TrialStoreException>(() => Report.Of(folder["notes.db"]).ToHtml()).Message, StringComparison.Ordinal);
        SqliteTrialStore.Open(folder["new.db"]).Dispose();
        Assert.Contains("No scan has begun", Assert.Throws<TrialStoreException>(() => Report.Of(folder["new.db"]).ToHtml()).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Report.Of(" "));
        Assert.Throws<ArgumentException>(() => Report.OfTraining(TrainingHistory.Empty).Title(""));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Simulated_events_are_called_so_at_the_top_and_beside_their_pictures(bool isSynthetic)
    {
        Directory.CreateDirectory(folder["trained"]);
        Samples.History(3).SaveCsv(folder["trained/history.csv"]);
        EventSource events = ParticleImages.Simulation.ToyShowers.With(photons: 3, electrons: 3, seed: 5).Build();
        ParticleImages.Formats.EventFile.Save(events, folder["trained/some.npz"]);
        File.WriteAllText(folder["trained/summary.json"], $"{{\"inputs\": [\"some.npz\"], \"synthetic\": {(isSynthetic ? "true" : "false")}}}");

        string html = Report.Of(folder["trained"]).ToHtml();
        string chosen = Report.Of(folder["trained"]).Events(events, isSynthetic).ToHtml();

        Assert.Equal(isSynthetic, html.Contains("The events are synthetic (toy showers).</p></header>", StringComparison.Ordinal));
        Assert.All([html, chosen], page => Assert.Equal(isSynthetic, page.Contains("They are synthetic (toy showers).", StringComparison.Ordinal)));
    }

    [Fact]
    public void What_is_damaged_or_gone_is_said_in_a_report_of_the_rest()
    {
        Samples.Training(folder["trained"]);
        File.WriteAllText(folder["trained/history.csv"], "epoch,loss\n1,\n");
        File.WriteAllText(folder["trained/model/model.json"], "{");
        File.WriteAllText(folder["trained/summary.json"], $$"""{"inputs": ["{{folder["gone.hdf5"]}}"], "seed": 3}""");

        string html = Report.Of(folder["trained"]).ToHtml();

        Assert.Equal("problems", SectionsOf(html)[0]);
        foreach (string said in new[] { "history.csv", "model.json", "gone.hdf5 is no longer there" })
        {
            Assert.Contains(said, html, StringComparison.Ordinal);
            Assert.Contains(Report.Of(folder["trained"]).Save(folder["report.html"]), problem => problem.Contains(said, StringComparison.Ordinal));
        }

        File.WriteAllText(folder["trained/scores.csv"], "event,label,score\n0,1,0.5\n");
        string message = Assert.Throws<IOException>(() => Report.Of(folder["trained"]).ToHtml()).Message;
        Assert.All(["history.csv", "scores.csv", "model.json", "gone.hdf5"], name => Assert.Contains(name, message, StringComparison.Ordinal));
    }

    [Fact]
    public void Damaged_weights_are_said_once_with_all_that_is_missing()
    {
        Samples.Training(folder["trained"]);
        string weights = Directory.GetFiles(folder["trained/model"], "weights-*").Single();
        byte[] bytes = File.ReadAllBytes(weights);
        bytes[^1] ^= 1;
        File.WriteAllBytes(weights, bytes);

        string html = Report.Of(folder["trained"]).ToHtml();

        Assert.Equal("problems", SectionsOf(html)[0]);
        Assert.Contains("its weights are not those that model.json names", html, StringComparison.Ordinal);
        Assert.Contains("id=\"diagram\"", html, StringComparison.Ordinal);
        Assert.DoesNotContain("Not drawn", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_heading_names_what_could_be_read()
    {
        await Samples.ScanFile(folder["both"], trials: 2);
        Samples.History(3).SaveCsv(folder["both/history.csv"]);
        Assert.Contains("<h1 dir=\"auto\">Training and scan in both</h1>", Report.Of(folder["both"]).ToHtml(), StringComparison.Ordinal);

        File.WriteAllText(folder["both/trials.db"], new string('x', 5000));
        Assert.Contains("<h1 dir=\"auto\">Training in both</h1>", Report.Of(folder["both"]).ToHtml(), StringComparison.Ordinal);

        EventSource events = ParticleImages.Simulation.ToyShowers.With(photons: 3, electrons: 3, seed: 5).Build();
        File.WriteAllText(folder["both/history.csv"], "?");
        Assert.Contains("<h1 dir=\"auto\">Report of both</h1>", Report.Of(folder["both"]).Events(events).ToHtml(), StringComparison.Ordinal);
    }

    [Fact]
    public void Where_the_events_of_scores_come_from_is_said_by_the_run_alone()
    {
        const string known = "neither trained the network nor chose its epoch", unknown = "is not known";
        Directory.CreateDirectory(folder["trained"]);
        Samples.Judgement(500).SaveCsv(folder["trained/scores.csv"]);
        string checksum = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(folder["trained/scores.csv"])));

        Assert.Contains(unknown, Report.Of(folder["trained"]).ToHtml(), StringComparison.Ordinal);
        File.WriteAllText(folder["trained/summary.json"], $$"""{"testScoresSha256": "{{checksum}}"}""");
        string html = Report.Of(folder["trained"]).ToHtml();
        Assert.Contains(known, html, StringComparison.Ordinal);
        Assert.DoesNotContain(unknown, html, StringComparison.Ordinal);

        // As predict leaves them in its place.
        Samples.Judgement(600).SaveCsv(folder["trained/scores.csv"]);
        Assert.Contains(unknown, Report.Of(folder["trained"]).ToHtml(), StringComparison.Ordinal);
        Assert.Contains(known, Report.OfTraining(TrainingHistory.Empty, Samples.Judgement(500)).ToHtml(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"inputs": ["a\u0000b"]}""", "Null character")]
    [InlineData("""{"inputs": [""]}""", "is not")]
    [InlineData("""{"inputs": ["toy.npz"], "layout": {"energyFaktor": 2}}""", "energyFaktor")]
    [InlineData("""{"inputs": ["toy.npz"], "layout": 3}""", "layout")]
    [InlineData("[1]", "not an object")]
    [InlineData("", "summary.json is cut off or no JSON (line 1).")]
    [InlineData("{\n\"seed\": 3,\n", "summary.json is cut off or no JSON (line 3).")]
    public void A_damaged_summary_is_said_in_a_report_of_the_rest_and_its_events_are_not_guessed_at(string summary, string said)
    {
        Directory.CreateDirectory(folder["trained/events"]);
        Samples.History(3).SaveCsv(folder["trained/history.csv"]);
        File.WriteAllText(folder["trained/events/some.hdf5"], "no events");
        File.WriteAllText(folder["trained/summary.json"], summary);

        string html = Report.Of(folder["trained"]).ToHtml();

        Assert.Equal(["problems", "result", "training"], SectionsOf(html)[..3]);
        Assert.Contains(said, html, StringComparison.Ordinal);
        Assert.DoesNotContain("some.hdf5", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Events_that_are_chosen_are_shown_without_a_word_about_the_others_and_what_fails_leaves_nothing_open()
    {
        await Samples.ScanFile(folder["scan"], trials: 4);
        File.WriteAllText(folder["scan/summary.json"], $$"""{"inputs": ["{{folder["gone.hdf5"]}}"]}""");
        EventSource events = ParticleImages.Simulation.ToyShowers.With(photons: 3, electrons: 4, seed: 5).Build();

        string html = Report.Of(folder["scan"]).Events(events).ToHtml();

        Assert.Contains("7 events of", html, StringComparison.Ordinal);
        Assert.DoesNotContain("id=\"problems\"", html, StringComparison.Ordinal);
        Assert.Contains("1 events of", Report.Of(folder["scan"]).Events(events.Slice(6, 1)).ToHtml(), StringComparison.Ordinal);
        Assert.DoesNotContain("NaN in ", Report.Of(folder["scan"]).Events(events.Slice(6, 1)).ToHtml(), StringComparison.Ordinal);

        Assert.Throws<InvalidOperationException>(() => Report.Of(folder["scan"]).Events(new Unreadable()).ToHtml());
        if (OperatingSystem.IsLinux())
        {
            Assert.DoesNotContain(Directory.GetFiles("/proc/self/fd"), link => File.ResolveLinkTarget(link, returnFinalTarget: false)?.FullName.StartsWith(folder["scan"], StringComparison.Ordinal) == true);
        }
    }

    [Fact]
    public void Nothing_to_show_yet_is_said()
    {
        Assert.Contains("There is nothing to show yet.", Report.Notice("Waiting", "No store yet.").ToHtml(), StringComparison.Ordinal);
        Assert.Contains("A model of whose training nothing is known.", Report.OfTraining(TrainingHistory.Empty).ToHtml(), StringComparison.Ordinal);
        Assert.Contains("Not a finite number", Report.OfTraining(TrainingHistory.Empty.Append(Samples.History(1)[0] with { Loss = double.NaN, ValidationLoss = double.PositiveInfinity })).Title("Not a finite number").ToHtml(), StringComparison.Ordinal);
    }

    [Fact]
    public void Of_the_last_epoch_that_is_said_which_there_is()
    {
        EpochRecord whole = Samples.History(1)[0] with { Loss = double.NaN };

        Assert.Contains(">Trained for 1 epoch, at the end loss NaN, accuracy 0.5432; learning rate 0; 12.6 s.<", Of(whole with { Area = null, ValidationLoss = null, ValidationAccuracy = null, ValidationArea = null }), StringComparison.Ordinal);
        Assert.Contains("loss NaN, accuracy 0.5432; validation loss 0.6917, AUC 0.5598; learning", Of(whole with { ValidationAccuracy = null }), StringComparison.Ordinal);

        static string Of(EpochRecord epoch) => Report.OfTraining(TrainingHistory.Empty.Append(epoch)).ToHtml();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task A_scan_of_no_trial_or_of_one_is_a_report(int trials)
    {
        using ITrialStore store = TrialStore.InMemory();
        Parameter<double> rate = Parameter.Real("rate", 0, 1);
        Scan scan = Scan.Over(SearchSpace.Of(rate)).With(SearchStrategy.Random(trials: 1, seed: 1)).Minimize("loss").StoreIn(store);
        ScanResult result = trials == 0 ? scan.Read() : await scan.RunAsync(trial => trial.Get(rate));

        string html = Report.OfScan(result).ToHtml();

        Assert.DoesNotContain("Judge it on events of its own", html, StringComparison.Ordinal);
        Assert.Equal(("left unfinished", "pruned"), (TrialSection.StateOf(result, TrialState.Running), TrialSection.StateOf(result, TrialState.Pruned)));
        Assert.Contains(trials == 0 ? "none has finished yet" : "the best is trial 0", html, StringComparison.Ordinal);
        Assert.DoesNotContain("Not drawn", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(0.4)]
    public async Task Whether_trials_can_be_told_from_the_best_is_said_where_their_errors_are_known(double? error)
    {
        using ITrialStore store = TrialStore.InMemory();
        ScanResult result = await Scan.Over(SearchSpace.Of(Parameter.OneOf("x", 1, 2, 3))).With(SearchStrategy.Grid()).Minimize("loss").StoreIn(store)
            .RunAsync(trial => error is { } known ? TrialMetrics.None.And("loss", trial.Number, known) : TrialMetrics.None.And("loss", trial.Number));

        string html = Report.OfScan(result).ToHtml();

        Assert.Equal(error is not null, html.Contains("like the best", StringComparison.Ordinal));
        Assert.Equal(error is not null, html.Contains("within two standard errors", StringComparison.Ordinal));
        Assert.DoesNotContain(">0 ± 0<", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_scan_in_which_everything_failed_tells_why()
    {
        using ITrialStore store = TrialStore.InMemory();
        ScanResult result = await Scan.Over(SearchSpace.Of(Parameter.OneOf("x", 1, 2, 3))).With(SearchStrategy.Grid()).Minimize("loss").StoreIn(store)
            .RunAsync(trial => trial.Number == 2 ? double.NaN : throw new InvalidOperationException("No good."));

        string html = Report.OfScan(result).ToHtml();

        Assert.Equal("failures", SectionsOf(html)[0] is "search" ? SectionsOf(html)[1] : SectionsOf(html)[0]);
        Assert.Contains("No good.", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Names_from_elsewhere_are_escaped_everywhere_and_only_our_own_script_is_allowed()
    {
        string html = Report.Of(await Samples.ScanFile(folder["evil"], trials: 24, isEvil: true)).Title(Samples.EvilNames[1]).ToHtml();

        Assert.Single(Regex.Matches(html, "<script"));
        Assert.Empty(Regex.Matches(html, "<[^>]* on[a-z]+=|<[^>]* style=|<(iframe|object|embed|form|base)"));
        Assert.All(Regex.Matches(html, "<[^!>]*\\s(src|href)=\"([^\"]*)\""), link => Assert.Matches("^(data:|#)", link.Groups[2].Value));
        Assert.Contains("&lt;script&gt;alert(1)&lt;/script&gt;", html, StringComparison.Ordinal);
        Assert.DoesNotContain("\u001B", html, StringComparison.Ordinal);
        Assert.Contains("\uFFFD[31m", html, StringComparison.Ordinal);
        Assert.Contains("default-src &#39;none&#39;; img-src data:; style-src &#39;sha256-", html, StringComparison.Ordinal);
        Assert.DoesNotContain("connect-src", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_scan_of_a_thousand_trials_is_a_report_of_less_than_eight_megabytes()
    {
        using ITrialStore store = TrialStore.InMemory();
        ScanResult result = await Samples.Scan(store, trials: 1000);

        var clock = Stopwatch.StartNew();
        TimeSpan before = Environment.CpuUsage.TotalTime;
        string html = Report.OfScan(result).ToHtml();

        TestContext.Current.SendDiagnosticMessage(
            $"{html.Length / 1e6:F2} MB in {clock.Elapsed.TotalSeconds:F2} s, {(Environment.CpuUsage.TotalTime - before).TotalSeconds:F2} s of a core, {GC.GetTotalMemory(false) >> 20} MiB in use after it");
        Assert.InRange(html.Length, 100_000, 8 << 20);
    }

    private static string[] SectionsOf(string html) => [.. Regex.Matches(html, "<section id=\"([a-z]+)\"").Select(match => match.Groups[1].Value)];

    private static string Listing(string folder) =>
        string.Join('\n', Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Order().Select(path => $"{path} {new FileInfo(path).Length} {File.GetLastWriteTimeUtc(path):O}"));

    private sealed class Unreadable : EventSource
    {
        public override string Name => "bad";

        public override int Count => 1;

        public override ImageShape ImageShape => ImageShape.Crop32;

        protected override void ReadImages(int start, Span<float> images) => throw new InvalidOperationException("No.");

        protected override void ReadLabelsCore(int start, Span<int> labels) => throw new InvalidOperationException("No.");
    }
}
