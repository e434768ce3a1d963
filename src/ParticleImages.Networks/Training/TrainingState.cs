using System.Numerics;
using System.Runtime.InteropServices;
using ParticleImages.Evaluation;
using ParticleImages.Networks.Engines;

namespace ParticleImages.Networks.Training;

/// <summary>
/// Everything that a training is at a moment. Given the same events, a training that goes on from here does, bit for bit, what it would
/// have done without a pause: orders and dropout are drawn from the seed and the numbers of epoch and step alone.
/// </summary>
internal sealed class TrainingState
{
    private readonly List<(string Name, float[] Values)> vectors = [];

    // What a step changes, and, where a training may roll back, what it was when the epoch began.
    private readonly List<(float[] Live, float[] Start)> returns = [];
    private int stepsAtStart;
    private long averagedAtStart;

    public TrainingState(Trainer settings, INetworkEngine engine, int events)
    {
        Trained = FlatWeights.Zeros(engine.TrainedCount);
        Statistics = FlatWeights.Zeros(engine.StatisticsCount);
        JudgedTrained = FlatWeights.Zeros(engine.TrainedCount);
        JudgedStatistics = FlatWeights.Zeros(engine.StatisticsCount);
        Update = settings.Optimizer.Begin(Trained.Length);
        Values = new float[2 * events];
        engine.ReadTrained(Trained);
        engine.ReadStatistics(Statistics);
        Trained.CopyTo(JudgedTrained);
        Statistics.CopyTo(JudgedStatistics);
        AddLive("trained", Trained, settings);
        AddLive("statistics", Statistics, settings);
        for (int i = 0; i < Update.Memories.Length; i++)
        {
            AddLive($"memory.{i}", Update.Memories[i], settings);
        }

        if (settings.Averaging is not null)
        {
            Average = (FlatWeights.Zeros(engine.TrainedCount), FlatWeights.Zeros(engine.StatisticsCount));
            AddLive("average.trained", Average.Value.Trained, settings);
            AddLive("average.statistics", Average.Value.Statistics, settings);
        }

        if (settings.BestBy is not null)
        {
            Best = (FlatWeights.Zeros(engine.TrainedCount), FlatWeights.Zeros(engine.StatisticsCount));
            vectors.Add(("best.trained", Best.Value.Trained));
            vectors.Add(("best.statistics", Best.Value.Statistics));
        }

        vectors.Add(("judged.trained", JudgedTrained));
        vectors.Add(("judged.statistics", JudgedStatistics));
        vectors.Add(("epoch.values", Values));
    }

    /// <summary>What is fitted.</summary>
    public float[] Trained { get; }

    /// <summary>Running statistics.</summary>
    public float[] Statistics { get; }

    /// <summary>The weights that the last epoch was judged by: the fitted ones or their average.</summary>
    public float[] JudgedTrained { get; }

    /// <summary>Their running statistics, recalibrated where the trainer does so.</summary>
    public float[] JudgedStatistics { get; }

    public WeightUpdate Update { get; }

    public (float[] Trained, float[] Statistics)? Average { get; }

    /// <summary>The weights of the best epoch so far.</summary>
    public (float[] Trained, float[] Statistics)? Best { get; }

    /// <summary>How many weights were averaged.</summary>
    public long Averaged { get; private set; }

    /// <summary>The epochs that are done.</summary>
    public TrainingHistory History { get; set; } = TrainingHistory.Empty;

    /// <summary>Steps done of the epoch that is under way.</summary>
    public int StepsDone { get; set; }

    /// <summary>The network's two values for the events of these steps, in the epoch's order; NaN where a step was left out.</summary>
    public float[] Values { get; }

    /// <summary>Wall time of the epoch that is under way, up to the last pause.</summary>
    public TimeSpan Elapsed { get; set; }

    /// <summary>What rolling back has made of the learning rate.</summary>
    public double RateFactor { get; private set; } = 1;

    public int RollBacks { get; private set; }

    public int SkippedInARow { get; set; }

    /// <summary>Whether a callback ended the training.</summary>
    public bool WasStopped { get; set; }

    /// <summary>All vectors by name, for a checkpoint.</summary>
    public IReadOnlyList<(string Name, float[] Values)> Vectors => vectors;

    /// <summary>Everything else, for a checkpoint.</summary>
    public TrainingPosition Position
    {
        get => new(
            History.ToJson(), StepsDone, Elapsed, Update.Steps, Averaged, RateFactor, RollBacks, SkippedInARow, WasStopped, stepsAtStart, averagedAtStart);
        set
        {
            History = TrainingHistory.FromJson(value.History);
            (StepsDone, Elapsed, Update.Steps, Averaged) = (value.StepsDone, value.Elapsed, value.UpdateSteps, value.Averaged);
            (RateFactor, RollBacks, SkippedInARow, WasStopped) = (value.RateFactor, value.RollBacks, value.SkippedInARow, value.WasStopped);
            (stepsAtStart, averagedAtStart) = (value.StepsAtStart, value.AveragedAtStart);
        }
    }

    public void BeginEpoch()
    {
        foreach ((float[] live, float[] start) in returns)
        {
            live.CopyTo(start);
        }

        (stepsAtStart, averagedAtStart) = (Update.Steps, Averaged);
    }

    /// <summary>Back to where the epoch began, with half the learning rate.</summary>
    public void RollBack()
    {
        foreach ((float[] live, float[] start) in returns)
        {
            start.CopyTo(live);
        }

        (Update.Steps, Averaged) = (stepsAtStart, averagedAtStart);
        StepsDone = 0;
        RateFactor /= 2;
        RollBacks++;
    }

    /// <summary>Takes the weights as they are into the average.</summary>
    /// <param name="kept">What remains of the average so far.</param>
    public void AddToAverage(double kept)
    {
        Blend(Average!.Value.Trained, Trained, Averaged == 0 ? 0 : (float)kept);
        Blend(Average!.Value.Statistics, Statistics, Averaged == 0 ? 0 : (float)kept);
        Averaged++;
    }

    private static void Blend(float[] average, float[] values, float kept)
    {
        Span<Vector<float>> into = MemoryMarshal.Cast<float, Vector<float>>(average.AsSpan());
        ReadOnlySpan<Vector<float>> from = MemoryMarshal.Cast<float, Vector<float>>(values.AsSpan());
        for (int i = 0; i < into.Length; i++)
        {
            into[i] = (kept * into[i]) + ((1 - kept) * from[i]);
        }
    }

    private void AddLive(string name, float[] values, Trainer settings)
    {
        vectors.Add((name, values));
        if (settings.Divergence == DivergenceResponse.RollBack)
        {
            float[] start = [.. values];
            returns.Add((values, start));
            vectors.Add(($"start.{name}", start));
        }
    }
}
