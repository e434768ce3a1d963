using ParticleImages.Evaluation;
using ParticleImages.Networks.Engines;
using ParticleImages.Networks.Engines.Sparse;
using ParticleImages.Networks.Prediction;
using ParticleImages.Voxelization;

namespace ParticleImages.Networks.Training;

/// <summary>One call of a <see cref="Trainer"/>'s Fit: the loop over epochs and steps, from top to bottom.</summary>
internal sealed class TrainingRun : IDisposable
{
    private const int MostDivergedSteps = 10;

    // Below it no square is beyond float32.
    private const double LargestSquared = 1e19;

    private readonly Trainer settings;
    private readonly VoxelNetwork network;
    private readonly SparseVoxels train;
    private readonly SparseVoxels? validation;
    private readonly INetworkEngine engine;
    private readonly TrainingState state;
    private readonly EventWeights weights;
    private readonly CheckpointFile? checkpoint;
    private readonly float[] gradient;
    private readonly float[] before;
    private readonly int[] calibration;
    private readonly int threads = TorchLibrary.Threads;
    private long began;

    public TrainingRun(Trainer settings, VoxelNetwork network, SparseVoxels train, SparseVoxels? validation)
    {
        this.settings = settings;
        this.network = network;
        this.train = train;
        this.validation = validation;

        // One more than a batch: a single event left over joins the last one.
        engine = network.Compute(train, settings.EventsPerBatch + 1, forTraining: true, SparseEngine.TrainingShare);
        try
        {
            weights = new EventWeights(settings, train);
            state = new TrainingState(settings, engine, train.Count);
            gradient = new float[state.Trained.Length];
            before = new float[state.Trained.Length];
            calibration = CalibrationRows();
            checkpoint = settings.CheckpointFolder is null ? null : CheckpointFile.Open(settings, network, train, validation, state);
        }
        catch
        {
            engine.Dispose();
            throw;
        }
    }

    private bool IsFinished =>
        state.WasStopped || state.History.Count >= settings.EpochCount || (settings.Stopping?.IsReached(state.History) ?? false);

    private int Steps
    {
        get
        {
            int steps = (train.Count + settings.EventsPerBatch - 1) / settings.EventsPerBatch;
            bool oneLeft = train.Count % settings.EventsPerBatch == 1;
            return steps > 1 && settings.EventsPerBatch > 1 && oneLeft ? steps - 1 : steps;
        }
    }

    public TrainingHistory Run(IProgress<TrainingProgress>? progress, CancellationToken cancellation)
    {
        try
        {
            while (!IsFinished)
            {
                began = settings.Clock.GetTimestamp();
                Hand(state.Trained, state.Statistics);
                FitEpoch(progress, cancellation);
                Judge(progress, cancellation);
                if (IsFinished || state.History.Count % settings.EpochsPerCheckpoint == 0)
                {
                    checkpoint?.Save(state);
                }
            }
        }
        catch (Exception problem)
        {
            Hand(state.Trained, state.Statistics);
            if (problem is OperationCanceledException)
            {
                state.Elapsed += settings.Clock.GetElapsedTime(began);
                checkpoint?.Save(state);
            }

            throw;
        }

        if (state.Best is { } best)
        {
            Hand(best.Trained, best.Statistics);
        }
        else
        {
            Hand(state.JudgedTrained, state.JudgedStatistics);
        }

        return state.History;
    }

    public void Dispose()
    {
        checkpoint?.Dispose();
        engine.Dispose();
    }

    private void FitEpoch(IProgress<TrainingProgress>? progress, CancellationToken cancellation)
    {
        int epoch = state.History.Count + 1;
        int[] order = OrderOf(epoch);
        int steps = Steps;
        if (state.StepsDone == 0)
        {
            state.BeginEpoch();
        }

        (double sum, int count) = weights.Sum(order.AsSpan(0, EventsOf(state.StepsDone)), state.Values);
        while (state.StepsDone < steps)
        {
            cancellation.ThrowIfCancellationRequested();
            (int start, int end) = (EventsOf(state.StepsDone), EventsOf(state.StepsDone + 1));
            ReadOnlySpan<int> rows = order.AsSpan(start, end - start);
            Span<float> values = state.Values.AsSpan(2 * start, 2 * rows.Length);
            if (!Step(epoch, rows, values))
            {
                // The epoch begins again.
                (sum, count) = (0, 0);
                continue;
            }

            (double loss, int counted) = weights.Sum(rows, values);
            (sum, count) = (sum + loss, count + counted);
            Report(progress, new TrainingProgress(epoch, settings.EpochCount, state.StepsDone, steps, sum / count, Finished: null));
            if (checkpoint is { IsDue: true })
            {
                state.Elapsed += settings.Clock.GetElapsedTime(began);
                began = settings.Clock.GetTimestamp();
                checkpoint.Save(state);
            }
        }
    }

    /// <summary>One step of the optimizer; fills in the batch's values before it.</summary>
    /// <returns>Whether the step counts: not where the epoch begins again.</returns>
    private bool Step(int epoch, ReadOnlySpan<int> rows, Span<float> values)
    {
        int step = state.StepsDone + 1;
        ulong seed = SplitMix64.Mix(SplitMix64.Mix((ulong)settings.RandomSeed, (ulong)epoch), (ulong)step);
        engine.Forward(train, rows, seed, values);
        var slopes = new float[values.Length];
        double loss = weights.Slopes(rows, values, slopes);
        double norm = 0;
        if (double.IsFinite(loss))
        {
            engine.Backward(slopes, gradient);
            norm = Math.Sqrt(GradientClip.SumOfSquares(gradient, threads));
        }

        if (!double.IsFinite(loss) || !double.IsFinite(norm))
        {
            return Respond(epoch, step, double.IsFinite(loss) ? "The loss' gradient" : "The training loss", values);
        }

        GradientClip.Apply(gradient, norm, settings.GradientNorm, settings.GradientValue);
        if (norm > LargestSquared && !(GradientClip.SumOfSquares(gradient, threads) < float.MaxValue))
        {
            // An infinite square would stay in the optimizer's memory and hold the weight still for ever.
            return Respond(epoch, step, "The square of the loss' gradient, in float32,", values);
        }

        state.Trained.CopyTo(before);
        state.Update.Apply(state.Trained, gradient, RateAt(epoch, step), threads);
        if (!double.IsFinite(GradientClip.SumOfSquares(state.Trained, threads)))
        {
            // Only a learning rate beyond all reason comes here; the optimizer's memory may be spoilt, so there is nothing to skip to.
            before.CopyTo(state.Trained);
            return RollBackOrStop(epoch, step, "A weight");
        }

        engine.WriteTrained(state.Trained);
        engine.ReadStatistics(state.Statistics);
        if (settings.Averaging is { Kind: WeightAveragingKind.Exponential } average)
        {
            state.AddToAverage(Math.Min(average.Decay, (1.0 + state.Averaged) / (10 + state.Averaged)));
        }

        state.SkippedInARow = 0;
        state.StepsDone++;
        return true;
    }

    private bool Respond(int epoch, int step, string what, Span<float> values)
    {
        engine.Abandon();

        // The batch has left its mark in the running statistics.
        engine.WriteStatistics(state.Statistics);
        if (settings.Divergence != DivergenceResponse.Skip)
        {
            return RollBackOrStop(epoch, step, what);
        }

        if (++state.SkippedInARow == MostDivergedSteps)
        {
            throw new TrainingDivergedException(epoch, step, $"{what} became NaN or infinite for the {MostDivergedSteps}th time in a row", RateAt(epoch, step));
        }

        values.Fill(float.NaN);
        state.StepsDone++;
        return true;
    }

    private bool RollBackOrStop(int epoch, int step, string what)
    {
        if (settings.Divergence != DivergenceResponse.RollBack || state.RollBacks == MostDivergedSteps)
        {
            string times = state.RollBacks > 0 ? $", after {state.RollBacks} times of going back to the epoch's beginning with half the learning rate" : "";
            throw new TrainingDivergedException(epoch, step, $"{what} became NaN or infinite{times}", RateAt(epoch, step));
        }

        state.RollBack();
        Hand(state.Trained, state.Statistics);
        return false;
    }

    /// <summary>Ends an epoch: averages, recalibrates, validates, records, keeps the best and tells everybody.</summary>
    private void Judge(IProgress<TrainingProgress>? progress, CancellationToken cancellation)
    {
        int epoch = state.History.Count + 1;
        EpochMeasure fitted = weights.Measure(OrderOf(epoch), state.Values)
            ?? throw new TrainingDivergedException(epoch, step: 0, $"The losses or gradients of all {Steps} steps were NaN or infinite", RateAt(epoch, Steps));
        if (settings.Averaging is { Kind: WeightAveragingKind.Epochs } average && state.Averaged == epoch - average.FirstEpoch)
        {
            // Not twice where a cancelled training goes on from here.
            state.AddToAverage(state.Averaged / (state.Averaged + 1.0));
        }

        (float[] trained, float[] statistics) = state.Averaged > 0 ? state.Average!.Value : (state.Trained, state.Statistics);
        Hand(trained, statistics);
        engine.Recalibrate(train, calibration, settings.EventsPerBatch, cancellation);
        trained.CopyTo(state.JudgedTrained);
        engine.ReadStatistics(state.JudgedStatistics);
        EpochMeasure? judged = validation is null ? null : Validate(epoch, validation, cancellation);
        state.Elapsed += settings.Clock.GetElapsedTime(began);
        state.History = state.History.Append(new EpochRecord
        {
            Epoch = epoch,
            Loss = fitted.Loss,
            Accuracy = fitted.Accuracy,
            Area = fitted.Area,
            ValidationLoss = judged?.Loss,
            ValidationAccuracy = judged?.Accuracy,
            ValidationArea = judged?.Area,
            LearningRate = RateAt(epoch, Steps),
            Seconds = state.Elapsed.TotalSeconds,
        });
        (state.StepsDone, state.Elapsed) = (0, TimeSpan.Zero);
        began = settings.Clock.GetTimestamp();
        if (settings.BestBy is { } metric && IsBest(metric))
        {
            state.JudgedTrained.CopyTo(state.Best!.Value.Trained);
            state.JudgedStatistics.CopyTo(state.Best!.Value.Statistics);
        }

        Report(progress, new TrainingProgress(epoch, settings.EpochCount, Steps, Steps, fitted.Loss, state.History[^1]));
        var finished = new TrainingEpoch(state.History, settings.EpochCount, network);
        try
        {
            foreach (ITrainingCallback callback in settings.Callbacks)
            {
                callback.OnEpoch(finished);
            }
        }
        finally
        {
            // One that cancels the training does not unsay what another has asked for.
            state.WasStopped |= finished.IsLast;
        }
    }

    // Until an epoch has the metric, the last one is as good as any.
    private bool IsBest(TrainingMetric metric) =>
        !state.History.Any(record => record.Value(metric) is { } value && double.IsFinite(value)) || state.History.Best(metric).Epoch == state.History[^1].Epoch;

    private void Report(IProgress<TrainingProgress>? progress, TrainingProgress done)
    {
        progress?.Report(done);
        if (done.Finished is null)
        {
            foreach (ITrainingCallback callback in settings.Callbacks)
            {
                callback.OnStep(done);
            }
        }
    }

    private EpochMeasure Validate(int epoch, SparseVoxels events, CancellationToken cancellation)
    {
        var values = new float[2 * events.Count];
        engine.Evaluate(events, values, cancellation);
        double[] logits = ClassValues.Logits(values);
        double loss = Array.TrueForAll(logits, double.IsFinite) ? 0 : double.NaN;
        for (int i = 0; i < logits.Length; i++)
        {
            loss += LossSlope.Of(settings.Loss, logits[i], events.Labels[i]).Loss;
        }

        return double.IsFinite(loss)
            ? EpochMeasure.Of(loss, logits, events.Labels)
            : throw new TrainingDivergedException(epoch, step: 0, "The validation loss became NaN or infinite", RateAt(epoch, Steps));
    }

    private void Hand(float[] trained, float[] statistics)
    {
        engine.WriteTrained(trained);
        engine.WriteStatistics(statistics);
    }

    private int EventsOf(int steps) => steps == Steps ? train.Count : steps * settings.EventsPerBatch;

    private int[] OrderOf(int epoch) => new SplitMix64(SplitMix64.Mix((ulong)settings.RandomSeed, (ulong)epoch)).Permutation(train.Count);

    // The epochs in the history are those before this one.
    private double RateAt(int epoch, int step) => settings.Rate * state.RateFactor
        * settings.Schedule.FactorAt(((long)(epoch - 1) * Steps) + step - 1, (long)settings.EpochCount * Steps, state.History);

    // A share of the training events that does not change from epoch to epoch, in whole batches: one event alone has no spread.
    private int[] CalibrationRows()
    {
        int count = Math.Min(settings.CalibrationEvents, train.Count);
        int whole = count < settings.EventsPerBatch ? count : count - (count % settings.EventsPerBatch);
        return new SplitMix64(SplitMix64.Mix((ulong)settings.RandomSeed, ulong.MaxValue)).Permutation(train.Count)[..whole];
    }
}
