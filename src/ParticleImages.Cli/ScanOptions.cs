using System.CommandLine;
using ParticleImages.Pipelines;
using ParticleImages.Search;

namespace ParticleImages.Cli;

/// <summary>The options that say how a space is searched, for what, and for how long.</summary>
internal sealed class ScanOptions
{
    private const string UsualMetric = "val_loss";

    private readonly Option<string?> strategy = ChoiceOption.Of(
        "--strategy",
        "random (the default): each configuration at most once. grid: all of them, the first parameter slowest. halton: evenly spread. tpe, gp: learn from the trials so far which values are good, for "
            + "scans of 30 trials or more. asha, hyperband: random, and trials that others leave behind are ended early.",
        "random",
        "grid",
        "halton",
        "tpe",
        "gp",
        "asha",
        "hyperband");

    private readonly Option<int?> trials = NumberOption.OptionalWhole("--trials", "How many configurations are tried.", "N");

    private readonly Option<double?> fraction = NumberOption.OptionalReal("--fraction", "Which share of a finite space is tried at random instead: of 1458 configurations 0.01 are 14.", "F");

    private readonly Option<int> seed = NumberOption.Whole("--seed", "Where proposals, and every trial's weights, order and dropout come from; 0 or more.", "S", byDefault: 1);

    private readonly Option<string?> minimize = new("--minimize")
    {
        Description = $"The metric that is made small; {UsualMetric} by default. There are loss, accuracy, auc, val_loss, val_accuracy, val_auc of every epoch, and judged_auc, judged_background (photons that pass where half of the electrons do), judged_emptied of the result.",
        HelpName = "METRIC",
    };

    private readonly Option<string?> maximize = new("--maximize") { Description = "The metric that is made large instead.", HelpName = "METRIC" };

    private readonly Option<bool> bestEpoch = new("--best-epoch") { Description = "Judge a trial by its best epoch, not by its last. That flatters it." };

    private readonly Option<int> repeats = NumberOption.Whole("--repeats", "Trials of each configuration, with seeds of their own.", "N", byDefault: 1);

    private readonly Option<int> retries = NumberOption.Whole("--retries", "How often a trial that failed is tried again.", "N", byDefault: 0);

    private readonly Option<int> workers = NumberOption.Whole("--workers", "Trials at once, each in a process of its own with its share of the cores, so that a crash ends one trial alone; 0 for one after the other in the tool's own process.", "N", byDefault: 1);

    private readonly Option<double?> minutes = NumberOption.OptionalReal("--minutes", "End after this time. No trial is begun that would not end by then.", "M");

    public void AddTo(Command command)
    {
        foreach (Option option in new Option[] { strategy, trials, fraction, seed, minimize, maximize, bestEpoch, repeats, retries, workers, minutes })
        {
            command.Add(option);
        }
    }

    /// <param name="parsed">The command line.</param>
    /// <param name="space">What is searched.</param>
    /// <exception cref="UsageException">The options do not go together or are out of range.</exception>
    public SearchStrategy Strategy(ParseResult parsed, SearchSpace space)
    {
        string method = parsed.GetValue(strategy) ?? "random";
        int? count = AtLeastOne(parsed, trials);
        double? share = parsed.GetValue(fraction);
        int start = parsed.GetValue(seed);
        ulong from = start >= 0 ? (ulong)start : throw new UsageException(Sentence.Invariant($"{seed.Name} {start} is below 0."));
        if (share is not null and not (> 0 and <= 1))
        {
            throw new UsageException(Sentence.Invariant($"{fraction.Name} {share}: a share of the space is above 0 and at most 1."));
        }

        if (share is not null && method != "random")
        {
            throw new UsageException($"{fraction.Name} goes with {strategy.Name} random. Say {trials.Name} instead.");
        }

        if (method == "grid")
        {
            return count is null ? SearchStrategy.Grid(from) : throw new UsageException($"{strategy.Name} grid tries everything and takes no {trials.Name}.");
        }

        if (method == "random")
        {
            return count is null != share is null
                ? SearchStrategy.Random(count, share, from)
                : throw new UsageException($"Say how much is tried: {trials.Name} N, or {fraction.Name} F, not both.");
        }

        int wanted = count ?? throw new UsageException($"{strategy.Name} {method} wants {trials.Name} N.");
        return method switch
        {
            "halton" => SearchStrategy.Halton(wanted, from),
            "tpe" => SearchStrategy.Tpe(wanted, from),
            "gp" => SearchStrategy.GaussianProcess(wanted, from),
            "asha" => SearchStrategy.Asha(wanted, from),
            _ => SearchStrategy.Hyperband(wanted, MostEpochs(space), from),
        };
    }

    /// <param name="parsed">The command line.</param>
    /// <param name="scan">The scan so far.</param>
    /// <param name="threads">Threads a trial; null for its share of the cores.</param>
    /// <exception cref="UsageException">The options do not go together or are out of range.</exception>
    public Scan Apply(ParseResult parsed, Scan scan, int? threads)
    {
        (string? small, string? large) = (parsed.GetValue(minimize), parsed.GetValue(maximize));
        if (small is not null && large is not null)
        {
            throw new UsageException($"{minimize.Name} and {maximize.Name} are two objectives. Leave one of them out.");
        }

        JudgedEpoch epoch = parsed.GetValue(bestEpoch) ? JudgedEpoch.Best : JudgedEpoch.Last;
        scan = large is null ? scan.Minimize(small ?? UsualMetric, epoch) : scan.Maximize(large, epoch);
        scan = scan.Repeat(AtLeast(parsed, repeats, 1)).Retry(AtLeast(parsed, retries, 0));
        int beside = AtLeast(parsed, workers, 0);
        scan = beside > 0 ? scan.InProcesses(beside, threads) : scan.InThreads(1, threads);
        return parsed.GetValue(minutes) is not { } time
            ? scan
            : time > 0 && time < TimeSpan.MaxValue.TotalMinutes ? scan.StopAfter(TimeSpan.FromMinutes(time)) : throw new UsageException(Sentence.Invariant($"{minutes.Name} {time}: a time is above 0."));
    }

    private static int MostEpochs(SearchSpace space) =>
        space.Parameters.FirstOrDefault(parameter => parameter.Name == "epochs") is { Count: { } count } epochs
            ? (int)(epochs.IsOrdered ? [0.0, 1.0] : Enumerable.Range(0, (int)count).Select(place => (place + 0.5) / count)).Max(place => epochs.At(place).AsInteger())
            : new NamedParameters().Epochs;

    private static int? AtLeastOne(ParseResult parsed, Option<int?> option) => parsed.GetValue(option) is int number and < 1
        ? throw new UsageException(Sentence.Invariant($"{option.Name} {number} is below 1."))
        : parsed.GetValue(option);

    private static int AtLeast(ParseResult parsed, Option<int> option, int least)
    {
        int number = parsed.GetValue(option);
        return number >= least ? number : throw new UsageException(Sentence.Invariant($"{option.Name} {number} is below {least}."));
    }
}
