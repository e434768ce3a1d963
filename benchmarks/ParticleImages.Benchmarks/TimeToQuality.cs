using ParticleImages.Pipelines;
using ParticleImages.Search;
using ParticleImages.Simulation;

namespace ParticleImages.Benchmarks;

/// <summary>
/// How many epochs a strategy needs until a trial has the best validation loss of 60 random ones, as a share of the epochs that those took: cuts, binning, network and learning rate on toy events.
/// </summary>
public static class TimeToQuality
{
    private const int RandomTrials = 60;
    private const int Epochs = 27;
    private const int MostTrials = 400;

    private static readonly (string Name, Func<ulong, SearchStrategy> Of)[] Strategies =
    [
        ("asha", seed => SearchStrategy.Asha(MostTrials, seed)),
        ("tpe with halving", seed => SearchStrategy.Tpe(MostTrials, seed).PruneBy(Pruner.SuccessiveHalving())),
    ];

    private static SearchSpace Space { get; } = SearchSpace.Of(
        Parameter.LogUniform("learning_rate", 1e-5, 1e-1),
        Parameter.LogUniform("energy_above", 5e-4, 2e-1),
        Parameter.OneOf("time_step", 0.02, 0.03, 0.05),
        Parameter.OneOf("scale_energy", 1.0, 10.0, 50.0),
        Parameter.OneOf("filters_1", 2, 4, 8),
        Parameter.OneOf("dense_1", 4, 16, 64),
        Parameter.Real("dropout", 0, 0.7),
        Parameter.OneOf("activation", "relu", "elu", "tanh"),
        Parameter.OneOf("batch_size", 25, 50, 100, 200));

    /// <summary>Prints a line a seed and strategy, then the medians.</summary>
    /// <param name="seeds">How many.</param>
    /// <param name="output">Receives the lines.</param>
    public static void Measure(int seeds, TextWriter output)
    {
        Pipeline pipeline = new NamedParameters { Crop = 8, Epochs = Epochs }.ApplyTo(Pipeline.On(Events(500, seed: 1), Events(500, seed: 2)));
        var shares = Strategies.ToDictionary(strategy => strategy.Name, _ => new List<double>());
        for (int seed = 1; seed <= seeds; seed++)
        {
            ScanResult random = Run(pipeline, SearchStrategy.Random(RandomTrials, seed: (ulong)seed), target: null);
            double target = random.Best!.Values[0].Value;
            foreach ((string name, Func<ulong, SearchStrategy> strategy) in Strategies)
            {
                ScanResult found = Run(pipeline, strategy((ulong)(1000 + seed)), target);
                double share = (double)EpochsOf(found) / EpochsOf(random);
                shares[name].Add(found.Ended == ScanEnd.TargetReached ? share : double.PositiveInfinity);
                output.WriteLine(FormattableString.Invariant($"seed {seed}, {name}: {found.Trials.Count} trials, {EpochsOf(found)} epochs to {target:F4}: {share:F2} ({found.Ended})"));
            }
        }

        foreach ((string name, List<double> all) in shares)
        {
            all.Sort();
            output.WriteLine(FormattableString.Invariant($"{name}: median {all[all.Count / 2]:F2}, {all[0]:F2} to {all[^1]:F2}"));
        }
    }

    private static ScanResult Run(Pipeline pipeline, SearchStrategy strategy, double? target)
    {
        using ITrialStore store = TrialStore.InMemory();
        Scan scan = Scan.Over(Space).With(strategy).Minimize("val_loss").StoreIn(store);
        return (target is { } wanted ? scan.StopAt(wanted) : scan).RunAsync(pipeline).GetAwaiter().GetResult();
    }

    private static int EpochsOf(ScanResult result) => result.Trials.Sum(trial => trial.LastStep ?? 0);

    private static HitEvents Events(int perClass, int seed)
    {
        using EventSource events = ToyShowers.With(photons: perClass, electrons: perClass, seed: seed).Build();
        return HitEvents.From(events);
    }
}
