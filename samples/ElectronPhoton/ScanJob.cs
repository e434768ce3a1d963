using ParticleImages;
using ParticleImages.Networks;
using ParticleImages.Pipelines;
using ParticleImages.Search;
using ParticleImages.Search.Storage;
using ParticleImages.Terminal;

namespace ElectronPhoton;

/// <summary>
/// The published notebook's scan: its space of 1458 networks, of which a hundredth is tried, with 20 epochs in batches of 10 on 100 events of each class, 140 to train on and 60 to judge by.
/// Stopped or killed, it goes on when it is run again.
/// </summary>
internal static class ScanJob
{
    private const int TrainPerClass = 70;
    private const int JudgePerClass = 30;

    private static readonly Parameter<string> Activation = Parameter.OneOf("activation", "relu", "elu");
    private static readonly Parameter<int> Filters1 = Parameter.OneOf("filters_1", 32, 64, 96);
    private static readonly Parameter<int> Filters2 = Parameter.OneOf("filters_2", 32, 64, 96);
    private static readonly Parameter<int> Dense1 = Parameter.OneOf("dense_1", 32, 64, 96);
    private static readonly Parameter<int> Dense2 = Parameter.OneOf("dense_2", 32, 64, 96);
    private static readonly Parameter<int> Kernel1 = Parameter.OneOf("kernal_1", 1, 3, 5);
    private static readonly Parameter<int> Kernel2 = Parameter.OneOf("kernal_2", 1, 3, 5);

    private static SearchSpace Space => SearchSpace.Of(Activation, Filters1, Filters2, Dense1, Dense2, Kernel1, Kernel2);

    public static async Task RunAsync(Screen screen, string? dataFolder, string outputFolder, CancellationToken cancellation)
    {
        string folder = Path.Combine(outputFolder, "scan");
        Pipeline pipeline = OpenPipeline(screen, dataFolder, outputFolder, cancellation);
        Directory.CreateDirectory(folder);
        using ITrialStore store = SqliteTrialStore.Open(Path.Combine(folder, "trials.db"));
        Scan scan = Scan.Over(Space)
            .With(SearchStrategy.Random(fraction: 0.01, seed: JobSettings.Seed))
            .Minimize("val_loss")
            .FilesIn(folder)
            .StoreIn(store)
            .InProcesses(Math.Min(2, Environment.ProcessorCount));
        screen.Say($"Scanning {scan.Strategy!.Fraction:P0} of {Space.Count} configurations on {2 * TrainPerClass} events, judged by {2 * JudgePerClass}; {scan.Workers} at once, {scan.ThreadsPerTrial} thread each. Trials are kept in {Path.GetRelativePath(".", store.Name)}.");

        ScanResult result = await ScanWatch.RunAsync(screen, scan, watched => watched.RunAsync(pipeline, cancellation));
        string table = Path.Combine(folder, "trials.csv");
        result.Results.SaveCsv(table);
        if (result.Best is not { } winner)
        {
            throw new InvalidOperationException($"No trial has finished{(result.Trials.Count > 0 ? $", the first because: {result.Trials[0].Message}" : "")}.");
        }

        screen.Say(result.Results.OrderBy("val_loss").Take(5).Only("trial", "duration", "loss", "accuracy", "val_loss", "val_accuracy", "activation", "filters_1", "filters_2", "dense_1", "dense_2", "kernal_1", "kernal_2"));
        using TrainedModel best = winner.LoadModel(folder);
        screen.Say($"The best, trial {winner.Number}: {winner.Metrics}.");
        screen.Say($"All trials are in {Path.GetRelativePath(".", table)}, the best model in {Path.GetRelativePath(".", winner.FolderIn(folder))}: {best.Voxelizer}, {best.Network.Description.Summary().Parameters} parameters.");
    }

    private static Pipeline OpenPipeline(Screen screen, string? dataFolder, string outputFolder, CancellationToken cancellation)
    {
        JobSettings events = JobSettings.Quick with { Train = TrainPerClass, Validation = JudgePerClass, Test = 0 };
        using EventInput input = EventInput.Open(screen, dataFolder, events, outputFolder, cancellation);
        EventSplit split = input.Events.SplitPerClass(TrainPerClass, JudgePerClass, 0);
        return Pipeline.On(split.Train, split.Validation, cancellation)
            .Bin(_ => JobSettings.Full.Voxelizer)
            .Build((trial, shape) => Cnn3d.For(shape)
                .Conv(trial.Get(Filters1), trial.Get(Kernel1)).Activate(trial.Get(Activation)).BatchNorm(momentum: 0.99, epsilon: 1e-3).MaxPool(2)
                .Conv(trial.Get(Filters2), trial.Get(Kernel2)).Activate(trial.Get(Activation)).BatchNorm(momentum: 0.99, epsilon: 1e-3).MaxPool(2)
                .Flatten()
                .Dense(trial.Get(Dense1)).Activate(trial.Get(Activation)).Dropout(0.2)
                .Dense(trial.Get(Dense2)).Activate(trial.Get(Activation)).Dropout(0.2)
                .Dense(2))
            .Train((_, network) => Trainer.Notebook(network).Epochs(20).BatchSize(10));
    }
}
