using System.Globalization;

namespace ParticleImages.Voxelization;

/// <summary>
/// The bins of the time axis: bin k is the interval (edge k, edge k+1], so a time on an edge belongs to the earlier bin.
/// Immutable and safe to use from several threads; <see cref="Outside"/> sets one slot of a copy (the last call wins).
/// </summary>
/// <remarks>
/// Edges are in the unit of the images' times (in the public files 50 ns, so a step of 0.0099 is 0.495 ns). A time is
/// float32 and compared with the edges in double. Two axes are equal when their bins and their policy are.
/// <example><code>TimeAxis.Range(-0.1, 0.1, step: 0.0099).Outside(OutsideTime.Nearest)</code></example>
/// </remarks>
public sealed record TimeAxis
{
    /// <summary>The most bins an axis can have: 65 536.</summary>
    public const int MaximumBins = 1 << 16;

    private readonly double[] edges = [];
    private readonly EdgeTable? table;

    private TimeAxis(TimeAxisKind kind, int bins) => (Kind, Bins) = (kind, bins);

    private TimeAxis(double[] edges)
        : this(TimeAxisKind.Edges, edges.Length - 1)
    {
        this.edges = edges;
        table = new EdgeTable(edges);
    }

    /// <summary>Where the bins come from.</summary>
    public TimeAxisKind Kind { get; }

    /// <summary>The number of bins; 0 for <see cref="DistinctTimes()"/> before <see cref="Voxelizer.Fit(HitEvents)"/>.</summary>
    public int Bins { get; }

    /// <summary>The edges, ascending, one more than there are bins; empty unless <see cref="Kind"/> is <see cref="TimeAxisKind.Edges"/>.</summary>
    public ReadOnlySpan<double> Edges => edges;

    /// <summary>What becomes of a hit whose time lies outside all bins; <see cref="OutsideTime.Drop"/> by default.</summary>
    public OutsideTime OutsidePolicy { get; private init; } = OutsideTime.Drop;

    /// <summary>Whether events can be binned; false while <see cref="Voxelizer.Fit(HitEvents)"/> has yet to find the bins.</summary>
    public bool IsFitted => Kind == TimeAxisKind.Edges || (Kind == TimeAxisKind.DistinctTimes && Bins > 0);

    /// <summary>The edges as float32 decides them; there for <see cref="TimeAxisKind.Edges"/> alone.</summary>
    internal EdgeTable Table => table!;

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
        new(BinEdges.Arange(start, stop, step, closeLastBin: true));

    /// <summary>
    /// A number of bins of one width, with the edges that numpy.linspace computes: edge k = k · ((stop − start) / bins) + start,
    /// the last one stop itself.
    /// </summary>
    /// <param name="start">The first edge, finite; a time equal to it lies outside.</param>
    /// <param name="stop">The last edge, finite, after start; a time equal to it lies in the last bin.</param>
    /// <param name="bins">The number of bins, 1 to <see cref="MaximumBins"/>.</param>
    /// <returns>The axis; times outside its bins are dropped.</returns>
    /// <exception cref="ArgumentOutOfRangeException">
    /// A number is not finite, stop is not after start, there are too few or too many bins, or their width is lost in the
    /// rounding of the edges.
    /// </exception>
    public static TimeAxis Regular(double start, double stop, int bins) => new(BinEdges.Linspace(start, stop, bins));

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
                string before = i > 0 && double.IsFinite(edges[i]) ? Invariant($" after {edges[i - 1]:R}") : string.Empty;
                throw new ArgumentException(
                    Invariant($"Edge {i} is {edges[i]:R}{before}. Edges are finite and strictly ascending."), nameof(edges));
            }
        }

        return new TimeAxis(edges.ToArray());
    }

    /// <summary>
    /// One bin a layer, for a detector whose third axis is depth: hits of <see cref="HitEvents.FromLayers"/> have their layer's
    /// number in time's place, and layer k is bin k, the interval (k − ½, k + ½].
    /// </summary>
    /// <param name="count">The number of layers, 1 to <see cref="MaximumBins"/>.</param>
    /// <returns>The axis.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There are too few or too many layers.</exception>
    public static TimeAxis Layers(int count)
    {
        BinEdges.CheckBins(count, nameof(count));
        return Range(-0.5, count - 0.5, step: 1);
    }

    /// <summary>
    /// Bins of equal occupancy: as many hits in each as can be. The edges are found on data by <see cref="Voxelizer.Fit(HitEvents)"/>: edge k is
    /// numpy.quantile(times, k / bins) over the times, as float64, of the hits that pass the cuts and the crop, and the first edge one float32 below the earliest.
    /// </summary>
    /// <param name="bins">The number of bins, 1 to <see cref="MaximumBins"/>.</param>
    /// <returns>The axis, yet to be fitted; times outside its bins will be dropped.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There are too few or too many bins.</exception>
    public static TimeAxis Quantiles(int bins)
    {
        BinEdges.CheckBins(bins, nameof(bins));
        return new TimeAxis(TimeAxisKind.Quantiles, bins);
    }

    /// <summary>
    /// A frame for each distinct time of an event's hits, in order; the number of frames is yet to be found by
    /// <see cref="Voxelizer.Fit(HitEvents)"/>: as many as the event with the most has.
    /// </summary>
    /// <returns>The axis, yet to be fitted.</returns>
    public static TimeAxis DistinctTimes() => new(TimeAxisKind.DistinctTimes, bins: 0);

    /// <summary>
    /// A frame for each distinct time of an event's hits, in order. Frame k holds the hits of the event's k-th time; the frames
    /// that an event has no time for stay empty, also where hits linger.
    /// </summary>
    /// <remarks>
    /// The times are those of the hits that pass the cuts and the crop; −0 and 0 are one time. Where an event has more of them than there are
    /// frames, the later hits lie outside: <see cref="OutsideTime.Drop"/> drops them and <see cref="OutsideTime.Nearest"/> gathers
    /// them in the last frame. <see cref="Voxelizer.CountCuts(HitEvents)"/> tells how many.
    /// </remarks>
    /// <param name="frames">The number of frames, 1 to <see cref="MaximumBins"/>.</param>
    /// <returns>The axis.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There are too few or too many frames.</exception>
    public static TimeAxis DistinctTimes(int frames)
    {
        BinEdges.CheckBins(frames, nameof(frames));
        return new TimeAxis(TimeAxisKind.DistinctTimes, frames);
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
    /// <exception cref="InvalidOperationException">The axis has no edges: every event has its own times, or they are yet to be fitted.</exception>
    public int BinOf(float time)
    {
        if (Kind != TimeAxisKind.Edges)
        {
            throw new InvalidOperationException(
                $"An axis of {this} has no edges to compare a time with. Use a voxelizer's Fit first, or TimeAxis.FromEdges.");
        }

        if (!float.IsFinite(time))
        {
            return -1;
        }

        int bin = Table.Locate(time);
        bool isInside = bin >= 0 && bin < Bins;
        return isInside ? bin
            : OutsidePolicy == OutsideTime.Drop ? -1
            : Math.Clamp(bin, 0, Bins - 1);
    }

    /// <summary>Whether another axis has the same bins and the same policy.</summary>
    /// <param name="other">The other axis.</param>
    /// <returns>True if so.</returns>
    public bool Equals(TimeAxis? other) =>
        other is not null && Kind == other.Kind && Bins == other.Bins && OutsidePolicy == other.OutsidePolicy
        && edges.AsSpan().SequenceEqual(other.edges);

    /// <summary>A hash of the bins and the policy.</summary>
    /// <returns>The hash.</returns>
    public override int GetHashCode() =>
        HashCode.Combine(Kind, Bins, edges.Length > 0 ? edges[0] : 0, edges.Length > 0 ? edges[^1] : 0, OutsidePolicy);

    /// <summary>The axis as text, for example <c>8 bins from -1 to 1</c>.</summary>
    /// <returns>The number of bins, the outer edges, and the policy unless times outside are dropped.</returns>
    public override string ToString()
    {
        string policy = OutsidePolicy == OutsideTime.Drop ? string.Empty : ", times outside in the nearest bin";
        string bins = Invariant($"{Bins} {(Bins == 1 ? "bin" : "bins")}");
        return Kind switch
        {
            TimeAxisKind.Edges => Invariant($"{bins} from {edges[0]:R} to {edges[^1]:R}{policy}"),
            TimeAxisKind.Quantiles => $"{bins} of equal occupancy, yet to be fitted{policy}",
            _ when Bins == 0 => $"a bin for each distinct time, yet to be fitted{policy}",
            _ => $"{bins} for the distinct times of each event{policy}",
        };
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
