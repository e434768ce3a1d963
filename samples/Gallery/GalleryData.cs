using ParticleImages;
using ParticleImages.Evaluation;
using ParticleImages.Networks;
using ParticleImages.Pipelines;
using ParticleImages.Search;
using ParticleImages.Simulation;
using ParticleImages.Voxelization;

namespace Gallery;

/// <summary>What the gallery draws: simulated events, trainings of two networks and two scans, about two minutes of computing. The page shows the code between «// head» and «// end of head».</summary>
internal sealed record GalleryData(
    EventSource Events,
    EventBatch Batch,
    EventDistributions Distributions,
    Voxelizer Voxelizer,
    VoxelNetwork Network,
    EvaluationResult Result,
    EvaluationResult Other,
    TrainingHistory[] Histories,
    TrainingHistory[] OtherHistories,
    ScanResult Searched,
    ScanResult TwoObjectives) : IDisposable
{
    public static async Task<GalleryData> MakeAsync()
    {
        // head
        // 2000 simulated photons and 2000 electrons, and two of each to look at.
        EventSource events = ToyShowers.With(photons: 2000, electrons: 2000, seed: 1).Build();
        EventBatch batch = ToyShowers.With(photons: 2, electrons: 2, seed: 7).Build().Read(start: 0, count: 4);
        EventDistributions distributions = EventDistributions.Of(events);

        // A network of 8 feature maps and one of 2, each trained three times, and judged by events that neither saw.
        Voxelizer voxelizer = Voxelizer.Over(TimeAxis.Range(-0.1, 0.1, step: 0.0099)).KeepEnergyAbove(0.005).KeepTimeWithin(0.1).Cumulative().Crop(10).ScaleEnergy(50);
        EventSplit split = events.SplitPerClass(train: 1000, validation: 400, test: 600);
        (VoxelNetwork network, TrainingHistory[] histories) = Train(filters: 8);
        (VoxelNetwork small, TrainingHistory[] otherHistories) = Train(filters: 2);
        EvaluationResult result = network.Evaluate(voxelizer, split.Test);
        EvaluationResult other = small.Evaluate(voxelizer, split.Test);

        (VoxelNetwork Network, TrainingHistory[] Histories) Train(int filters)
        {
            VoxelNetwork[] networks =
            [
                .. Enumerable.Range(0, 3).Select(seed => Cnn3d.For(voxelizer.OutputShape(events.ImageShape))
                    .Conv(filters, kernel: 3).Relu().BatchNorm().MaxPool(2).Flatten().Dense(16).Relu().Dense(2)
                    .Build(seed)),
            ];
            return (networks[^1], [.. networks.Select((network, seed) => Trainer.For(network).Epochs(8).Seed(seed).Fit(voxelizer, split.Train, split.Validation))]);
        }

        // A scan of cuts, binning, layers and learning rate, and one for two objectives: what a network costs is one more metric beside those of its training.
        SearchSpace space = SearchSpace.Of(
            Parameter.LogUniform("learning_rate", 1e-4, 3e-2),
            Parameter.OneOf("energy_above", 0.001, 0.005, 0.02, 0.05),
            Parameter.OneOf("time_step", 0.02, 0.05),
            Parameter.OneOf("filters_1", 2, 4, 8),
            Parameter.OneOf("dense_1", 8, 16, 32),
            Parameter.OneOf("activation", "relu", "elu", "tanh"));
        HitEvents train = HitEvents.From(ToyShowers.With(photons: 300, electrons: 300, seed: 2).Build());
        HitEvents judged = HitEvents.From(ToyShowers.With(photons: 300, electrons: 300, seed: 3).Build());
        Pipeline pipeline = new NamedParameters { Crop = 8, Epochs = 9 }.ApplyTo(Pipeline.On(train, judged));
        ScanResult scan = await Scan.Over(space).With(SearchStrategy.Tpe(60, seed: 1).PruneBy(Pruner.Median()))
            .Minimize("val_loss").StoreIn(TrialStore.InMemory()).RunAsync(pipeline);
        ScanResult twoObjectives = await Scan.Over(space).With(SearchStrategy.Random(30, seed: 1))
            .Maximize("judged_auc").Minimize("multiply_adds").StoreIn(TrialStore.InMemory())
            .RunAsync(trial =>
            {
                using PipelineResult tried = pipeline.Run(trial.Configuration, trial.Seed);
                return tried.Metrics.And("multiply_adds", tried.Model.Network.Description.Summary().MultiplyAdds);
            });

        // end of head
        return new GalleryData(events, batch, distributions, voxelizer, network, result, other, histories, otherHistories, scan, twoObjectives);
    }

    public void Dispose()
    {
        Network.Dispose();
        Events.Dispose();
    }
}
