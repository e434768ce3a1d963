using System.Diagnostics;
using ParticleImages.Networks;
using ParticleImages.Voxelization;

namespace ParticleImages.Benchmarks;

/// <summary>An engine of the library as a user has it: through the trainer, and through a network's predictions.</summary>
public static class LibraryEngine
{
    /// <summary>Measures it in this process.</summary>
    /// <param name="engine">The engine's name.</param>
    /// <param name="task">What it computes.</param>
    /// <returns>Events, seconds, and the last loss or mean score.</returns>
    public static (StepClock Clock, double Value) Measure(string engine, EngineTask task)
    {
        TorchLibrary.Threads = EngineTask.Threads;
        SparseVoxels events = task.Voxels();
        using VoxelNetwork network = task.Describe(events.Shape).Build(EngineTask.Seed);
        network.Engine = Enum.TryParse(engine, out Engine known)
            ? known
            : throw new ArgumentException($"This library has no engine '{engine}'. It has {string.Join(", ", Enum.GetNames<Engine>())}.", nameof(engine));
        (StepClock Clock, double Value) measured = task.IsTraining ? Train(network, events) : Evaluate(network, task, events);
        return network.LastEngine is { } used && used.Engine.ToString() == engine
            ? measured
            : throw new InvalidOperationException($"{engine} was asked for, and this computed: {network.LastEngine}");
    }

    /// <summary>Trains a network until enough has been measured.</summary>
    /// <param name="network">The network, with its engine.</param>
    /// <param name="events">What it is trained with.</param>
    /// <returns>What was measured, and the last loss.</returns>
    public static (StepClock Clock, double Value) Train(VoxelNetwork network, SparseVoxels events)
    {
        using var watch = new Watch(events.Count / EngineTask.BatchSize);

        // Neither of these is part of a step, and what it is held against has none.
        Trainer trainer = Trainer.For(network).Epochs(1_000_000).BatchSize(EngineTask.BatchSize).Seed(EngineTask.Seed)
            .With(LearningRateSchedule.Constant).RecalibrateBatchNorm(0);
        try
        {
            trainer.Fit(events, progress: watch, cancellation: watch.Cancellation);
            throw new InvalidOperationException("The training ended before it was measured.");
        }
        catch (OperationCanceledException) when (watch.IsDone)
        {
            return (watch.Clock, watch.Loss);
        }
    }

    private static (StepClock Clock, double Value) Evaluate(VoxelNetwork network, EngineTask task, SparseVoxels events)
    {
        // A dense engine takes a minute for all of them.
        SparseVoxels few = task.Voxels(2 * EngineTask.BatchSize);
        long start = Stopwatch.GetTimestamp();
        _ = network.Predict(few);
        SparseVoxels measured = Stopwatch.GetElapsedTime(start).TotalSeconds > 1 ? few : events;
        var clock = new StepClock(warmUpSteps: 1);
        float[] scores;
        do
        {
            scores = network.Predict(measured);
        }
        while (!clock.Step(measured.Count));

        return (clock, scores.Average());
    }

    private sealed class Watch(int stepsAnEpoch) : IProgress<TrainingProgress>, IDisposable
    {
        private readonly CancellationTokenSource source = new();

        // An epoch, so that what an engine keeps of each event is there; what is slower goes on to be measured within it.
        public StepClock Clock { get; } = new(warmUpSteps: stepsAnEpoch, longestWarmUp: 8);

        public double Loss { get; private set; }

        public bool IsDone { get; private set; }

        public CancellationToken Cancellation => source.Token;

        public void Report(TrainingProgress value)
        {
            if (value.Finished is null && !IsDone)
            {
                Loss = value.Loss;
                IsDone = Clock.Step(EngineTask.BatchSize);
                if (IsDone)
                {
                    source.Cancel();
                }
            }
        }

        public void Dispose() => source.Dispose();
    }
}
