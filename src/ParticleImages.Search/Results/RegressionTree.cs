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

    public static bool Has(ReadOnlySpan<ulong> set, int code) => ((set[code / Bits] >> (code % Bits)) & 1) != 0;

    /// <param name="point">A place on each axis.</param>
    /// <param name="start">The node to begin with, which is on the point's way.</param>
    public double Predict(ReadOnlySpan<double> point, int start = 0)
    {
        int place = start;
        while (nodes[place].Axis >= 0)
        {
            place = Next(place, point);
        }

        return nodes[place].Value;
    }

    /// <param name="point">A place on each axis.</param>
    /// <param name="asked">Receives for each axis the first node that asked for it: what differs there alone goes the same way up to that; below 0 where none did.</param>
    public double Predict(ReadOnlySpan<double> point, Span<int> asked)
    {
        asked.Fill(-1);
        int place = 0;
        while (nodes[place].Axis is >= 0 and var axis)
        {
            asked[axis] = asked[axis] < 0 ? place : asked[axis];
            place = Next(place, point);
        }

        return nodes[place].Value;
    }

    private int Next(int place, ReadOnlySpan<double> point)
    {
        ref Node node = ref nodes[place];
        double at = point[node.Axis];
        bool isLow = node.Set < 0 ? at <= node.Value : Has(sets.AsSpan(node.Set), (int)at);
        return isLow ? place + 1 : node.High;
    }

    /// <summary>A split, or a leaf.</summary>
    /// <param name="Axis">Which axis is split; below 0 in a leaf.</param>
    /// <param name="Value">The greatest place on the low side, or a leaf's mean.</param>
    /// <param name="Set">Where the bits of the low side's values begin; below 0 where the axis is ordered.</param>
    /// <param name="High">The node on the high side; that on the low side is the next one.</param>
    internal readonly record struct Node(int Axis, double Value, int Set, int High);
}
