namespace ParticleImages.Search;

/// <summary>A tree of splits that lessen the squares of what is left: thresholds on ordered axes, sets of values on others.</summary>
internal sealed class RegressionTree
{
    private const int FewestInLeaf = 2;

    private readonly int axis;
    private readonly double threshold;
    private readonly HashSet<double>? left;
    private readonly double mean;
    private readonly RegressionTree? low;
    private readonly RegressionTree? high;

    private RegressionTree(double mean) => this.mean = mean;

    private RegressionTree(Split split, RegressionTree low, RegressionTree high)
    {
        axis = split.Axis;
        threshold = split.Threshold;
        left = split.Left;
        this.low = low;
        this.high = high;
    }

    /// <param name="places">Each axis' places, one a trial.</param>
    /// <param name="isOrdered">Whether an axis is split by a threshold.</param>
    /// <param name="responses">What each trial came to.</param>
    /// <param name="sample">The trials to grow on, of which one may come several times. Reordered.</param>
    public static RegressionTree Grow(double[][] places, bool[] isOrdered, double[] responses, Span<int> sample)
    {
        Split? best = null;
        if (sample.Length >= 2 * FewestInLeaf)
        {
            var keys = new double[sample.Length];
            int[] order = sample.ToArray();
            for (int axis = 0; axis < places.Length; axis++)
            {
                Dictionary<double, double>? means = isOrdered[axis] ? null : Means(places[axis], responses, sample);
                for (int i = 0; i < order.Length; i++)
                {
                    // Values of a category in the order of their means: no division into two sets beats all those of that order.
                    double place = places[axis][order[i]];
                    keys[i] = means?[place] ?? place;
                }

                Array.Sort(keys, order);
                best = Better(best, axis, keys, order, responses);
            }
        }

        if (best is not { } split)
        {
            return new RegressionTree(Mean(responses, sample));
        }

        if (!isOrdered[split.Axis])
        {
            Dictionary<double, double> means = Means(places[split.Axis], responses, sample);
            split = split with { Left = [.. means.Where(pair => pair.Value <= split.Threshold).Select(pair => pair.Key)] };
        }

        int lows = Partition(sample, split, places[split.Axis]);
        return new RegressionTree(split, Grow(places, isOrdered, responses, sample[..lows]), Grow(places, isOrdered, responses, sample[lows..]));
    }

    public double Predict(double[] point)
    {
        RegressionTree node = this;
        while (node.low is not null)
        {
            node = IsLow(node.left, node.threshold, point[node.axis]) ? node.low : node.high!;
        }

        return node.mean;
    }

    // The sum of both sides' squared sums over their counts is what a split gains, but for a constant.
    private static Split? Better(Split? best, int axis, double[] keys, int[] order, double[] responses)
    {
        double total = 0;
        foreach (int trial in order)
        {
            total += responses[trial];
        }

        double least = best?.Gain ?? (total * total / order.Length * (1 + 1e-12));
        double sum = 0;
        for (int i = 1; i <= order.Length - FewestInLeaf; i++)
        {
            sum += responses[order[i - 1]];
            if (i < FewestInLeaf || keys[i] == keys[i - 1])
            {
                continue;
            }

            double gain = (sum * sum / i) + ((total - sum) * (total - sum) / (order.Length - i));
            if (gain > least)
            {
                least = gain;
                best = new Split(axis, keys[i - 1] + ((keys[i] - keys[i - 1]) / 2), gain, null);
            }
        }

        return best;
    }

    private static int Partition(Span<int> sample, Split split, double[] places)
    {
        int lows = 0;
        for (int i = 0; i < sample.Length; i++)
        {
            if (IsLow(split.Left, split.Threshold, places[sample[i]]))
            {
                (sample[lows], sample[i]) = (sample[i], sample[lows]);
                lows++;
            }
        }

        return lows;
    }

    private static bool IsLow(HashSet<double>? left, double threshold, double place) => left?.Contains(place) ?? place <= threshold;

    private static Dictionary<double, double> Means(double[] places, double[] responses, Span<int> sample)
    {
        var sums = new Dictionary<double, (double Sum, int Count)>();
        foreach (int trial in sample)
        {
            (double sum, int count) = sums.GetValueOrDefault(places[trial]);
            sums[places[trial]] = (sum + responses[trial], count + 1);
        }

        return sums.ToDictionary(pair => pair.Key, pair => pair.Value.Sum / pair.Value.Count);
    }

    private static double Mean(double[] responses, Span<int> sample)
    {
        double sum = 0;
        foreach (int trial in sample)
        {
            sum += responses[trial];
        }

        return sum / sample.Length;
    }

    private readonly record struct Split(int Axis, double Threshold, double Gain, HashSet<double>? Left);
}
