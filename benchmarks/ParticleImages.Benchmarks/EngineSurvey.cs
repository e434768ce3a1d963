using System.Globalization;
using ParticleImages.Networks;
using ParticleImages.Voxelization;

namespace ParticleImages.Benchmarks;

/// <summary>
/// Training speed against occupancy, kernel size and feature maps: where the sparse engine stops paying. The events are harder for it than showers: hits at random
/// places share fewer neighbours.
/// </summary>
public static class EngineSurvey
{
    private const int Events = 5 * EngineTask.BatchSize;

    // Of the fused speed: where sparse is slower than that, fuller events are not measured any more.
    private const double Hopeless = 0.6;

    private static readonly int[] Hits = [1, 4, 13, 40, 100, 200, 400, 800];
    private static readonly (int Kernel, int Filters1, int Filters2)[] Networks = [(3, 16, 16), (3, 64, 32), (5, 16, 16), (5, 64, 32)];

    /// <summary>Measures for some minutes.</summary>
    /// <param name="output">Receives a table in Markdown, a line for each occupancy and network.</param>
    public static void Measure(TextWriter output)
    {
        TorchLibrary.Threads = EngineTask.Threads;
        output.WriteLine("| kernel, maps | hits an event | sparse, events/s | fused, events/s | ratio | what Auto chooses, and why |");
        output.WriteLine("|---|---|---|---|---|---|");
        foreach ((int kernel, int filters1, int filters2) in Networks)
        {
            EngineTask task = EngineTask.Train with { Kernel = kernel, Filters1 = filters1, Filters2 = filters2 };
            double fused = 0;
            foreach (int hits in Hits)
            {
                SparseVoxels events = VoxelizerBenchmarks.Usual.BinSparse(BenchmarkEvents.WithHits(Events, hits));
                using VoxelNetwork network = task.Describe(events.Shape).Build(EngineTask.Seed);
                EngineChoice choice = network.ChooseEngine(events, forTraining: true);

                // What every voxel costs does not depend on what is in it.
                fused = fused > 0 ? fused : Speed(network, Engine.Fused, events);
                double sparse = Speed(network, Engine.Sparse, events);
                output.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"| {kernel}, {filters1} and {filters2} | {hits} | {sparse:0} | {fused:0} | {sparse / fused:0.0} | {choice.Engine}: {choice.Reason} |"));
                if (sparse < Hopeless * fused)
                {
                    break;
                }
            }
        }
    }

    private static double Speed(VoxelNetwork network, Engine engine, SparseVoxels events)
    {
        network.Engine = engine;
        StepClock clock = LibraryEngine.Train(network, events).Clock;
        return clock.Events / clock.Seconds;
    }
}
