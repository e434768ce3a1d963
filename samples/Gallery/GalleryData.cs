using ParticleImages;
using ParticleImages.Evaluation;
using ParticleImages.Networks;
using ParticleImages.Pipelines;
using ParticleImages.Search;
using ParticleImages.Simulation;
using ParticleImages.Voxelization;

namespace Gallery;

/// <summary>What the gallery draws: simulated events, trainings of two networks and two scans, about two minutes of computing.</summary>
internal sealed class GalleryData : IDisposable
{
    private const int Epochs = 8;
    private const int Trainings = 3;

    private static readonly SearchSpace Space = SearchSpace.Of(
        Parameter.LogUniform("learning_rate", 1e-4, 3e-2),
        Parameter.OneOf("energy_above", 0.001, 0.005, 0.02, 0.05),
        Parameter.OneOf("time_step", 0.02, 0.05),
        Parameter.OneOf("filters_1", 2, 4, 8),
        Parameter.OneOf("dense_1", 8, 16, 32),
        Parameter.OneOf("activation", "relu", "elu", "tanh"));

    private GalleryData(EventSource events, VoxelNetwork network)
    {
        Events = events;
        Network = network;
    }

    public EventSource Events { get; }

    public VoxelNetwork Network { get; }

    public required EventBatch Batch { get; init; }

    public required Voxelizer Voxelizer { get; init; }

    public required EvaluationResult Result { get; init; }

    public required EvaluationResult Other { get; init; }

    public required IReadOnlyList<TrainingHistory> Histories { get; init; }

    public required IReadOnlyList<TrainingHistory> OtherHistories { get; init; }

    public required ScanResult Scan { get; init; }

    public required ScanResult TwoObjectives { get; init; }

    public static async Task<GalleryData> MakeAsync()
    {
        EventSource events = ToyShowers.With(photons: 2000, electrons: 2000, seed: 1).Build();
        Voxelizer voxelizer = Voxelizer.Over(TimeAxis.Range(-0.1, 0.1, step: 0.0099)).KeepEnergyAbove(0.005).KeepTimeWithin(0.1).Cumulative().Crop(10).ScaleEnergy(50);
        using EventSource few = ToyShowers.With(photons: 2, electrons: 2, seed: 7).Build();
        EventSplit split = events.SplitPerClass(train: 1000, validation: 400, test: 600);
        (VoxelNetwork network, EvaluationResult result, TrainingHistory[] histories) = Train(split, voxelizer, filters: 8);
        (VoxelNetwork small, EvaluationResult other, TrainingHistory[] others) = Train(split, voxelizer, filters: 2);
        small.Dispose();
        return new GalleryData(events, network)
        {
            Batch = few.Read(start: 0, count: 4),
            Voxelizer = voxelizer,
            Result = result,
            Other = other,
            Histories = histories,
            OtherHistories = others,
            Scan = await ScanAsync(scan => scan.With(SearchStrategy.Tpe(60, seed: 1).PruneBy(Pruner.Median())).Minimize("val_loss"), static (scan, pipeline) => scan.RunAsync(pipeline)),
            TwoObjectives = await ScanAsync(scan => scan.With(SearchStrategy.Random(30, seed: 1)).Maximize("judged_auc").Minimize("multiply_adds"), RunWithCost),
        };
    }

    public void Dispose()
    {
        Network.Dispose();
        Events.Dispose();
    }

    private static (VoxelNetwork Network, EvaluationResult Result, TrainingHistory[] Histories) Train(EventSplit split, Voxelizer voxelizer, int filters)
    {
        var histories = new TrainingHistory[Trainings];
        VoxelNetwork? network = null;
        for (int seed = 0; seed < Trainings; seed++)
        {
            network?.Dispose();
            network = Cnn3d.For(voxelizer.OutputShape(split.Train.ImageShape))
                .Conv(filters, kernel: 3).Relu().BatchNorm().MaxPool(2).Flatten().Dense(16).Relu().Dense(2)
                .Build(seed);
            histories[seed] = Trainer.For(network).Epochs(Epochs).Seed(seed).Fit(voxelizer, split.Train, split.Validation);
        }

        return (network!, network!.Evaluate(voxelizer, split.Test), histories);
    }

    private static async Task<ScanResult> ScanAsync(Func<Scan, Scan> describe, Func<Scan, Pipeline, Task<ScanResult>> run)
    {
        Pipeline pipeline = new NamedParameters { Crop = 8, Epochs = 9 }.ApplyTo(Pipeline.On(Hits(seed: 2), Hits(seed: 3)));
        using ITrialStore store = TrialStore.InMemory();
        return await run(describe(ParticleImages.Search.Scan.Over(Space)).StoreIn(store), pipeline);
    }

    // What a network costs is one more metric beside those of its training.
    private static Task<ScanResult> RunWithCost(Scan scan, Pipeline pipeline) => scan.RunAsync(trial =>
    {
        using PipelineResult result = pipeline.Run(trial.Configuration, trial.Seed);
        return result.Metrics.And("multiply_adds", result.Model.Network.Description.Summary().MultiplyAdds);
    });

    private static HitEvents Hits(int seed)
    {
        using EventSource events = ToyShowers.With(photons: 300, electrons: 300, seed: seed).Build();
        return HitEvents.From(events);
    }
}
