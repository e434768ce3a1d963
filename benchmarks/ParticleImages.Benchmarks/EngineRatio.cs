using System.Globalization;

namespace ParticleImages.Benchmarks;

/// <summary>
/// How many times as fast an engine of the library is as the same network written by hand with TorchSharp's modules, both in child processes, by turns, with the same
/// settings of the allocator.
/// </summary>
/// <param name="Name">What is held beside what, for example <c>train-sparse-vs-sequential</c>.</param>
/// <param name="Task">What both compute.</param>
/// <param name="Engine">The engine.</param>
/// <param name="IsTuned">Whether the allocator is tuned in both processes; otherwise they are as shipped.</param>
/// <param name="Least">The least median that will do.</param>
/// <param name="MemoryName">The name of a second line, of peak memory; its least is 1. None if null.</param>
/// <param name="Rounds">How many pairs of processes.</param>
public sealed record EngineRatio(string Name, EngineTask Task, string Engine, bool IsTuned, double Least, string? MemoryName = null, int Rounds = 3)
{
    /// <summary>The lines of all engines.</summary>
    public static IEnumerable<EngineRatio> All() =>
    [
        new("train-sparse-vs-sequential", EngineTask.Train, "Sparse", IsTuned: false, Least: 100, MemoryName: "memory-sparse-vs-sequential"),
        new("train-sparse-vs-tuned", EngineTask.Train, "Sparse", IsTuned: true, Least: 45),
        new("train-sparse-k5-vs-tuned", EngineTask.TrainLarge, "Sparse", IsTuned: true, Least: 20, Rounds: 2),
        new("evaluate-sparse-vs-sequential", EngineTask.Evaluate, "Sparse", IsTuned: false, Least: 150),
        new("train-fused-vs-sequential", EngineTask.TrainPublished, "Fused", IsTuned: false, Least: 5, Rounds: 2),
        new("train-sparse-1-percent-vs-sequential", EngineTask.TrainFuller, "Sparse", IsTuned: false, Least: 1, MemoryName: "memory-sparse-1-percent-vs-sequential", Rounds: 1),
        new("train-sparse-5-percent-vs-sequential", EngineTask.TrainFull, "Sparse", IsTuned: false, Least: 1, MemoryName: "memory-sparse-5-percent-vs-sequential", Rounds: 1),
    ];

    /// <summary>Measures for about a minute.</summary>
    /// <param name="output">Receives a line a ratio: its name, the median of the rounds, the spread and the least that will do, and the medians of what it is made of.</param>
    /// <returns>Whether no median is below its least.</returns>
    public bool Measure(TextWriter output)
    {
        var ours = new EngineMeasurement[Rounds];
        var others = new EngineMeasurement[Rounds];
        for (int round = 0; round < Rounds; round++)
        {
            // The order changes every round, so that a machine that becomes slower favours neither.
            if (round % 2 == 0)
            {
                ours[round] = EngineChild.Measure(Engine, Task, IsTuned);
            }

            others[round] = EngineChild.Measure(SequentialEngine.Name, Task, IsTuned);
            if (round % 2 == 1)
            {
                ours[round] = EngineChild.Measure(Engine, Task, IsTuned);
            }
        }

        double[] speeds = [.. ours.Zip(others, (our, other) => our.EventsPerSecond / other.EventsPerSecond)];
        output.WriteLine(Line(Name, speeds, Least, Median(ours, one => one.EventsPerSecond), Median(others, one => one.EventsPerSecond), "events/s"));
        double[] memory = [.. ours.Zip(others, (our, other) => other.PeakMegabytes / our.PeakMegabytes)];
        output.WriteLine(Line(
            MemoryName ?? $"  memory of {Name}", memory, MemoryName is null ? null : 1, Median(ours, one => one.PeakMegabytes), Median(others, one => one.PeakMegabytes), "MB"));
        return Median(speeds) >= Least && (MemoryName is null || Median(memory) >= 1);
    }

    private static string Line(string name, double[] ratios, double? least, double ours, double other, string unit)
    {
        double median = Median(ratios);
        string verdict = least is not double limit ? "" : median >= limit ? $", at least {limit:0}" : $", BELOW {limit:0}";
        return string.Create(CultureInfo.InvariantCulture, $"{name} {median:F2} ({ratios.Min():F2} to {ratios.Max():F2}{verdict}): {ours:F1} against {other:F1} {unit}");
    }

    private static double Median(EngineMeasurement[] measurements, Func<EngineMeasurement, double> value) => Median([.. measurements.Select(value)]);

    private static double Median(double[] values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
