using System.Globalization;

namespace ParticleImages.Voxelization;

/// <summary>
/// The bins of the time axis: bin k is the interval (edge k, edge k+1], so a time on an edge belongs to the earlier bin.
/// Immutable and safe to use from several threads; <see cref="Outside"/> sets one slot of a copy (the last call wins).
/// </summary>
/// <remarks>
/// Edges are in the unit of the images' times (in the public files 50 ns, so a step of 0.0099 is 0.495 ns). A time is
/// float32 and compared with the edges in double. Two axes are equal when their edges and their policy are.
/// <example><code>TimeAxis.Range(-0.1, 0.1, step: 0.0099).Outside(OutsideTime.Nearest)</code></example>
/// </remarks>
public sealed record TimeAxis
{
    /// <summary>The most bins an axis can have: 65 536.</summary>
    public const int MaximumBins = 1 << 16;

    private readonly double[] edges;

    // Bins a unit of time where the bins are regular enough to guess one by arithmetic; 0 where they are not.
    private readonly double binsPerTime;

    private TimeAxis(double[] edges)
    {
        this.edges = edges;
        binsPerTime = BinsPerTime(edges);
    }

    /// <summary>The number of bins.</summary>
    public int Bins => edges.Length - 1;

    /// <summary>The edges, ascending, one more than there are bins.</summary>
    public ReadOnlySpan<double> Edges => edges;

    /// <summary>What becomes of a hit whose time lies outside all bins; <see cref="OutsideTime.Drop"/> by default.</summary>
    public OutsideTime OutsidePolicy { get; private init; } = OutsideTime.Drop;

    /// <summary>
    /// Bins of one width: ceil((stop − start) / step) of them in double arithmetic, at least one, with the edges that
    /// numpy.arange computes: edge k = start + k · ((start + step) − start).
    /// </summary>
    /// <param name="start">The first edge, finite; a time equal to it lies outside.</param>
    /// <param name="stop">Where the last bin ends at the earliest, finite, after start; the last edge may lie beyond it.</param>
    /// <param name="step">The width of a bin, above 0, finite. Steps of 0.0099 from −0.1 to 0.1 make 21 bins.</param>
    /// <returns>The axis; times outside its bins are dropped.</returns>
    /// <exception cref="ArgumentOutOfRangeException">
    /// A number is not finite, the step is not above 0, stop is not after start, there would be more than
    /// <see cref="MaximumBins"/> bins, or the step is lost in the rounding of the edges.
    /// </exception>
    public static TimeAxis Range(double start, double stop, double step) =>
        new(Arange(start, stop, step, closeLastBin: true));

    /// <summary>Bins between given edges, of one width or of several.</summary>
    /// <param name="edges">At least two, at most <see cref="MaximumBins"/> + 1, finite and strictly ascending; they are copied.</param>
    /// <returns>The axis; times outside its bins are dropped.</returns>
    /// <exception cref="ArgumentException">There are too few or too many edges, or they are not finite and ascending.</exception>
    public static TimeAxis FromEdges(params ReadOnlySpan<double> edges)
    {
        if (edges.Length < 2 || edges.Length > MaximumBins + 1)
        {
            throw new ArgumentException(
                $"A time axis has 2 to {MaximumBins + 1} edges (one more than bins); received {edges.Length}.", nameof(edges));
        }

        for (int i = 0; i < edges.Length; i++)
        {
            if (!double.IsFinite(edges[i]) || (i > 0 && edges[i] <= edges[i - 1]))
            {
                string before = i > 0 ? Invariant($" after {edges[i - 1]:R}") : string.Empty;
                throw new ArgumentException(
                    Invariant($"Edge {i} is {edges[i]:R}{before}. Edges are finite and strictly ascending."), nameof(edges));
            }
        }

        return new TimeAxis(edges.ToArray());
    }

    /// <summary>Says what becomes of a hit whose time lies outside all bins.</summary>
    /// <param name="policy">One policy for both ends.</param>
    /// <returns>A copy.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such policy.</exception>
    public TimeAxis Outside(OutsideTime policy) =>
        policy is OutsideTime.Drop or OutsideTime.Nearest
            ? this with { OutsidePolicy = policy }
            : throw new ArgumentOutOfRangeException(nameof(policy), policy, "The policies are Drop and Nearest.");

    /// <summary>The bin of a time.</summary>
    /// <param name="time">The time, in the unit of the edges.</param>
    /// <returns>
    /// k with edge k &lt; time ≤ edge k+1. For a time outside all bins −1, or with <see cref="OutsideTime.Nearest"/> the
    /// first or last bin. For NaN and infinite times always −1: they are no hits.
    /// </returns>
    public int BinOf(float time)
    {
        if (!float.IsFinite(time))
        {
            return -1;
        }

        int bin = Locate(time);
        bool isInside = bin >= 0 && bin < Bins;
        return isInside ? bin
            : OutsidePolicy == OutsideTime.Drop ? -1
            : Math.Clamp(bin, 0, Bins - 1);
    }

    /// <summary>Whether another axis has the same edges and the same policy.</summary>
    /// <param name="other">The other axis.</param>
    /// <returns>True if so.</returns>
    public bool Equals(TimeAxis? other) =>
        other is not null && OutsidePolicy == other.OutsidePolicy && edges.AsSpan().SequenceEqual(other.edges);

    /// <summary>A hash of the edges and the policy.</summary>
    /// <returns>The hash.</returns>
    public override int GetHashCode() => HashCode.Combine(edges.Length, edges[0], edges[^1], OutsidePolicy);

    /// <summary>The axis as text, for example <c>8 bins from -1 to 1</c>.</summary>
    /// <returns>The number of bins, the outer edges, and the policy unless times outside are dropped.</returns>
    public override string ToString()
    {
        string policy = OutsidePolicy == OutsideTime.Drop ? string.Empty : ", times outside in the nearest bin";
        return Invariant($"{Bins} {(Bins == 1 ? "bin" : "bins")} from {edges[0]:R} to {edges[^1]:R}{policy}");
    }

    /// <summary>
    /// The points of numpy.arange(start, stop, step), and with <paramref name="closeLastBin"/> one more, so that every
    /// point begins a bin.
    /// </summary>
    internal static double[] Arange(double start, double stop, double step, bool closeLastBin)
    {
        CheckFinite(start, nameof(start));
        CheckFinite(stop, nameof(stop));
        CheckFinite(step, nameof(step));
        if (step <= 0)
        {
            throw new ArgumentOutOfRangeException(nameof(step), step, "The step is the width of a bin: a number above 0.");
        }

        if (stop <= start)
        {
            throw new ArgumentOutOfRangeException(nameof(stop), stop, Invariant($"It must lie after start, {start:R}."));
        }

        double points = Math.Max(1, Math.Ceiling((stop - start) / step));
        if (points > MaximumBins)
        {
            throw new ArgumentOutOfRangeException(
                nameof(step),
                step,
                Invariant($"From {start:R} to {stop:R} it makes {points:R} bins; an axis has at most {MaximumBins}. ")
                + "Use a wider step.");
        }

        // numpy's own arithmetic: the distance of the first two rounded points, not the step, is multiplied.
        double distance = (start + step) - start;
        var edges = new double[(int)points + (closeLastBin ? 1 : 0)];
        for (int k = 0; k < edges.Length; k++)
        {
            edges[k] = start + (k * distance);
            if (!double.IsFinite(edges[k]) || (k > 0 && edges[k] <= edges[k - 1]))
            {
                throw new ArgumentOutOfRangeException(
                    nameof(step),
                    step,
                    Invariant($"Edge {k} of an axis from {start:R} would be {edges[k]:R}: neighbouring edges are not finite ")
                    + "and ascending in double precision. Choose start, stop and step of comparable sizes.");
            }
        }

        return edges;
    }

    /// <summary>The bin of a time that is not NaN: −1 before the first bin, <see cref="Bins"/> after the last.</summary>
    internal int Locate(float time)
    {
        double[] edges = this.edges;
        double exact = time;
        if (exact <= edges[0])
        {
            return -1;
        }

        if (exact > edges[^1])
        {
            return edges.Length - 1;
        }

        if (binsPerTime == 0)
        {
            int found = Array.BinarySearch(edges, exact);
            return (found >= 0 ? found : ~found) - 1;
        }

        // The guess is off by one bin at most; the edges decide. The checks above keep both loops inside the axis.
        int bin = Math.Min((int)((exact - edges[0]) * binsPerTime), edges.Length - 2);
        while (exact <= edges[bin])
        {
            bin--;
        }

        while (exact > edges[bin + 1])
        {
            bin++;
        }

        return bin;
    }

    private static double BinsPerTime(double[] edges)
    {
        int bins = edges.Length - 1;
        double width = (edges[^1] - edges[0]) / bins;
        if (!double.IsFinite(width) || !double.IsFinite(1 / width))
        {
            return 0;
        }

        for (int k = 1; k < bins; k++)
        {
            if (Math.Abs(edges[k] - (edges[0] + (k * width))) > width / 2)
            {
                return 0;
            }
        }

        return 1 / width;
    }

    private static void CheckFinite(double value, string name)
    {
        if (!double.IsFinite(value))
        {
            throw new ArgumentOutOfRangeException(name, value, "It must be a finite number.");
        }
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
