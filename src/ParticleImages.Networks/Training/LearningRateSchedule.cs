using System.Runtime.CompilerServices;
using ParticleImages.Evaluation;

namespace ParticleImages.Networks;

/// <summary>
/// What becomes of a <see cref="Trainer"/>'s learning rate during a training. Immutable; equal when all numbers are. Numbers that a kind does
/// not have are 0.
/// </summary>
/// <remarks>
/// Every schedule is a function of the step and of the epochs so far, with no state of its own, so that a training that goes on from a
/// checkpoint has the same rates.
/// </remarks>
public sealed record LearningRateSchedule
{
    private LearningRateSchedule(LearningRateScheduleKind kind) => Kind = kind;

    /// <summary>The kind.</summary>
    public LearningRateScheduleKind Kind { get; }

    /// <summary>What the rate is multiplied by (step, plateau).</summary>
    public double Factor { get; private init; }

    /// <summary>Epochs between two changes (step), or without getting better until a change (plateau).</summary>
    public int Patience { get; private init; }

    /// <summary>The share of all steps during which the rate rises (cosine, one-cycle).</summary>
    public double WarmUp { get; private init; }

    /// <summary>The share of the trainer's rate that a one-cycle begins with.</summary>
    public double Initial { get; private init; }

    /// <summary>The share of the trainer's rate that remains at the end (cosine, one-cycle), or that it never falls below (plateau).</summary>
    public double Final { get; private init; }

    /// <summary>What a plateau is seen in.</summary>
    public TrainingMetric Metric { get; private init; }

    /// <summary>By how much a metric must be better to count as better (plateau).</summary>
    public double MinimumDelta { get; private init; }

    /// <summary>What remains of the smoothed metric at an epoch; 0 is no smoothing (plateau).</summary>
    public double Smoothing { get; private init; }

    /// <summary>Epochs after a change during which nothing counts as no better (plateau).</summary>
    public int Cooldown { get; private init; }

    /// <summary>The trainer's rate from the first step to the last.</summary>
    public static LearningRateSchedule Constant { get; } = new(LearningRateScheduleKind.Constant);

    /// <summary>The rate is multiplied every so many epochs.</summary>
    /// <param name="every">Epochs between two changes, at least 1.</param>
    /// <param name="factor">What it is multiplied by, above 0 and at most 1.</param>
    /// <returns>The schedule.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range or NaN.</exception>
    public static LearningRateSchedule Step(int every, double factor = 0.1) => new(LearningRateScheduleKind.Step)
    {
        Patience = AtLeastOne(every),
        Factor = PositiveShare(factor),
    };

    /// <summary>
    /// The rate rises in a line to the trainer's and falls along half a cosine (Loshchilov and Hutter, arXiv 1608.03983). The trainer's choice
    /// unless another is set: at the end steps are small, so the last epoch's weights are no accident.
    /// </summary>
    /// <param name="warmUp">The share of all steps during which the rate rises, at least 0 and below 1.</param>
    /// <param name="final">The share of the rate that remains at the end, 0 to 1.</param>
    /// <returns>The schedule.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range or NaN.</exception>
    public static LearningRateSchedule Cosine(double warmUp = 0.05, double final = 0) => new(LearningRateScheduleKind.Cosine)
    {
        WarmUp = BelowOne(warmUp),
        Final = Share(final),
    };

    /// <summary>
    /// The rate rises along half a cosine to the trainer's, which is the highest, and falls to almost nothing (Smith and Topin, arXiv 1708.07120); the
    /// numbers are PyTorch's.
    /// </summary>
    /// <param name="warmUp">The share of all steps during which the rate rises, at least 0 and below 1.</param>
    /// <param name="initial">The share of the rate at the first step, above 0 and at most 1.</param>
    /// <param name="final">The share of the rate at the last step, 0 to 1.</param>
    /// <returns>The schedule.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range or NaN.</exception>
    public static LearningRateSchedule OneCycle(double warmUp = 0.3, double initial = 1 / 25.0, double final = 4e-6) => new(LearningRateScheduleKind.OneCycle)
    {
        WarmUp = BelowOne(warmUp),
        Initial = PositiveShare(initial),
        Final = Share(final),
    };

    /// <summary>The rate is multiplied when a metric has not become better for some epochs (Keras' ReduceLROnPlateau, with smoothing).</summary>
    /// <param name="metric">What is looked at; a loss is better when lower, everything else when higher. Epochs without a value are passed over.</param>
    /// <param name="patience">Epochs without getting better until a change, at least 1.</param>
    /// <param name="factor">What the rate is multiplied by, above 0 and at most 1.</param>
    /// <param name="minimumDelta">By how much the metric must be better to count, not negative.</param>
    /// <param name="smoothing">
    /// What remains of the smoothed metric at an epoch, at least 0 and below 1. On a noisy metric a short patience without smoothing takes
    /// the first lucky epoch for the best that can be, and the rate collapses.
    /// </param>
    /// <param name="cooldown">Epochs after a change that do not count, not negative.</param>
    /// <param name="final">The share of the trainer's rate below which it does not fall, 0 to 1.</param>
    /// <returns>The schedule.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range or NaN, or there is no such metric.</exception>
    public static LearningRateSchedule Plateau(
        TrainingMetric metric = TrainingMetric.ValidationLoss,
        int patience = 5,
        double factor = 0.5,
        double minimumDelta = 1e-4,
        double smoothing = 0.5,
        int cooldown = 2,
        double final = 0)
    {
        if (!Enum.IsDefined(metric))
        {
            throw new ArgumentOutOfRangeException(nameof(metric), metric, "There is no such metric.");
        }

        ArgumentOutOfRangeException.ThrowIfNegative(cooldown);
        if (!(minimumDelta >= 0 && double.IsFinite(minimumDelta)))
        {
            throw new ArgumentOutOfRangeException(nameof(minimumDelta), minimumDelta, "How much better counts as better is 0 or a positive number.");
        }

        return new(LearningRateScheduleKind.Plateau)
        {
            Metric = metric,
            Patience = AtLeastOne(patience),
            Factor = PositiveShare(factor),
            MinimumDelta = minimumDelta,
            Smoothing = BelowOne(smoothing),
            Cooldown = cooldown,
            Final = Share(final),
        };
    }

    /// <summary>The schedule in one line, with points as decimal signs.</summary>
    /// <returns>For example <c>cosine(warm-up 0.05, final 0)</c>.</returns>
    public override string ToString() => FormattableString.Invariant(Kind switch
    {
        LearningRateScheduleKind.Constant => $"constant",
        LearningRateScheduleKind.Step => $"step(every {Patience} epochs, factor {Factor})",
        LearningRateScheduleKind.Cosine => $"cosine(warm-up {WarmUp}, final {Final})",
        LearningRateScheduleKind.OneCycle => $"one-cycle(warm-up {WarmUp}, initial {Initial}, final {Final})",
        _ => $"plateau({Metric}, patience {Patience}, factor {Factor}, minimum delta {MinimumDelta}, smoothing {Smoothing}, cooldown {Cooldown}, final {Final})",
    });

    /// <summary>Whether the rate of a step depends on how many epochs there will be.</summary>
    internal bool NeedsEnd => Kind is LearningRateScheduleKind.Cosine or LearningRateScheduleKind.OneCycle;

    /// <summary>What the trainer's rate is multiplied by at a step.</summary>
    /// <param name="step">The step of the whole training, from 0.</param>
    /// <param name="steps">All steps.</param>
    /// <param name="history">The epochs before the step's.</param>
    internal double FactorAt(long step, long steps, TrainingHistory history) => Kind switch
    {
        LearningRateScheduleKind.Step => Math.Pow(Factor, history.Count / Patience),
        LearningRateScheduleKind.Cosine => CosineAt(step, steps),
        LearningRateScheduleKind.OneCycle => OneCycleAt(step, steps),
        LearningRateScheduleKind.Plateau => PlateauAfter(history),
        _ => 1,
    };

    private static double HalfCosine(double from, double to, double share) => to + ((from - to) * (1 + Math.Cos(Math.PI * share)) / 2);

    private static int AtLeastOne(int value, [CallerArgumentExpression(nameof(value))] string? name = null) => value >= 1
        ? value
        : throw new ArgumentOutOfRangeException(name, value, "At least 1 epoch is needed.");

    private static double Share(double value, [CallerArgumentExpression(nameof(value))] string? name = null) => value is >= 0 and <= 1
        ? value
        : throw new ArgumentOutOfRangeException(name, value, "The number is a share, 0 to 1.");

    private static double BelowOne(double value, [CallerArgumentExpression(nameof(value))] string? name = null) => value is >= 0 and < 1
        ? value
        : throw new ArgumentOutOfRangeException(name, value, "The number is a share, at least 0 and below 1.");

    private static double PositiveShare(double value, [CallerArgumentExpression(nameof(value))] string? name = null) => value is > 0 and <= 1
        ? value
        : throw new ArgumentOutOfRangeException(name, value, "The number is above 0 and at most 1.");

    private double CosineAt(long step, long steps)
    {
        double rising = Math.Ceiling(WarmUp * steps);
        return step < rising ? (step + 1) / (rising + 1) : HalfCosine(1, Final, (step - rising) / Math.Max(1, steps - rising));
    }

    private double OneCycleAt(long step, long steps)
    {
        double peak = Math.Max(0, (WarmUp * steps) - 1);
        return step < peak ? HalfCosine(Initial, 1, step / peak) : HalfCosine(1, Final, (step - peak) / Math.Max(1, steps - 1 - peak));
    }

    private double PlateauAfter(TrainingHistory history)
    {
        double sign = Metric is TrainingMetric.Loss or TrainingMetric.ValidationLoss ? 1 : -1;
        double factor = 1;
        double best = double.PositiveInfinity;
        double? smoothed = null;
        int waited = 0;
        int cooling = 0;
        foreach (EpochRecord record in history)
        {
            if (record.Value(Metric) is not { } value || !double.IsFinite(value))
            {
                continue;
            }

            smoothed = smoothed is { } before ? (Smoothing * before) + ((1 - Smoothing) * sign * value) : sign * value;
            bool isBetter = smoothed < best - MinimumDelta;
            best = isBetter ? smoothed.Value : best;
            waited = isBetter || cooling > 0 ? 0 : waited + 1;
            cooling = Math.Max(0, cooling - 1);
            if (waited >= Patience)
            {
                factor = Math.Max(Final, factor * Factor);
                (waited, cooling) = (0, Cooldown);
            }
        }

        return factor;
    }
}
