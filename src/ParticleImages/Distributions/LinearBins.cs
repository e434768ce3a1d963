namespace ParticleImages;

/// <summary>
/// Counts values of 0 and more, by class, in bins of one width without knowing their range before: where a value lies beyond the bins,
/// neighbours are joined and the width doubles. A power of two times the first width, so that every edge is exact.
/// </summary>
internal sealed class LinearBins(double width)
{
    private const int Capacity = 4096;

    // Beyond this no axis makes sense, and doubling would not end for infinity.
    private const double Greatest = 1e60;

    private readonly long[][] counts = [new long[Capacity], new long[Capacity]];
    private readonly long[] above = new long[2];
    private int used;

    public void Add(int label, double value)
    {
        if (!(value < Greatest))
        {
            above[label]++;
            return;
        }

        while (value >= width * Capacity)
        {
            JoinNeighbours();
        }

        int bin = (int)(value / width);
        counts[label][bin]++;
        used = Math.Max(used, bin + 1);
    }

    /// <summary>A histogram of each class over the same bins, as many as a power of two: all filled ones and some after them.</summary>
    public Histogram[] Build()
    {
        int bins = (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)Math.Max(used, 1));
        double[] edges = [.. Enumerable.Range(0, bins + 1).Select(k => k * width)];
        return [.. counts.Select((count, label) => new Histogram(edges, count[..bins], below: 0, above[label]))];
    }

    private void JoinNeighbours()
    {
        foreach (long[] count in counts)
        {
            for (int k = 0; k < Capacity / 2; k++)
            {
                count[k] = count[2 * k] + count[(2 * k) + 1];
            }

            count.AsSpan(Capacity / 2).Clear();
        }

        width *= 2;
        used = (used + 1) / 2;
    }
}
