using ParticleImages.Evaluation;

namespace ParticleImages.Networks.Training;

/// <summary>When a training ends before its last epoch: a function of the epochs so far.</summary>
/// <param name="Metric">What is looked at.</param>
/// <param name="Patience">Epochs without getting better that are waited for.</param>
/// <param name="MinimumDelta">By how much the metric must be better to count.</param>
internal sealed record EarlyStopping(TrainingMetric Metric, int Patience, double MinimumDelta)
{
    public bool IsReached(TrainingHistory history)
    {
        double sign = Metric is TrainingMetric.Loss or TrainingMetric.ValidationLoss ? 1 : -1;
        double best = double.PositiveInfinity;
        int waited = 0;
        foreach (EpochRecord record in history)
        {
            bool isBetter = record.Value(Metric) is { } value && sign * value < best - MinimumDelta;
            best = isBetter ? sign * record.Value(Metric)!.Value : best;
            waited = isBetter ? 0 : waited + 1;
        }

        return waited >= Patience;
    }

    // A record's own text has the decimal signs of whoever runs the program, and a checkpoint compares texts.
    public override string ToString() => FormattableString.Invariant($"{Metric}, patience {Patience}, minimum delta {MinimumDelta}");
}
