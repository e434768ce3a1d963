using ParticleImages;
using ParticleImages.Evaluation;
using ParticleImages.Networks;
using ParticleImages.Terminal;

namespace ElectronPhoton;

/// <summary>The main job: read, cut, bin, train, judge.</summary>
internal static class MainJob
{
    public static void Run(Screen screen, JobSettings settings, string? dataFolder, string outputFolder, CancellationToken cancellation)
    {
        var clock = new JobClock();

        using EventInput input = EventInput.Open(screen, dataFolder, settings, outputFolder, cancellation);
        EventSource events = input.Events;
        EventSplit split = events.SplitPerClass(settings.Train, settings.Validation, settings.Test);
        clock.Lap("read");

        using TrainedModel model = Train(screen, settings, split, events.ImageShape, cancellation);
        EngineChoice? engine = model.Network.LastEngine;
        clock.Lap("train");
        screen.Say($"Engine {engine}");

        EvaluationResult result = model.Network.Evaluate(model.Voxelizer, split.Test, cancellation);
        clock.Lap("evaluate");

        string source = dataFolder is null ? "simulated events" : "public files";
        JobReport.Write(outputFolder, settings, model, split, split.Test, result, source, clock);
        screen.Say($"On {result.Count} unseen events: {result.Roc}, accuracy {result.Accuracy:F4}.");
        screen.Say($"Everything is in {Path.GetRelativePath(".", outputFolder)}.");
    }

    /// <summary>Builds a run's network and fits it.</summary>
    public static TrainedModel Train(Screen screen, JobSettings settings, EventSplit split, ImageShape shape, CancellationToken cancellation)
    {
        Cnn3d description = settings.Network(settings.Voxelizer.OutputShape(shape));
        screen.Say($"Training on {split.Train.Count} events, {settings.Voxelizer}:");
        screen.Say(description.Summary());
        VoxelNetwork network = description.Build(JobSettings.Seed);
        try
        {
            Trainer trainer = settings.Recipe(network).Epochs(settings.Epochs).BatchSize(settings.BatchSize).Seed(JobSettings.Seed);
            TrainingHistory history = TrainingWatch.Run(screen, progress =>
                trainer.Fit(settings.Voxelizer, split.Train, split.Validation, progress, cancellation));
            return new TrainedModel(network, settings.Voxelizer, history);
        }
        catch
        {
            network.Dispose();
            throw;
        }
    }
}
