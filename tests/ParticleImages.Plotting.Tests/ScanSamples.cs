using ParticleImages.Search;

namespace ParticleImages.Plotting.Tests;

/// <summary>Scans whose trials came to what a formula says, without a run: in memory, and the same at every call.</summary>
internal static class ScanSamples
{
    private const string Owner = "sample";

    /// <summary>What became of a trial.</summary>
    public sealed record MadeTrial(Configuration Configuration, TrialState State, params IReadOnlyList<MetricValue> Values)
    {
        public int Proposal { get; init; } = -1;

        public int Repeat { get; init; }

        public IReadOnlyList<TrialReport> Reports { get; init; } = [];

        /// <summary>Metrics that are no objective.</summary>
        public TrialMetrics Others { get; init; } = TrialMetrics.None;
    }

    /// <summary>Fourteen of nine short lists of values, as in the notebook.</summary>
    public static ScanResult Notebook { get; } = MakeNotebook();

    /// <summary>A thousand of a space with every kind of parameter, with pruned and failed ones and learning curves.</summary>
    public static ScanResult Mixed { get; } = MakeMixed(1000);

    /// <summary>Forty configurations three times each, judged by two objectives.</summary>
    public static ScanResult Repeated { get; } = MakeRepeated(40);

    public static ScanResult One { get; } = Of(Two, [Made(0.3, 0.2, 0.5)]);

    public static ScanResult None { get; } = Of(Two, []);

    public static ScanResult Failed { get; } = Of(Two, [.. Enumerable.Range(0, 5).Select(i => new MadeTrial(Point(0.1 * i, 0.2), TrialState.Failed))]);

    public static SearchSpace Two => SearchSpace.Of(Parameter.Real("x", 0, 1), Parameter.Real("y", 0, 1));

    /// <summary>A trial over <see cref="Two"/>.</summary>
    public static MadeTrial Made(double x, double y, double value, double? error = null) => new(Point(x, y), TrialState.Finished, new MetricValue(value, error));

    public static Configuration Point(double x, double y) => Configuration.Of(("x", x), ("y", y));

    /// <summary>A scan that has come to some trials.</summary>
    public static ScanResult Of(ISearchSpace space, IReadOnlyList<MadeTrial> trials, params IReadOnlyList<string> metrics)
    {
        ITrialStore store = TrialStore.InMemory();
        Scan scan = Scan.Over(space).With(SearchStrategy.Random(trials: Math.Max(1, trials.Count), seed: 1)).StoreIn(store);

        // What ends in "auc" is made large, all else small.
        string[] names = metrics.Count > 0 ? [.. metrics] : ["val_loss"];
        scan = names.Aggregate(scan, (described, metric) => metric.EndsWith("auc", StringComparison.Ordinal) ? described.Maximize(metric) : described.Minimize(metric));
        if (trials.Count > 0)
        {
            store.TryAdd([.. trials.Select((made, number) => Record(made, number, names))], TimeSpan.FromDays(1));
        }

        foreach ((MadeTrial made, int number) in trials.Select((made, number) => (made, number)).Where(trial => trial.made.Reports.Count > 0))
        {
            var claim = new TrialClaim(number, 1, Owner);
            foreach (TrialReport report in made.Reports)
            {
                store.Report(claim, report);
            }

            TrialRecord ended = Record(made with { Reports = [] }, number, names);
            store.Finish(claim, new TrialOutcome { State = ended.State, Metrics = ended.Metrics, Values = ended.Values, Message = ended.Message });
        }

        return scan.Read();
    }

    /// <summary>Many trials of two parameters, without reports.</summary>
    public static ScanResult Many(int count)
    {
        var random = new Random(3);
        return Of(Two, [.. Enumerable.Range(0, count).Select(_ => (X: random.NextDouble(), Y: random.NextDouble())).Select(at => Made(at.X, at.Y, Bowl(at.X, at.Y) + (0.05 * random.NextDouble())))]);
    }

    /// <summary>Least at (0.7, 0.3).</summary>
    public static double Bowl(double x, double y) => 0.3 + ((x - 0.7) * (x - 0.7)) + (0.5 * (y - 0.3) * (y - 0.3));

    private static TrialRecord Record(MadeTrial made, int number, string[] names)
    {
        bool isRunning = made.State == TrialState.Running || made.Reports.Count > 0;
        TrialMetrics metrics = names.Zip(made.Values).Aggregate(made.Others, (all, pair) => all.And(pair.First, pair.Second.Value, pair.Second.StandardError));
        return new TrialRecord
        {
            Number = number,
            Proposal = made.Proposal < 0 ? number : made.Proposal,
            Repeat = made.Repeat,
            Configuration = made.Configuration,
            Seed = number,
            State = isRunning ? TrialState.Running : made.State,
            Attempt = 1,
            Owner = Owner,
            Metrics = isRunning ? TrialMetrics.None : metrics,
            Values = isRunning ? [] : made.Values,
            Message = made.State is TrialState.Failed or TrialState.Infeasible ? "made to fail" : null,
        };
    }

    private static ScanResult MakeNotebook()
    {
        SearchSpace space = SearchSpace.Of(
            Parameter.OneOf("t_step", 0.0049, 0.0099, 0.0249),
            Parameter.OneOf("filters_1", 32, 64, 96),
            Parameter.OneOf("filters_2", 16, 32, 64),
            Parameter.OneOf("kernel_size", 2, 3, 5),
            Parameter.OneOf("dropout", 0.1, 0.2, 0.3, 0.5),
            Parameter.OneOf("dense_neurons", 32, 64, 128),
            Parameter.OneOf("batch_size", 50, 100, 200),
            Parameter.OneOf("learning_rate", 1e-5, 1e-4, 1e-3, 1e-2),
            Parameter.OneOf("optimizer", "adam", "nadam", "sgd"));
        var random = new Random(7);
        var trials = new List<MadeTrial>();
        for (int i = 0; i < 14; i++)
        {
            Configuration at = space.At([.. Enumerable.Range(0, 9).Select(_ => random.NextDouble())]);
            double loss = 0.62 + (0.02 * Math.Abs(Math.Log10(at["learning_rate"].AsNumber()) + 3)) + (0.03 * at["dropout"].AsNumber()) + (0.015 * random.NextDouble());
            trials.Add(new MadeTrial(at, TrialState.Finished, new MetricValue(loss)) { Reports = Curve(loss, 25, random, 25), Others = Others(loss, random) });
        }

        return Of(space, trials);
    }

    private static ScanResult MakeMixed(int count)
    {
        var blocks = Parameter.Integer("blocks", 1, 4);
        var kernel = Parameter.OneOf("kernel_block_3", 2, 3, 5, 7);
        SearchSpace space = SearchSpace.Of(
            Parameter.LogUniform("learning_rate", 1e-5, 1e-1),
            Parameter.Real("dropout", 0, 0.6),
            Parameter.Integer("dense_neurons", 8, 512),
            blocks,
            kernel,
            Parameter.OneOf("activation", "relu", "leaky relu", "elu", "swish"),
            Parameter.Boolean("batch_norm"),
            Parameter.OneOf("batch_size", 16, 32, 64, 128, 256)).When(kernel, blocks, 3, 4);
        var random = new Random(11);
        var trials = new List<MadeTrial>();
        for (int i = 0; i < count; i++)
        {
            Configuration at = space.At([.. Enumerable.Range(0, 8).Select(_ => random.NextDouble())]);
            double rate = Math.Log10(at["learning_rate"].AsNumber());
            double loss = 0.45 + (0.05 * (rate + 2.8) * (rate + 2.8)) + (0.2 * Math.Abs(at["dropout"].AsNumber() - 0.25)) + (at["activation"].AsText() == "elu" ? 0.06 : 0)
                + (at["batch_norm"].AsBoolean() ? 0 : 0.05) + (0.03 * Gauss(random));

            // Too high a rate diverges now and then.
            loss = rate > -1.5 && random.NextDouble() < 0.2 ? loss * (2 + (18 * random.NextDouble())) : loss;
            trials.Add(random.NextDouble() switch
            {
                _ when i >= count - 2 => new MadeTrial(at, TrialState.Running),
                < 0.05 => new MadeTrial(at, TrialState.Failed) { Reports = Curve(loss, 20, random, random.Next(1, 20)) },
                < 0.08 => new MadeTrial(at, TrialState.Infeasible),
                < 0.40 when loss > 0.6 => Pruned(at, Curve(loss, 20, random, random.Next(2, 15))),
                _ => new MadeTrial(at, TrialState.Finished, new MetricValue(loss)) { Reports = Curve(loss, 20, random, 20), Others = Others(loss, random) },
            });
        }

        return Of(space, trials);
    }

    private static ScanResult MakeRepeated(int count)
    {
        var random = new Random(5);
        var trials = new List<MadeTrial>();
        for (int i = 0; i < count; i++)
        {
            double x = random.NextDouble(), y = random.NextDouble();
            for (int repeat = 0; repeat < 3; repeat++)
            {
                trials.Add(new MadeTrial(
                    Point(x, y), TrialState.Finished, new MetricValue(Bowl(x, y) + (0.02 * Gauss(random))), new MetricValue(0.95 - (0.3 * x) - (0.05 * y) + (0.02 * Gauss(random)))) { Proposal = i, Repeat = repeat });
            }
        }

        return Of(Two, trials, "val_loss", "val_auc");
    }

    private static MadeTrial Pruned(Configuration at, IReadOnlyList<TrialReport> reports) =>
        new(at, TrialState.Pruned, reports[^1].Metrics.First().Value) { Reports = reports };

    private static TrialReport[] Curve(double end, int epochs, Random random, int reported) =>
    [
        .. Enumerable.Range(1, reported).Select(epoch => new TrialReport(
            epoch, TrialMetrics.Of(("val_loss", end + (0.25 * (Math.Exp(-4.0 * epoch / epochs) - Math.Exp(-4))) + (0.008 * Gauss(random))), ("val_acc", 0.9 - (0.5 * end) + (0.1 * epoch / epochs))))),
    ];

    private static TrialMetrics Others(double loss, Random random) => TrialMetrics.Of(
        ("loss", loss - (0.02 * random.NextDouble())), ("acc", 1 - (0.6 * loss) + (0.02 * Gauss(random))), ("val_acc", 1 - (0.6 * loss) + (0.04 * Gauss(random))), ("val_background_at_half", loss * loss));

    private static double Gauss(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
