using System.Runtime.CompilerServices;

namespace ParticleImages.Search;

/// <summary>A tree of splits: thresholds on ordered axes, sets of values on others. <see cref="TreeGrower"/> grows it.</summary>
/// <param name="nodes">Each before what is below it on its low side, and that before what is below it on its high side.</param>
/// <param name="sets">Bits of the values that belong to the low sides.</param>
internal sealed class RegressionTree(RegressionTree.Node[] nodes, ulong[] sets)
{
    private const int Bits = 64;

    /// <summary>How many words a set of codes takes.</summary>
    public static int WordsFor(int codes) => (codes / Bits) + 1;

    public static void Include(Span<ulong> set, int code) => set[code / Bits] |= 1UL << (code % Bits);

    public static int Has(ReadOnlySpan<ulong> set, int code) => (int)(set[code / Bits] >> (code % Bits)) & 1;

    /// <summary>Adds what it foretells of points. All go down together, sorted at each node without a jump: alone, each would take a turn at every node that processors guess wrong every other time.</summary>
    /// <param name="sums">Receives the answers, a point each.</param>
    /// <param name="places">Each axis' places, a point each.</param>
    /// <param name="rows">Which points. Reordered.</param>
    /// <param name="spare">As long as the rows, for the sorting.</param>
    public void AddTo(double[] sums, double[][] places, Span<int> rows, int[] spare) => AddTo(sums, places, rows, spare, 0);

    /// <summary>Adds each leaf's answer to the effects of the places that lead to it.</summary>
    /// <param name="effects">One an axis.</param>
    public void AddTo(MainEffect[] effects) => AddTo(effects, 0, 1);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddTo(MainEffect[] effects, int node, double share)
    {
        (int axis, double value, int set, int high) = nodes[node];
        if (axis < 0)
        {
            foreach (MainEffect each in effects)
            {
                each.Add(value * share / each.Share);
            }

            return;
        }

        MainEffect effect = effects[axis];
        (int from, int to) = effect.Left;
        double others = share / effect.Share;
        int middle = set < 0 ? effect.Divide(value) : effect.Divide(sets.AsSpan(set));
        AddPart(node + 1, from, middle);
        AddPart(high, middle, to);
        effect.Left = (from, to);

        void AddPart(int next, int first, int end)
        {
            effect.Left = (first, end);
            if (effect.Share is > 0 and var left)
            {
                AddTo(effects, next, others * left);
            }
        }
    }

    // Compiled as it will be at last from the first call on: most programs ask once.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddTo(double[] sums, double[][] places, Span<int> rows, int[] spare, int node)
    {
        (int axis, double value, int set, int high) = nodes[node];
        if (axis < 0)
        {
            foreach (int row in rows)
            {
                sums[row] += value;
            }

            return;
        }

        double[] at = places[axis];
        int lows = 0;
        int highs = 0;
        foreach (int row in rows)
        {
            int isLow = set < 0 ? (at[row] <= value ? 1 : 0) : Has(sets.AsSpan(set), (int)at[row]);
            rows[lows] = row;
            spare[highs] = row;
            lows += isLow;
            highs += 1 - isLow;
        }

        spare.AsSpan(..highs).CopyTo(rows[lows..]);
        if (lows > 0)
        {
            AddTo(sums, places, rows[..lows], spare, node + 1);
        }

        if (highs > 0)
        {
            AddTo(sums, places, rows[lows..], spare, high);
        }
    }

    /// <summary>A split, or a leaf.</summary>
    /// <param name="Axis">Which axis is split; below 0 in a leaf.</param>
    /// <param name="Value">The greatest place on the low side, or a leaf's mean.</param>
    /// <param name="Set">Where the bits of the low side's values begin; below 0 where the axis is ordered.</param>
    /// <param name="High">The node on the high side; that on the low side is the next one.</param>
    internal readonly record struct Node(int Axis, double Value, int Set, int High);
}
