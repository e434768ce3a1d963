using ParticleImages.Pipelines;
using ParticleImages.Search;
using ParticleImages.Search.Storage;
using ParticleImages.Simulation;

namespace ParticleImages.Benchmarks;

/// <summary>What a long scan holds in memory: a line at each of some numbers of trials, for trials that cost nothing and for real trainings in the scan's own process.</summary>
public static class ScanMemory
{
    private static readonly int[] Bare = [1000, 10_000, 40_000, 100_000];
    private static readonly int[] Trained = [25, 50, 100, 200, 400];

    /// <summary>Runs both and prints.</summary>
    /// <param name="output">Receives the lines.</param>
    public static void Measure(TextWriter output)
    {
        SearchSpace axes = SearchSpace.Of([.. Enumerable.Range(1, 6).Select(number => Parameter.Integer($"parameter_{number}", 1, 30))]);
        Run("nothing trained", Bare, output, axes, scan => scan.RunAsync(trial => TrialMetrics.Of(("loss", 0.25), ("accuracy", 0.9), ("val_loss", 1.0 / 3), ("val_accuracy", 0.875))));

        Pipeline pipeline = new NamedParameters { Crop = 8, Epochs = 2 }.ApplyTo(Pipeline.On(Events(100, seed: 1), Events(100, seed: 2))).KeepPrepared(bytes: 0);
        SearchSpace preparations = SearchSpace.Of(
            Parameter.OneOf("time_step", 0.02, 0.03, 0.05),
            Parameter.LogUniform("energy_above", 5e-4, 2e-2),
            Parameter.OneOf("filters_1", 2, 4, 8),
            Parameter.OneOf("dense_1", 4, 16, 64));
        Run("trained in this process", Trained, output, preparations, scan => scan.InThreads(1).RunAsync(pipeline));
    }

    private static void Run(string name, int[] counts, TextWriter output, SearchSpace space, Func<Scan, Task<ScanResult>> run)
    {
        string folder = Directory.CreateTempSubdirectory("particle-images-memory-").FullName;
        try
        {
            using ITrialStore store = SqliteTrialStore.Open(Path.Combine(folder, "scan.db"));
            long before = GC.GetTotalMemory(forceFullCollection: true);
            Scan scan = Scan.Over(space).With(SearchStrategy.Random(counts[^1], seed: 1)).Minimize("val_loss").StoreIn(store).ReportTo(new Lines(name, counts, before, output));
            run(scan).GetAwaiter().GetResult();
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static HitEvents Events(int perClass, int seed)
    {
        using EventSource events = ToyShowers.With(photons: perClass, electrons: perClass, seed: seed).Build();
        return HitEvents.From(events);
    }

    private sealed class Lines(string name, int[] counts, long before, TextWriter output) : IProgress<ScanProgress>
    {
        private int last;

        public void Report(ScanProgress value)
        {
            if (value.Done > last && counts.Contains(value.Done))
            {
                last = value.Done;
                long resident = Environment.WorkingSet;
                double live = GC.GetTotalMemory(forceFullCollection: true) - before;
                output.WriteLine(FormattableString.Invariant($"{name}, {last} trials: {live / 1e6:F2} MB alive, {live / last / 1e3:F2} KB a trial; {resident / 1e6:F0} MB resident, {1e3 * value.Elapsed.TotalSeconds / last:F2} ms a trial"));
            }
        }
    }
}
