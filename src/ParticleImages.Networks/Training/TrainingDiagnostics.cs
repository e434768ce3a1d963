using System.Globalization;
using ParticleImages.Evaluation;
using ParticleImages.Networks.Engines;
using ParticleImages.Networks.Prediction;
using ParticleImages.Voxelization;

namespace ParticleImages.Networks;

/// <summary>
/// Whether a network computes in prediction what it was trained to compute: the loss on the same events in both modes, and what its batch norms see. Where
/// the two losses differ much, the curve of a validation says little about the weights.
/// </summary>
/// <remarks>
/// In training mode dropout draws and batch norms use each batch's own statistics; in evaluation mode nothing is drawn and the running statistics
/// count. They part where running statistics lag behind the weights, where dropout before a batch norm shifts its variance (Li and others, arXiv 1801.05134), and where ε is larger than the
/// variance, as in the published notebook: energies over 50 GeV have a variance of some 10⁻⁶ after the first convolution, ε is 10⁻³.
/// </remarks>
public sealed class TrainingDiagnostics
{
    // A tenth of what guessing costs.
    private const double MuchLoss = 0.07;
    private const int MostEventsAtATime = 100;

    private TrainingDiagnostics(int events, double trainingLoss, double evaluationLoss, IReadOnlyList<BatchNormDiagnosis> batchNorms)
    {
        Events = events;
        TrainingLoss = trainingLoss;
        EvaluationLoss = evaluationLoss;
        BatchNorms = batchNorms;
        Warnings = [.. Warn()];
    }

    /// <summary>Events that were looked at.</summary>
    public int Events { get; }

    /// <summary>The mean cross-entropy in training mode; NaN or infinite where the network's values are.</summary>
    public double TrainingLoss { get; }

    /// <summary>The mean cross-entropy of the same events in evaluation mode; NaN or infinite where the network's values are.</summary>
    public double EvaluationLoss { get; }

    /// <summary>The batch norms in order, those inside blocks too.</summary>
    public IReadOnlyList<BatchNormDiagnosis> BatchNorms { get; }

    /// <summary>What is wrong and what would help, a sentence or two each; empty when all is well.</summary>
    public IReadOnlyList<string> Warnings { get; }

    /// <summary>Looks at a network. Its weights and running statistics stay as they are.</summary>
    /// <param name="network">The network, before, during or after a training.</param>
    /// <param name="voxels">Events like those that it is trained on, of its input shape: some hundreds are enough.</param>
    /// <param name="batchSize">Events a batch in training mode, as the trainer has them; at least 2. A smaller last batch is left out.</param>
    /// <param name="seed">What dropout draws from.</param>
    /// <param name="cancellation">Stops between two batches.</param>
    /// <returns>The diagnostics; their text is a report.</returns>
    /// <exception cref="ArgumentException">The voxels' shape is not the network's input, or there are fewer than 2.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="batchSize"/> is below 2.</exception>
    /// <exception cref="OperationCanceledException">The look was cancelled.</exception>
    public static TrainingDiagnostics Of(
        VoxelNetwork network, SparseVoxels voxels, int batchSize = MostEventsAtATime, int seed = 0, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(voxels);
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 2);
        network.RequireInput(voxels.Shape, nameof(voxels));
        if (voxels.Count < 2)
        {
            throw new ArgumentException($"There are {voxels.Count} events; batch statistics need 2 or more, and some hundreds tell something.", nameof(voxels));
        }

        network.Enter();
        int size = Math.Min(batchSize, voxels.Count);
        int[] rows = [.. Enumerable.Range(0, voxels.Count - (voxels.Count % size))];
        using var engine = new TorchEngine(network, Math.Max(size, 1));
        var statistics = new float[engine.StatisticsCount];
        engine.ReadStatistics(statistics);
        try
        {
            var training = new float[Cnn3d.Classes * rows.Length];
            for (int start = 0; start < rows.Length; start += size)
            {
                cancellation.ThrowIfCancellationRequested();
                engine.Forward(
                    voxels, rows.AsSpan(start, size), SplitMix64.Mix((ulong)(uint)seed, (ulong)start), training.AsSpan(Cnn3d.Classes * start, Cnn3d.Classes * size));
            }

            engine.WriteStatistics(statistics);
            var evaluation = new float[Cnn3d.Classes * voxels.Count];
            engine.Evaluate(voxels, evaluation, cancellation);
            return new TrainingDiagnostics(
                rows.Length,
                MeanLoss(training, voxels.Labels),
                MeanLoss(evaluation.AsSpan(0, training.Length), voxels.Labels),
                engine.DiagnoseBatchNorms(voxels, rows, size, cancellation));
        }
        finally
        {
            engine.WriteStatistics(statistics);
        }
    }

    /// <summary>The losses, the batch norms and the warnings.</summary>
    /// <returns>Some lines.</returns>
    public override string ToString() => string.Join('\n', (string[])
    [
        string.Create(CultureInfo.InvariantCulture, $"Loss on {Events} events: {TrainingLoss:F4} in training mode, {EvaluationLoss:F4} in evaluation mode"),
        .. BatchNorms.Select(norm => norm.ToString()),
        .. Warnings.Select(warning => $"Warning: {warning}"),
    ]);

    private static double MeanLoss(ReadOnlySpan<float> values, ReadOnlySpan<int> labels)
    {
        double[] logits = ClassValues.Logits(values);
        double sum = 0;
        for (int i = 0; i < logits.Length; i++)
        {
            sum += Logit.Loss(logits[i], labels[i]);
        }

        return sum / logits.Length;
    }

    private IEnumerable<string> Warn()
    {
        foreach (BatchNormDiagnosis norm in BatchNorms.Where(norm => norm.IsDominatedByEpsilon))
        {
            yield return norm.MedianVariance == 0
                ? $"{norm.Layer}: most channels have the same value in all events, so there is nothing to normalize. Look whether the cuts leave hits, and whether the layers before let them through."
                : string.Create(
                    CultureInfo.InvariantCulture,
                    $"{norm.Layer}: ε {norm.Epsilon:G3} is larger than the variance in {norm.DominatedChannels} of {norm.Channels} channels (median {norm.MedianVariance:G3}), so it divides by √ε and "
                    + $"hardly normalizes. Scale the input up, for example with Scale(50) as the first layer, or use an ε below {norm.MedianVariance / 100:G1}.");
        }

        foreach (BatchNormDiagnosis norm in BatchNorms.Where(norm => norm.IsStale))
        {
            yield return $"{norm.Layer}: the running variance is off by more than a factor of two in {norm.StaleChannels} of {norm.Channels} channels. Train with RecalibrateBatchNorm (the default), with a lower momentum, "
                + "or put dropout behind the batch norm.";
        }

        if (!(Math.Abs(TrainingLoss - EvaluationLoss) < MuchLoss))
        {
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"The same events cost {TrainingLoss:F4} in training mode and {EvaluationLoss:F4} in evaluation mode: a validation loss says little about the weights. See the batch norms above, or lower the dropout.");
        }
    }
}
