using ParticleImages.Search;

namespace ScanProgram;

internal static class Scans
{
    public static Parameter<int> Width { get; } = Parameter.Integer("width", 0, 999);

    public static Parameter<double> Rate { get; } = Parameter.LogUniform("rate", 1e-5, 1e-2);

    /// <summary>A scan with everything that can happen to a trial, one after another.</summary>
    public static Scan Alone(string kind, ITrialStore store) => Scan.Over(SearchSpace.Of(Width, Rate).Where("width % 13 != 5"))
        .With(kind == "adaptive" ? SearchStrategy.Of(new ChaoticStrategy(), trials: 70, seed: 3) : SearchStrategy.Random(trials: 70, seed: 3))
        .Minimize("loss", JudgedEpoch.Best).Maximize("score")
        .TryFirst(Configuration.Of(("width", 12), ("rate", 1e-3)))
        .CheckFirst(configuration => configuration["width"].AsInteger() % 17 == 3 ? "The network would be too small." : null)
        .Repeat(2).Retry(1).StoreIn(store);

    public static Scan InProcesses(string kind, ITrialStore store, string folder) => (kind == "endless" ? Trials(kind).LimitTrial(TimeSpan.FromSeconds(1)) : Trials(kind))
        .Minimize("loss").Retry(kind == "retried" ? 1 : 0).FilesIn(Path.Combine(folder, "files")).StoreIn(store).InProcesses(2, threadsPerTrial: 1);

    private static Scan Trials(string kind) => Scan.Over(SearchSpace.Of(Parameter.Integer("width", 0, 5))).With(SearchStrategy.Grid())
        .ReportTo(kind == "plain" ? new Printer() : null);

    private sealed class Printer : IProgress<ScanProgress>
    {
        public void Report(ScanProgress value) => Console.WriteLine($"done {value.Done}");
    }
}
