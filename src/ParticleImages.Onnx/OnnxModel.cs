using Microsoft.ML.OnnxRuntime;
using ParticleImages.Evaluation;
using ParticleImages.Voxelization;

namespace ParticleImages.Onnx;

/// <summary>
/// A network in an ONNX file, asked for the probability that an event is an electron, through ONNX Runtime instead of torch: for programs that
/// predict and do not train.
/// </summary>
/// <remarks>
/// The file is what <c>TrainedModel.ExportOnnx</c> of ParticleImages.Networks wrote. One without a voxelizer (<c>VoxelNetwork.ExportOnnx</c>, or another program's) predicts from
/// voxels alone. Loading runs no code from the file. Any number of threads may predict at a time; each holds a batch of voxels. It holds memory
/// outside the garbage collector: dispose of it when nobody predicts any more.
/// </remarks>
public sealed class OnnxModel : IDisposable
{
    // Events a read: decoded images are in memory this many at a time.
    private const int ReadSize = 256;

    private readonly InferenceSession session;
    private readonly string path;
    private bool isDisposed;

    private OnnxModel(InferenceSession session, string path)
    {
        this.session = session;
        this.path = path;
        InputShape = ModelFile.InputOf(session, path);
        Voxelizer = ModelFile.VoxelizerOf(session, path);
    }

    /// <summary>The shape of one event's voxels.</summary>
    public VoxelShape InputShape { get; }

    /// <summary>How an event becomes the network's input; null where the file does not say.</summary>
    public Voxelizer? Voxelizer { get; }

    /// <summary>Loads a network.</summary>
    /// <param name="path">An ONNX file.</param>
    /// <param name="threads">Threads that a prediction computes with, at least 1; null, the default, for as many as the process may use cores.</param>
    /// <returns>The network.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There are no threads.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="OnnxFormatException">The file is damaged, no network on voxels, or of a newer version.</exception>
    /// <exception cref="DllNotFoundException">ONNX Runtime's native library can't be loaded.</exception>
    public static OnnxModel Load(string path, int? threads = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        int chosen = threads ?? Environment.ProcessorCount;
        ArgumentOutOfRangeException.ThrowIfLessThan(chosen, 1, nameof(threads));
        RuntimeLibrary.Enter();

        // What goes wrong comes as an exception, and nothing has to be said on standard error besides.
        using var options = new SessionOptions
        {
            IntraOpNumThreads = chosen,
            InterOpNumThreads = 1,
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL,
        };
        InferenceSession session = ModelFile.Open(path, options);
        try
        {
            return new OnnxModel(session, path);
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    /// <summary>Predicts from voxels.</summary>
    /// <param name="grid">Voxels of the network's input shape.</param>
    /// <returns>For each event the probability of label 1 (electron), between 0 and 1; that of a photon is one minus it.</returns>
    /// <exception cref="ArgumentException">The voxels' shape is not the network's input.</exception>
    /// <exception cref="NotFiniteNumberException">An event has no probability: its voxels or the weights are not finite.</exception>
    public float[] Predict(VoxelGrid grid)
    {
        ArgumentNullException.ThrowIfNull(grid);
        RequireInput(grid.Shape, nameof(grid));
        ObjectDisposedException.ThrowIf(isDisposed, this);
        var logits = new double[grid.Count];
        new BatchScorer(session, InputShape, grid.Count).Score(grid, logits);
        return Probabilities(logits);
    }

    /// <summary>Predicts from sparse voxels, which are expanded a batch at a time.</summary>
    /// <param name="voxels">Voxels of the network's input shape.</param>
    /// <returns>For each event the probability of label 1 (electron), between 0 and 1: the same bits as for <see cref="SparseVoxels.ToDense"/>.</returns>
    /// <exception cref="ArgumentException">The voxels' shape is not the network's input.</exception>
    /// <exception cref="NotFiniteNumberException">An event has no probability: its voxels or the weights are not finite.</exception>
    public float[] Predict(SparseVoxels voxels) => Probabilities(Score(voxels));

    /// <summary>Predicts from events, which are read, cut and binned a few hundred at a time as <see cref="Voxelizer"/> says.</summary>
    /// <param name="events">The events.</param>
    /// <param name="cancellation">Stops between two batches.</param>
    /// <returns>For each event the probability of label 1 (electron), between 0 and 1.</returns>
    /// <exception cref="InvalidOperationException">The file does not say how events become voxels.</exception>
    /// <exception cref="ArgumentException">The voxelizer makes other voxels of such images than the network takes.</exception>
    /// <exception cref="EventFormatException">The events can't be read.</exception>
    /// <exception cref="NotFiniteNumberException">An event has no probability: its voxels or the weights are not finite.</exception>
    /// <exception cref="OperationCanceledException">The prediction was cancelled.</exception>
    public float[] Predict(EventSource events, CancellationToken cancellation = default) => Probabilities(Score(events, cancellation).Logits);

    /// <summary>Predicts sparse voxels and compares with their labels.</summary>
    /// <param name="voxels">Voxels of the network's input shape, of events that it was not trained on.</param>
    /// <returns>ROC curve, area with its error, accuracy, confusion matrix, loss.</returns>
    /// <exception cref="ArgumentException">
    /// The voxels' shape is not the network's input, or the events are of one class only, so that no curve is defined.
    /// </exception>
    /// <exception cref="NotFiniteNumberException">An event has no probability: its voxels or the weights are not finite.</exception>
    public EvaluationResult Evaluate(SparseVoxels voxels)
    {
        double[] logits = Score(voxels);
        RequireFinite(logits);
        return EvaluationResult.FromLogits(logits, voxels.Labels);
    }

    /// <summary>Predicts events, a few hundred at a time, and compares with their labels.</summary>
    /// <param name="events">Events that the network was not trained on.</param>
    /// <param name="cancellation">Stops between two batches.</param>
    /// <returns>ROC curve, area with its error, accuracy, confusion matrix, loss.</returns>
    /// <exception cref="InvalidOperationException">The file does not say how events become voxels.</exception>
    /// <exception cref="ArgumentException">
    /// The voxelizer makes other voxels of such images than the network takes, or the events are of one class only, so that no curve is defined.
    /// </exception>
    /// <exception cref="EventFormatException">The events can't be read.</exception>
    /// <exception cref="NotFiniteNumberException">An event has no probability: its voxels or the weights are not finite.</exception>
    /// <exception cref="OperationCanceledException">The evaluation was cancelled.</exception>
    public EvaluationResult Evaluate(EventSource events, CancellationToken cancellation = default)
    {
        (double[] logits, int[] labels) = Score(events, cancellation);
        RequireFinite(logits);
        return EvaluationResult.FromLogits(logits, labels);
    }

    /// <summary>Frees the network's memory.</summary>
    public void Dispose()
    {
        isDisposed = true;
        session.Dispose();
    }

    private static float[] Probabilities(double[] logits)
    {
        RequireFinite(logits);
        return [.. logits.Select(logit => (float)Logit.Probability(logit))];
    }

    private static void RequireFinite(double[] logits)
    {
        int odd = Array.FindIndex(logits, logit => !double.IsFinite(logit));
        if (odd >= 0)
        {
            throw new NotFiniteNumberException(
                $"Event {odd} has no probability: its voxels or the network's values for it are not finite. Either its energies are too large, or the weights are "
                + "not finite, because a training diverged. Train anew with a lower learning rate.",
                logits[odd]);
        }
    }

    private double[] Score(SparseVoxels voxels)
    {
        ArgumentNullException.ThrowIfNull(voxels);
        RequireInput(voxels.Shape, nameof(voxels));
        ObjectDisposedException.ThrowIf(isDisposed, this);
        var logits = new double[voxels.Count];
        new BatchScorer(session, InputShape, voxels.Count).Score(voxels, logits, CancellationToken.None);
        return logits;
    }

    private (double[] Logits, int[] Labels) Score(EventSource events, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(events);
        if (Voxelizer is null)
        {
            throw new InvalidOperationException(
                $"{path} does not say how events become voxels. Predict from voxels that you binned as the network was trained, or use a file of TrainedModel.ExportOnnx, which says it.");
        }

        RequireInput(Voxelizer.OutputShape(events.ImageShape), nameof(events));
        ObjectDisposedException.ThrowIf(isDisposed, this);
        var logits = new double[events.Count];
        var labels = new int[events.Count];
        var scorer = new BatchScorer(session, InputShape, events.Count);
        int done = 0;
        foreach (EventBatch batch in events.Batches(ReadSize))
        {
            scorer.Score(Voxelizer.BinSparse(batch), logits.AsSpan(done, batch.Count), cancellation);
            batch.Labels.CopyTo(labels.AsSpan(done));
            done += batch.Count;
        }

        return (logits, labels);
    }

    private void RequireInput(VoxelShape shape, string parameter)
    {
        if (shape != InputShape)
        {
            throw new ArgumentException(
                $"The voxels are {shape}; the network's input is {InputShape} (frames × rows × columns). "
                + $"{(shape.Channels == InputShape.Channels ? "Bin and crop" : "Choose channels")} as the network was trained, on images of the size that it was trained on.",
                parameter);
        }
    }
}
