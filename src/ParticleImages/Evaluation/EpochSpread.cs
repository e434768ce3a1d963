namespace ParticleImages.Evaluation;

/// <summary>What several trainings came to at one epoch: the median and the central 68.3 % of them.</summary>
/// <param name="Epoch">The epoch, from 1.</param>
/// <param name="Count">The trainings that have a finite value there, at least 1; fewer towards the end where some stopped early.</param>
/// <param name="Low">The quantile 0.159: for many trainings one standard deviation below.</param>
/// <param name="Median">The quantile 0.5.</param>
/// <param name="High">The quantile 0.841.</param>
public readonly record struct EpochSpread(int Epoch, int Count, double Low, double Median, double High)
{
    // The standard normal distribution's integral up to one standard deviation.
    private const double OneDeviation = 0.841344746068543;

    /// <summary>The spread at every epoch that one training has a finite value at.</summary>
    /// <remarks>Quantiles lie on straight lines between the sorted values, as numpy's and Excel's do by default.</remarks>
    /// <param name="histories">The trainings.</param>
    /// <param name="value">What of an epoch, for example <c>record => record.ValidationArea</c>; null, NaN and infinite values are passed over.</param>
    /// <returns>One an epoch, ascending; none where nothing is finite.</returns>
    public static IReadOnlyList<EpochSpread> Of(IEnumerable<TrainingHistory> histories, Func<EpochRecord, double?> value)
    {
        ArgumentNullException.ThrowIfNull(histories);
        ArgumentNullException.ThrowIfNull(value);
        var byEpoch = new SortedDictionary<int, List<double>>();
        foreach (EpochRecord record in histories.SelectMany(history => history))
        {
            if (value(record) is { } number && double.IsFinite(number))
            {
                if (!byEpoch.TryGetValue(record.Epoch, out List<double>? values))
                {
                    byEpoch.Add(record.Epoch, values = []);
                }

                values.Add(number);
            }
        }

        return [.. byEpoch.Select(epoch => Of(epoch.Key, epoch.Value))];
    }

    private static EpochSpread Of(int epoch, List<double> values)
    {
        values.Sort();
        return new EpochSpread(epoch, values.Count, Quantile(values, 1 - OneDeviation), Quantile(values, 0.5), Quantile(values, OneDeviation));
    }

    private static double Quantile(List<double> sorted, double part)
    {
        double place = part * (sorted.Count - 1);
        int below = (int)place;
        double rest = place - below;
        return rest == 0 ? sorted[below] : sorted[below] + (rest * (sorted[below + 1] - sorted[below]));
    }
}
