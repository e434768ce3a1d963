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

    private static readonly string[] MetricNames =
        ["loss", "accuracy", "auc", "val_loss", "val_accuracy", "val_auc", "judged_auc", "judged_background", "judged_rejection", "judged_emptied"];

    private static string Versions { get; } = $"ParticleImages {VersionOf(typeof(Pipeline))}, TorchSharp {VersionOf(typeof(TorchSharp.torch))}, {RuntimeInformation.FrameworkDescription}";

    /// <summary>
    /// Runs a scan whose trials cut, bin, train and judge. A trial reports <c>loss</c>, <c>accuracy</c>, <c>auc</c>, <c>val_loss</c>, <c>val_accuracy</c> and <c>val_auc</c> after every
    /// epoch, and returns what <see cref="PipelineResult.Metrics"/> says.
    /// </summary>
    /// <remarks>
    /// Unless <see cref="Scan.InThreads"/> or <see cref="Scan.InProcesses"/> was said, every trial runs in a process of its own where the store is a file: the program is started again with the same arguments and comes
    /// to the same call, which takes the trial there and does not return. With a store in memory trials run in this process.
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
        if (scan.Objectives.FirstOrDefault(objective => !MetricNames.Contains(objective.Metric)) is { } unknown)
        {
            throw new InvalidOperationException($"No trial of a pipeline has a metric '{unknown.Metric}'. They have {string.Join(", ", MetricNames)}.");
        }

        // What is native may end a process, and its threads and random numbers belong to the whole of it.
        scan = scan.OrInProcess();
        pipeline = scan.InOwnProcesses ? pipeline.ShareMemory(scan.Workers) : pipeline;
        return scan
            .CheckFirst(pipeline.Refusal)
            .GroupBy(pipeline.PreparationOf)
            .About(FormattableString.Invariant($"events {pipeline.Checksum}, {pipeline.SignalEfficiency} of the electrons kept"))
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

        // Not before: killed between the last epoch and the store's word, it would have been trained for nothing.
        trial.WhenEnded(() => Discard(checkpoint));
        using PipelineResult result = Train(trial, pipeline, checkpoint);
        trial.Note("device", result.Model.Network.Device.ToString());
        trial.Note("engine", result.Engine?.Engine.ToString() ?? "");
        if (trial.Folder is { } folder)
        {
            result.Model.Save(Path.Combine(folder, ModelName));
        }

        return result.Metrics;
    }

    private static PipelineResult Train(Trial trial, Pipeline pipeline, string? checkpoint)
    {
        bool hasBegun = false;
        PipelineResult Run(string? resumed) => pipeline.Run(
            trial.Configuration,
            trial.Seed,
            resumed,
            epoch =>
            {
                hasBegun = true;
                trial.Report(epoch.Epoch, MetricsOf(epoch));
            },
            trial.Cancellation);
        if (trial.Attempt == 1)
        {
            // What an earlier scan left in the folder is none of this one's.
            Discard(checkpoint);
        }

        try
        {
            return Run(checkpoint);
        }
        catch (Exception problem) when (problem is ModelFormatException or InvalidOperationException and not NetworkShapeException && trial.Attempt > 1 && !hasBegun && Directory.Exists(checkpoint))
        {
            // A checkpoint saves time and decides nothing: one that cannot be used any more is as good as none.
            Discard(checkpoint);
            return Run(checkpoint);
        }
        catch (IOException) when (trial.Attempt > 1 && !hasBegun)
        {
            // So is one that a process holds which slept until its claim had gone, and may sleep on: that one counts no more, but has not noticed yet.
            return Run(null);
        }
    }

    private static void Discard(string? checkpoint)
    {
        try
        {
            if (Directory.Exists(checkpoint))
            {
                Directory.Delete(checkpoint, recursive: true);
            }
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            // Somebody looks into it. It takes room and does no harm.
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
