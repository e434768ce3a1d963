using System.Reflection;
using System.Runtime.InteropServices;
using ParticleImages.Evaluation;
using ParticleImages.Networks;
using ParticleImages.Search;

namespace ParticleImages.Pipelines;

/// <summary>Scans over pipelines.</summary>
public static class PipelineScan
{
    private const string ModelName = "model";
    private const string CheckpointName = "checkpoint";

    private static string Versions { get; } = $"ParticleImages {VersionOf(typeof(Pipeline))}, TorchSharp {VersionOf(typeof(TorchSharp.torch))}, {RuntimeInformation.FrameworkDescription}";

    /// <summary>
    /// Runs a scan whose trials cut, bin, train and judge. A trial reports <c>loss</c>, <c>accuracy</c>, <c>auc</c>, <c>val_loss</c>, <c>val_accuracy</c> and <c>val_auc</c> after every
    /// epoch, and returns what <see cref="PipelineResult.Metrics"/> says.
    /// </summary>
    /// <remarks>
    /// Configurations that make no sense are refused before anything is spent on them. Trials with the same preparation run one after the other where the strategy allows it.
    /// Where <see cref="Scan.FilesIn"/> names a folder, a trial that was interrupted goes on from its checkpoint, and each finished trial leaves its model (about 4 bytes a weight):
    /// <see cref="LoadModel"/>.
    /// </remarks>
    /// <param name="scan">The scan. Its store is refused if it has a scan over other events.</param>
    /// <param name="pipeline">What is done with a configuration.</param>
    /// <param name="cancellation">Ends the run; trials that are in flight are given back, and everything is kept.</param>
    /// <returns>What the trials came to.</returns>
    /// <exception cref="InvalidOperationException">The pipeline lacks its binning, network or training, or the scan something.</exception>
    /// <exception cref="TrialStoreException">The store has another scan, or another process runs this one, or it failed.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static Task<ScanResult> RunAsync(this Scan scan, Pipeline pipeline, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(scan);
        ArgumentNullException.ThrowIfNull(pipeline);
        pipeline.CheckWhole();
        return scan
            .CheckFirst(pipeline.Refusal)
            .GroupBy(pipeline.PreparationOf)
            .About($"events {pipeline.Checksum}")
            .RunAsync(trial => Try(trial, pipeline), cancellation);
    }

    /// <summary>Reads the model that a finished trial left: cuts, binning and network, which predict at once.</summary>
    /// <param name="trial">The trial, for example the best of a <see cref="ScanResult"/>.</param>
    /// <param name="folder">The folder of the scan's files.</param>
    /// <returns>The model; to be disposed of.</returns>
    /// <exception cref="ModelFormatException">There is no whole model.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static TrainedModel LoadModel(this TrialRecord trial, string folder)
    {
        ArgumentNullException.ThrowIfNull(trial);
        ArgumentException.ThrowIfNullOrEmpty(folder);
        return TrainedModel.Load(Path.Combine(trial.FolderIn(folder), ModelName));
    }

    private static TrialMetrics Try(Trial trial, Pipeline pipeline)
    {
        TorchLibrary.Threads = trial.Threads;
        trial.Note("events", pipeline.Checksum);
        trial.Note("preparation", pipeline.PreparationOf(trial.Configuration));
        trial.Note("versions", Versions);
        string? checkpoint = trial.Folder is { } own ? Path.Combine(own, CheckpointName) : null;
        using PipelineResult result = Train(trial, pipeline, checkpoint);
        trial.Note("device", result.Model.Network.Device.ToString());
        trial.Note("engine", result.Model.Network.LastEngine?.Engine.ToString() ?? "");
        if (trial.Folder is { } folder)
        {
            result.Model.Save(Path.Combine(folder, ModelName));
            Discard(checkpoint);
        }

        return result.Metrics;
    }

    private static PipelineResult Train(Trial trial, Pipeline pipeline, string? checkpoint)
    {
        try
        {
            return pipeline.Run(trial.Configuration, trial.Seed, checkpoint, epoch => trial.Report(epoch.Epoch, MetricsOf(epoch)), trial.Cancellation);
        }
        catch (TrialPrunedException)
        {
            // Nobody goes on from here.
            Discard(checkpoint);
            throw;
        }
    }

    private static void Discard(string? checkpoint)
    {
        if (Directory.Exists(checkpoint))
        {
            Directory.Delete(checkpoint, recursive: true);
        }
    }

    private static TrialMetrics MetricsOf(EpochRecord epoch)
    {
        TrialMetrics metrics = TrialMetrics.Of(("loss", epoch.Loss), ("accuracy", epoch.Accuracy));
        foreach ((string name, double? value) in new[] { ("auc", epoch.Area), ("val_loss", epoch.ValidationLoss), ("val_accuracy", epoch.ValidationAccuracy), ("val_auc", epoch.ValidationArea) })
        {
            metrics = value is { } known ? metrics.And(name, known) : metrics;
        }

        return metrics;
    }

    private static string? VersionOf(Type type) => type.Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion;
}
