namespace ParticleImages;

/// <summary>Counts values by class in bins of one width on a logarithmic scale, ten a decade: edge k is 10^(k/10), whatever the values' range.</summary>
internal sealed class DecadeBins
{
    private const int PerDecade = 10;

    // Of every float32 times any sensible unit.
    private const int Decades = 60;
    private const int First = -Decades * PerDecade;

    private static readonly double[] Edges =
        [.. Enumerable.Range(0, (2 * Decades * PerDecade) + 1).Select(k => Math.Pow(10, (double)(First + k) / PerDecade))];

    private readonly long[][] counts = [new long[Edges.Length - 1], new long[Edges.Length - 1]];
    private readonly long[] below = new long[2];
    private readonly long[] above = new long[2];

    public void Add(int label, double value)
    {
        if (!(value >= Edges[0]))
        {
            below[label]++;
        }
        else if (value >= Edges[^1])
        {
            above[label]++;
        }
        else
        {
            // The logarithm's rounding may miss an edge by one bin; the edges decide.
            int bin = Math.Clamp((int)Math.Floor(Math.Log10(value) * PerDecade) - First, 0, Edges.Length - 2);
            bin += value < Edges[bin] ? -1 : value >= Edges[bin + 1] ? 1 : 0;
            counts[label][bin]++;
        }
    }

    /// <summary>A histogram of each class over the same bins: from the first that is filled for either to the last, or one empty bin.</summary>
    public Histogram[] Build()
    {
        int[] filled = [.. Enumerable.Range(0, Edges.Length - 1).Where(bin => counts.Any(count => count[bin] > 0))];
        (int start, int end) = filled.Length > 0 ? (filled[0], filled[^1] + 1) : (-First, -First + 1);
        return [.. counts.Select((count, label) => new Histogram(Edges[start..(end + 1)], count[start..end], below[label], above[label]))];
    }
}
