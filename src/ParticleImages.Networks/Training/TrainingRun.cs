using System.Diagnostics;
using ParticleImages.Evaluation;
using ParticleImages.Networks.Prediction;
using ParticleImages.Voxelization;
using TorchSharp;
using static TorchSharp.torch;

namespace ParticleImages.Networks.Training;

/// <summary>One call of a <see cref="Trainer"/>'s Fit: the loop over epochs and steps, from top to bottom.</summary>
internal sealed class TrainingRun : IDisposable
{
    private readonly Trainer settings;
    private readonly VoxelNetwork network;
    private readonly SparseVoxels train;
    private readonly SparseVoxels? validation;
    private readonly Adam optimizer;
    private readonly BatchTensor batch;
    private readonly Scorer? scorer;

    public TrainingRun(Trainer settings, VoxelNetwork network, SparseVoxels train, SparseVoxels? validation)
    {
        this.settings = settings;
        this.network = network;
        this.train = train;
        this.validation = validation;
        optimizer = new Adam(network.Stack.parameters());

        // One more than a batch: a single event left over joins the last one.
        batch = new BatchTensor(network.Description.Input, settings.EventsPerBatch + 1);
        scorer = validation is null ? null : new Scorer(network, validation.Count);
    }

    public TrainingHistory Run(IProgress<TrainingProgress>? progress, CancellationToken cancellation)
    {
        network.Stack.SeedDropout((ulong)settings.RandomSeed);
        var random = new Random(settings.RandomSeed);
        int[] order = [.. Enumerable.Range(0, train.Count)];
        TrainingHistory history = TrainingHistory.Empty;
        for (int epoch = 1; epoch <= settings.EpochCount; epoch++)
        {
            long began = Stopwatch.GetTimestamp();
            random.Shuffle(order);
            Measure fitted = FitEpoch(epoch, order, progress, cancellation);
            Measure? judged = scorer is null ? null : Validate(epoch, scorer, validation!, cancellation);
            var record = new EpochRecord
            {
                Epoch = epoch,
                Loss = fitted.Loss,
                Accuracy = fitted.Accuracy,
                Area = fitted.Area,
                ValidationLoss = judged?.Loss,
                ValidationAccuracy = judged?.Accuracy,
                ValidationArea = judged?.Area,
                LearningRate = settings.Rate,
                Seconds = Stopwatch.GetElapsedTime(began).TotalSeconds,
            };
            history = history.Append(record);
            int steps = Steps();
            progress?.Report(new TrainingProgress(epoch, settings.EpochCount, steps, steps, fitted.Loss, record));
        }

        return history;
    }

    public void Dispose()
    {
        batch.Dispose();
        scorer?.Dispose();
    }

    private Measure FitEpoch(int epoch, int[] order, IProgress<TrainingProgress>? progress, CancellationToken cancellation)
    {
        var logits = new double[order.Length];
        var labels = new int[order.Length];
        double loss = 0;
        int steps = Steps();
        for (int step = 1, done = 0; step <= steps; step++)
        {
            cancellation.ThrowIfCancellationRequested();
            int end = step == steps ? order.Length : done + settings.EventsPerBatch;
            batch.Clear();
            for (int i = done; i < end; i++)
            {
                batch.Add(train, order[i]);
            }

            Step(logits.AsSpan(done, batch.Count));
            for (; done < end; done++)
            {
                labels[done] = train.Labels[order[done]];
                loss += Logit.Loss(logits[done], labels[done]);
            }

            if (!double.IsFinite(loss))
            {
                throw new TrainingDivergedException(epoch, step, "The training loss became NaN or infinite", settings.Rate);
            }

            progress?.Report(new TrainingProgress(epoch, settings.EpochCount, step, steps, loss / done, Finished: null));
        }

        // The last step has no next one that would notice.
        if (!optimizer.HasFiniteParameters())
        {
            throw new TrainingDivergedException(epoch, step: 0, "The weights became NaN or infinite", settings.Rate);
        }

        return Measure.Of(loss, logits, labels);
    }

    /// <summary>One step of the optimizer; fills in the batch's logits before it.</summary>
    private void Step(Span<double> logits)
    {
        // The caller may be inside a no_grad of its own.
        using var gradient = enable_grad();
        using DisposeScope scope = NewDisposeScope();
        network.Stack.train();
        optimizer.ZeroGradients();
        Tensor values = network.Stack.call(batch.Voxels);
        Tensor loss = nn.functional.cross_entropy(values, batch.Targets);
        loss.backward();
        optimizer.Step(settings.Rate);
        Softmax.Read(values, logits);
    }

    private Measure Validate(int epoch, Scorer scorer, SparseVoxels events, CancellationToken cancellation)
    {
        var logits = new double[events.Count];
        scorer.Score(events, logits, cancellation);
        double loss = 0;
        for (int i = 0; i < logits.Length; i++)
        {
            loss += Logit.Loss(logits[i], events.Labels[i]);
        }

        if (!double.IsFinite(loss))
        {
            throw new TrainingDivergedException(epoch, step: 0, "The validation loss became NaN or infinite", settings.Rate);
        }

        return Measure.Of(loss, logits, events.Labels);
    }

    private int Steps()
    {
        int steps = (train.Count + settings.EventsPerBatch - 1) / settings.EventsPerBatch;
        bool oneLeft = train.Count % settings.EventsPerBatch == 1;
        return steps > 1 && settings.EventsPerBatch > 1 && oneLeft ? steps - 1 : steps;
    }

    private sealed record Measure(double Loss, double Accuracy, double? Area)
    {
        public static Measure Of(double summedLoss, ReadOnlySpan<double> logits, ReadOnlySpan<int> labels)
        {
            // Of one class alone no curve is defined; the other numbers are.
            bool both = labels.Contains(ParticleLabel.Photon) && labels.Contains(ParticleLabel.Electron);
            return new Measure(
                summedLoss / logits.Length,
                ConfusionMatrix.From(logits, labels, threshold: 0).Accuracy,
                both ? RocCurve.From(logits, labels).Area : null);
        }
    }
}
