using ParticleImages.Networks;
using ParticleImages.Simulation;
using ParticleImages.Voxelization;

namespace ParticleImages.Benchmarks;

/// <summary>What both sides of an engine's ratio compute: a network, on toy events as full as real ones, or on fuller ones, batches of 100, two threads, Adam.</summary>
/// <param name="Name">What the command line calls it.</param>
/// <param name="IsTraining">Training steps, or scores of a network that is not being trained.</param>
/// <param name="Kernel">The kernels' size along every axis.</param>
/// <param name="Filters1">Feature maps of the first convolution.</param>
/// <param name="Filters2">Feature maps of the second.</param>
/// <param name="BlockDropout">The share that is dropped within the blocks; without it dropout of .2 stands between the dense layers.</param>
/// <param name="Hits">Hits above the cut, at random places, of every event; null for showers.</param>
public sealed record EngineTask(string Name, bool IsTraining, int Kernel, int Filters1, int Filters2, double BlockDropout, int? Hits = null)
{
    public const int BatchSize = 100;
    public const int Threads = 2;
    public const int Seed = 1;

    /// <summary>The notebook's numbers of a batch norm, as PyTorch counts a momentum.</summary>
    public const double Momentum = 0.01;
    public const double Epsilon = 1e-3;
    public const double HeadDropout = 0.2;

    // So many that what an engine keeps of them does not sit in a processor's cache.
    private const int Events = 2000;

    /// <summary>The notebook's network with dropout in the head only.</summary>
    public static EngineTask Train { get; } = new("train", IsTraining: true, Kernel: 3, Filters1: 64, Filters2: 32, BlockDropout: 0);

    /// <summary>The same with the largest kernels and numbers of filters that the notebook's scan has.</summary>
    public static EngineTask TrainLarge { get; } = Train with { Name = "train-k5", Kernel = 5, Filters1 = 96, Filters2 = 96 };

    /// <summary>The notebook's network as published: dropout within the blocks.</summary>
    public static EngineTask TrainPublished { get; } = Train with { Name = "train-published", BlockDropout = 0.2 };

    /// <summary>The notebook's network where 1 % of the voxels hold something.</summary>
    public static EngineTask TrainFuller { get; } = Train with { Name = "train-1-percent", Hits = 19 };

    /// <summary>The same where 5 % do.</summary>
    public static EngineTask TrainFull { get; } = Train with { Name = "train-5-percent", Hits = 95 };

    /// <summary>Scores of the notebook's network.</summary>
    public static EngineTask Evaluate { get; } = Train with { Name = "evaluate", IsTraining = false };

    public static EngineTask Of(string name) =>
        ((EngineTask[])[Train, TrainLarge, TrainPublished, TrainFuller, TrainFull, Evaluate]).FirstOrDefault(task => task.Name == name)
        ?? throw new ArgumentException($"There is no task '{name}' for engines.", nameof(name));

    /// <summary>The events as the notebook cuts and bins them: 21 × 32 × 32 voxels, of which, in showers, 13 hits fill some.</summary>
    /// <param name="count">How many, an even number.</param>
    public SparseVoxels Voxels(int count = Events)
    {
        if (Hits is { } hits)
        {
            return VoxelizerBenchmarks.Usual.BinSparse(BenchmarkEvents.WithHits(count, hits));
        }

        using EventSource events = ToyShowers.With(photons: count / 2, electrons: count / 2, Seed).Build();

        // A photon, an electron and so on, since a measurement may end after a few batches.
        int[] rows = [.. Enumerable.Range(0, count).Select(i => (i / 2) + (i % 2 * (count / 2)))];
        using EventSource mixed = events.Select(rows);
        return VoxelizerBenchmarks.Usual.BinSparse(mixed);
    }

    /// <summary>The network in the library's words.</summary>
    public Cnn3d Describe(VoxelShape shape)
    {
        Cnn3d network = Block(Block(Cnn3d.For(shape), Filters1), Filters2).Flatten().Dense(64).Relu();
        return BlockDropout > 0
            ? network.Dense(32).Relu().Dense(2)
            : network.Dropout(HeadDropout).Dense(32).Relu().Dropout(HeadDropout).Dense(2);
    }

    private Cnn3d Block(Cnn3d network, int filters)
    {
        network = network.Conv(filters, Kernel).Relu();
        return (BlockDropout > 0 ? network.Dropout(BlockDropout) : network).BatchNorm(1 - Momentum, Epsilon).MaxPool(2);
    }
}
