using ParticleImages.Networks.Prediction;
using ParticleImages.Voxelization;

namespace ParticleImages.Networks.Training;

/// <summary>How much every training event counts, and what losses and slopes become by it.</summary>
internal sealed class EventWeights(Trainer settings, SparseVoxels events)
{
    private readonly TrainingLoss loss = settings.Loss;

    /// <summary>The batch's summed loss, not finite where a value is not, and its slope by every value, for the mean over the batch.</summary>
    /// <param name="rows">The batch's events.</param>
    /// <param name="values">The network's two values of each.</param>
    /// <param name="slopes">Receives the slopes.</param>
    public double Slopes(ReadOnlySpan<int> rows, ReadOnlySpan<float> values, Span<float> slopes)
    {
        double[] logits = ClassValues.Logits(values);
        double sum = 0;
        for (int i = 0; i < logits.Length; i++)
        {
            (double eventLoss, double slope) = LossSlope.Of(loss, logits[i], events.Labels[rows[i]]);
            double weight = WeightOf(rows[i]);

            // An infinite value of the right sign costs nothing, and a limited loss hides one of the wrong.
            sum += double.IsFinite(logits[i]) ? weight * eventLoss : double.NaN;
            slopes[(2 * i) + 1] = (float)(weight * slope / rows.Length);
            slopes[2 * i] = -slopes[(2 * i) + 1];
        }

        return sum;
    }

    /// <summary>The summed loss of some events, and how many they are; those of steps that were left out do not count.</summary>
    /// <param name="rows">The events in the order of their values.</param>
    /// <param name="values">The network's two values of each, and perhaps more.</param>
    public (double Loss, int Count) Sum(ReadOnlySpan<int> rows, ReadOnlySpan<float> values)
    {
        double[] logits = ClassValues.Logits(values[..(2 * rows.Length)]);
        double sum = 0;
        int count = 0;
        for (int i = 0; i < logits.Length; i++)
        {
            if (double.IsFinite(logits[i]))
            {
                sum += WeightOf(rows[i]) * LossSlope.Of(loss, logits[i], events.Labels[rows[i]]).Loss;
                count++;
            }
        }

        return (sum, count);
    }

    /// <summary>What an epoch's events came to; those of steps that were left out do not count.</summary>
    /// <param name="order">The events in the order of their values.</param>
    /// <param name="values">The network's two values of each.</param>
    /// <returns>Their numbers; null where no event counts.</returns>
    public EpochMeasure? Measure(ReadOnlySpan<int> order, ReadOnlySpan<float> values)
    {
        var logits = new List<double>(order.Length);
        var labels = new List<int>(order.Length);
        foreach ((int place, double logit) in ClassValues.Logits(values).Index())
        {
            if (double.IsFinite(logit))
            {
                logits.Add(logit);
                labels.Add(events.Labels[order[place]]);
            }
        }

        return logits.Count == 0 ? null : EpochMeasure.Of(Sum(order, values).Loss, [.. logits], [.. labels]);
    }

    private double WeightOf(int row) =>
        (events.Labels[row] == ParticleLabel.Electron ? settings.ElectronWeight : settings.PhotonWeight) * (settings.WeightsOfEvents is { } given ? given[row] : 1);
}
