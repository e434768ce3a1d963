using System.CommandLine;
using ParticleImages.Networks;
using ParticleImages.Pipelines;
using ParticleImages.Search;
using ParticleImages.Search.Storage;
using ParticleImages.Terminal;

namespace ParticleImages.Cli;

/// <summary>Searches for the best cuts, binning, network and training at once, and keeps every trial.</summary>
internal sealed class ScanCommand : Command, ITorchCommand
{
    private const int Shown = 5;

    private readonly Argument<string> space = new("SPACE.json")
    {
        Description = "The parameters and their values, for example {\"parameters\": [{\"name\": \"energy_above\", \"values\": [0.005, 0.01]}, {\"name\": \"learning_rate\", \"kind\": \"log-uniform\", "
            + "\"low\": 1e-4, \"high\": 1e-2}]}. Known names are " + string.Join(", ", NamedParameters.Known.Select(known => known.Name)) + " (N from 1 to 9). "
            + "What is not named is as in train; a parameter with one value fixes it.",
    };

    private readonly Argument<string[]> inputs = FilesArgument.Of(
        "IN", "Files of events of both classes in any format, taken one after the other. The options on the layout hold for all.");

    private readonly Option<string> folder = new("--out")
    {
        Description = "The folder for trials.db, where every trial is kept as it happens, trials.csv, and a folder with a model for every trial. A scan that was stopped or killed goes on when the same command is run again.",
        HelpName = "DIR",
        Required = true,
    };

    private readonly EventShares shares = new();
    private readonly ScanOptions searching = new();
    private readonly ComputeOptions computing = new();
    private readonly LayoutOptions layout = new();

    public ScanCommand()
        : base("scan", "Search for the best cuts, binning, network and training at once.")
    {
        Add(space);
        Add(inputs);
        Add(folder);
        searching.AddTo(this);
        shares.AddTo(this);
        computing.AddTo(this);
        layout.AddTo(this);
        SetAction((parsed, cancellation) => Task.Run(() => RunAsync(parsed, cancellation), cancellation));
    }

    public bool WantsTunedAllocator(ParseResult parsed) => computing.WantsTunedAllocator(parsed);

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        SearchSpace searched = ReadSpace(parsed.GetValue(space)!);
        SearchStrategy strategy = searching.Strategy(parsed, searched);
        EventShares.Amounts amounts = shares.Read(parsed);
        ComputeOptions.Compute compute = computing.Read(parsed);
        string target = parsed.GetValue(folder)!;
        EventLayout chosen = layout.Read(parsed);
        using var files = InputFiles.Open(parsed.GetValue(inputs)!, chosen);
        (EventSource train, EventSource validation, EventSource test) = amounts.Of(files.Events);
        Pipeline pipeline = new NamedParameters().ApplyTo(Pipeline.On(train, validation, cancellation)).With(compute.Engine).With(compute.Device);

        var screen = Screen.Of(parsed);
        Directory.CreateDirectory(target);
        string path = Path.Combine(target, "trials.db");
        using ITrialStore store = SqliteTrialStore.Open(path);
        Scan scan = searching.Apply(parsed, Scan.Over(searched).With(strategy).FilesIn(target).StoreIn(store), compute.Threads);
        screen.Say($"{searched}");
        screen.Say(Sentence.Invariant($"{train.Count} events to train on, {validation.Count} to judge by; {Sentence.Count(scan.Workers, "trial")} at once, {Sentence.Count(scan.ThreadsPerTrial, "thread")} each"));

        var summary = new RunSummary(
            parsed.GetValue(inputs)!,
            chosen,
            files.IsSynthetic,
            (train.Count, validation.Count, test.Count),
            ("trials at once", Sentence.Invariant($"{scan.Workers}")),
            ("threads a trial", Sentence.Invariant($"{scan.ThreadsPerTrial}")));
        ScanResult result = await WatchAsync(scan, pipeline, path, screen, () => summary.Write(target), cancellation);
        string table = Path.Combine(target, "trials.csv");
        result.Results.SaveCsv(table);
        return Report(result, scan, target, table, test, screen, cancellation);
    }

    private static async Task<ScanResult> WatchAsync(Scan scan, Pipeline pipeline, string path, Screen screen, Action taken, CancellationToken cancellation)
    {
        try
        {
            return await ScanWatch.RunAsync(screen, scan, watched => watched.RunAsync(pipeline, cancellation), taken);
        }
        catch (OperationCanceledException)
        {
            throw new StoppedException($"Stopped: {path} has the scan as far as it came, and the same command goes on with it.");
        }
    }

    private static int Report(ScanResult result, Scan scan, string target, string table, EventSource test, Screen screen, CancellationToken cancellation)
    {
        string objective = scan.Objectives[0].Metric;
        if (result.Best is not { } best)
        {
            string? reason = result.Trials.Count > 0 ? result.Trials[^1].Message : null;
            throw new InvalidOperationException($"No trial has finished{(reason is null ? "" : $", the last because: {reason}")}");
        }

        // Those that count, and in the order in which they do: with --best-epoch the column is not what is judged by.
        Objective first = scan.Objectives[0];
        int[] places = [.. result.Trials.Where(trial => trial.State == TrialState.Finished).OrderBy(trial => first.Score(trial.Values[0].Value)).Take(Shown).Select(trial => trial.Number)];
        screen.Say(TrialTable.Of(places.Select(number => result.Trials[number]), result.Space.Parameters).Only([.. Columns(result, objective)]));
        screen.Say($"{table}: {Sentence.Count(result.Trials.Count, "trial")}");

        string model = Path.Combine(best.FolderIn(target), "model");
        screen.Say($"{model}: trial {best.Number}, {objective} {best.Values[0]}: {best.Configuration}");
        if (test.Count > 0)
        {
            using TrainedModel loaded = best.LoadModel(target);
            screen.Say("Events to test on:");
            screen.Count("Testing", test.Count, progress => Judgement.Of(new TorchScoring(loaded, model), new CountedSource(test, progress), cancellation)).Say(screen);
        }

        return ExitCode.Done;
    }

    // What fits a terminal: what is wanted, what usually is, and what was varied. The file has everything.
    private static IEnumerable<string> Columns(ScanResult result, string objective) =>
        new[] { "trial", "state", "duration", objective, "val_loss", "val_auc", "judged_auc" }
            .Where(name => result.Results.Columns.Any(column => column.Name == name))
            .Concat(result.Space.Parameters.Where(parameter => parameter.Count != 1).Select(parameter => parameter.Name))
            .Distinct();

    private static SearchSpace ReadSpace(string path)
    {
        if (!File.Exists(path))
        {
            throw new FileNotFoundException(Directory.Exists(path) ? $"{path} is a folder. Name a file with a search space." : $"There is no file '{path}' to read a search space from.", path);
        }

        try
        {
            SearchSpace searched = SearchSpace.Parse(File.ReadAllText(path));
            NamedParameters.Check(searched);
            return searched;
        }
        catch (Exception problem) when (problem is FormatException or ArgumentException)
        {
            throw new IOException($"{path}: {Sentence.Of(problem)}", problem);
        }
    }
}
