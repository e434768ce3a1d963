using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ParticleImages.Search;

/// <summary>
/// Grows a tree whose splits lessen the squares of what is left most. Each ordered axis' trials are sorted once and stay so from split to split, which takes time in proportion to the trials, a level of the tree.
/// What it does for every trial is compiled as it will be at last from the first call on: most programs ask once.
/// </summary>
internal sealed class TreeGrower
{
    private const int FewestInLeaf = 2;

    // So many are sorted soonest by putting each where it belongs.
    private const int FewCategories = 32;

    private readonly ForestAxis[] axes;
    private readonly double[][] places;
    private readonly Trial[] trials;

    // The trials of a node are a range of every list: of one in no order, and of one for each ordered axis.
    private readonly int[] rows;
    private readonly int[]?[] orders;
    private readonly int[] highs;
    private readonly int[] isLow;

    // Of each value of one axis, and of those that no trial had, how often it comes in a node and the sum of what came of it; all zero between the uses.
    private readonly int[] counts;
    private readonly double[] sums;
    private readonly List<Category> categories = [];

    private readonly List<RegressionTree.Node> nodes = [];
    private readonly List<ulong> sets = [];

    private TreeGrower(ForestAxis[] axes, double[][] places, double[] responses, int[] weights)
    {
        this.axes = axes;
        this.places = places;
        trials = new Trial[weights.Length];
        for (int row = 0; row < trials.Length; row++)
        {
            trials[row] = new(weights[row], weights[row] * responses[row]);
        }

        rows = Drawn([.. Enumerable.Range(0, weights.Length)]);
        orders = [.. axes.Select((axis, i) => axis.IsOrdered ? Drawn(axis.OrderOf(places[i])) : null)];
        highs = new int[rows.Length];
        isLow = new int[weights.Length];
        counts = new int[axes.Max(axis => axis.Codes) + 1];
        sums = new double[counts.Length];
    }

    /// <param name="axes">The axes.</param>
    /// <param name="places">Where each trial stands on each of them, without gaps.</param>
    /// <param name="responses">What each trial came to.</param>
    /// <param name="weights">How often each trial counts.</param>
    public static RegressionTree Grow(ForestAxis[] axes, double[][] places, double[] responses, int[] weights)
    {
        var grower = new TreeGrower(axes, places, responses, weights);
        grower.Grow(0, grower.rows.Length);
        return new RegressionTree([.. grower.nodes], [.. grower.sets]);
    }

    // Those that the tree was drawn.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int[] Drawn(int[] order)
    {
        var drawn = new int[order.Length];
        int count = 0;
        foreach (int row in order)
        {
            drawn[count] = row;
            count += trials[row].Count > 0 ? 1 : 0;
        }

        return drawn[..count];
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Grow(int start, int end)
    {
        int count = 0;
        double total = 0;
        foreach (int row in rows.AsSpan(start..end))
        {
            count += trials[row].Count;
            total += trials[row].Sum;
        }

        var best = new Split(-1, 0, total * total / count * (1 + 1e-12));
        for (int axis = 0; axis < axes.Length && count >= 2 * FewestInLeaf; axis++)
        {
            best = orders[axis] is { } order ? Better(best, axis, order.AsSpan(start..end), count, total) : Better(best, axis, count, total, start, end);
        }

        int place = nodes.Count;
        if (best.Axis < 0)
        {
            nodes.Add(new(-1, total / count, -1, -1));
            return;
        }

        int set = axes[best.Axis].IsOrdered ? -1 : SetOf(best, start, end);
        foreach (int row in rows.AsSpan(start..end))
        {
            isLow[row] = set < 0 ? (places[best.Axis][row] <= best.Threshold ? 1 : 0) : RegressionTree.Has(CollectionsMarshal.AsSpan(sets)[set..], (int)places[best.Axis][row]);
        }

        int middle = start + Divide(rows.AsSpan(start..end));
        foreach (int[]? order in orders)
        {
            Divide(order is null ? [] : order.AsSpan(start..end));
        }

        nodes.Add(default);
        Grow(start, middle);
        nodes[place] = new(best.Axis, best.Threshold, set, nodes.Count);
        Grow(middle, end);
    }

    // The sum of both sides' squared sums over their counts is what a split gains, but for a constant.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private Split Better(Split best, int axis, ReadOnlySpan<int> order, int count, double total)
    {
        double[] at = places[axis];
        int lows = 0;
        double sum = 0;
        double high = at[order[0]];
        for (int i = 0; i < order.Length - 1 && count - lows >= FewestInLeaf; i++)
        {
            Trial trial = trials[order[i]];
            lows += trial.Count;
            sum += trial.Sum;
            double low = high;
            high = at[order[i + 1]];
            if (low < high && lows >= FewestInLeaf && count - lows >= FewestInLeaf && Gain(sum, lows, total, count) is var gain && gain > best.Gain)
            {
                double middle = low + ((high - low) / 2);
                best = new(axis, middle < high ? middle : low, gain);
            }
        }

        return best;
    }

    // Values in the order of their means: no division into two sets beats all those of that order.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private Split Better(Split best, int axis, int count, double total, int start, int end)
    {
        FindCategories(axis, start, end);
        int lows = 0;
        double sum = 0;
        for (int i = 0; i < categories.Count - 1; i++)
        {
            lows += categories[i].Count;
            sum += categories[i].Sum;
            if (categories[i].Mean < categories[i + 1].Mean && lows >= FewestInLeaf && count - lows >= FewestInLeaf && Gain(sum, lows, total, count) is var gain && gain > best.Gain)
            {
                best = new(axis, categories[i].Mean, gain);
            }
        }

        return best;
    }

    private static double Gain(double sum, int lows, double total, int count) => (sum * sum / lows) + ((total - sum) * (total - sum) / (count - lows));

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void FindCategories(int axis, int start, int end)
    {
        categories.Clear();
        double[] codes = places[axis];
        foreach (int row in rows.AsSpan(start..end))
        {
            int code = (int)codes[row];
            counts[code] += trials[row].Count;
            sums[code] += trials[row].Sum;
        }

        foreach (int row in rows.AsSpan(start..end))
        {
            int code = (int)codes[row];
            if (counts[code] > 0)
            {
                categories.Add(new(code, counts[code], sums[code]));
                (counts[code], sums[code]) = (0, 0);
            }
        }

        Sort();
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Sort()
    {
        if (categories.Count > FewCategories)
        {
            categories.Sort(static (one, other) => one.Mean.CompareTo(other.Mean));
            return;
        }

        Span<Category> sorted = CollectionsMarshal.AsSpan(categories);
        for (int i = 1; i < sorted.Length; i++)
        {
            Category next = sorted[i];
            int place = i;
            for (; place > 0 && sorted[place - 1].Mean > next.Mean; place--)
            {
                sorted[place] = sorted[place - 1];
            }

            sorted[place] = next;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int SetOf(Split split, int start, int end)
    {
        int first = sets.Count;
        CollectionsMarshal.SetCount(sets, first + RegressionTree.WordsFor(axes[split.Axis].Codes));
        CollectionsMarshal.AsSpan(sets)[first..].Clear();
        FindCategories(split.Axis, start, end);
        foreach (Category category in categories)
        {
            if (category.Mean <= split.Threshold)
            {
                RegressionTree.Include(CollectionsMarshal.AsSpan(sets)[first..], category.Code);
            }
        }

        return first;
    }

    // Lows before highs, each in the order in which they stood; without a jump, of which processors would guess every other one wrong.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int Divide(Span<int> list)
    {
        int lows = 0;
        int high = 0;
        foreach (int row in list)
        {
            int low = isLow[row];
            list[lows] = row;
            highs[high] = row;
            lows += low;
            high += 1 - low;
        }

        highs.AsSpan(..high).CopyTo(list[lows..]);
        return lows;
    }

    /// <summary>How often a trial counts, and what it came to so many times.</summary>
    private readonly record struct Trial(int Count, double Sum);

    private readonly record struct Split(int Axis, double Threshold, double Gain);

    private readonly record struct Category(int Code, int Count, double Sum)
    {
        public double Mean => Sum / Count;
    }
}
