using ParticleImages.Networks;
using ParticleImages.Plotting.Drawing;

namespace ParticleImages.Plotting.Networks;

/// <summary>The part of rows, columns and time around an event's hits, and its three projections.</summary>
internal sealed class HitBox
{
    private const int LeastPixels = 9;
    private const int UsualTimeBins = 21;

    private readonly double[] timeEdges;
    private readonly (double Low, double High) rows;
    private readonly (double Low, double High) columns;
    private readonly (double Low, double High) times;
    private readonly double timeUnit;
    private readonly string time;

    private HitBox(double[] timeEdges, (double, double) rows, (double, double) columns, (double, double) times, double timeUnit, string time)
    {
        this.timeEdges = timeEdges;
        this.rows = rows;
        this.columns = columns;
        this.times = times;
        this.timeUnit = timeUnit;
        this.time = time;
    }

    public static HitBox Around(Occlusion occlusion, double timeUnit)
    {
        IReadOnlyList<OccludedHit> hits = occlusion.Hits;
        double[] edges = Edges(occlusion);
        int[] bins = [.. hits.Select(hit => BinOf(edges, hit.Time))];
        (double first, double last) = bins.Length == 0 ? (0, edges.Length - 1) : (Math.Max(bins.Min() - 1, 0), Math.Min(bins.Max() + 2, edges.Length - 1));
        return new HitBox(
            edges,
            Pixels(hits.Select(hit => hit.Row), occlusion.ImageShape.Height),
            Pixels(hits.Select(hit => hit.Column), occlusion.ImageShape.Width),
            (timeUnit * edges[(int)first], timeUnit * edges[(int)last]),
            timeUnit,
            TimeEnds.Of(occlusion.Voxelizer).AxisName);
    }

    public Projection ColumnsAndRows(IEnumerable<(OccludedHit Hit, double Value)> hits) => new(
        "iφ",
        "iη",
        columns,
        rows,
        IsTimed: false,
        Added(hits, hit => (PixelOf(hit.Column), PixelOf(hit.Row))));

    public Projection ColumnsAndTime(IEnumerable<(OccludedHit Hit, double Value)> hits) => new(
        "iφ",
        time,
        columns,
        times,
        IsTimed: true,
        Added(hits, hit => (PixelOf(hit.Column), TimeOf(hit))));

    public Projection RowsAndTime(IEnumerable<(OccludedHit Hit, double Value)> hits) => new(
        "iη",
        time,
        rows,
        times,
        IsTimed: true,
        Added(hits, hit => (PixelOf(hit.Row), TimeOf(hit))));

    private static IReadOnlyList<ProjectedCell> Added(
        IEnumerable<(OccludedHit Hit, double Value)> hits, Func<OccludedHit, ((double, double) Across, (double, double) Up)> placeOf) =>
        [.. hits.GroupBy(hit => placeOf(hit.Hit)).Select(cell => new ProjectedCell(cell.Key.Across, cell.Key.Up, cell.Sum(hit => hit.Value)))];

    private static (double, double) PixelOf(int pixel) => (pixel - 0.5, pixel + 0.5);

    private (double, double) TimeOf(OccludedHit hit)
    {
        int bin = BinOf(timeEdges, hit.Time);
        return (timeUnit * timeEdges[bin], timeUnit * timeEdges[bin + 1]);
    }

    // The voxelizer's own bins where it has edges, with bins (edge, next edge]; hits that it keeps from outside are in the nearest one.
    private static int BinOf(double[] edges, float time)
    {
        int place = Array.BinarySearch(edges, (double)time);
        return Math.Clamp((place >= 0 ? place : ~place) - 1, 0, edges.Length - 2);
    }

    private static double[] Edges(Occlusion occlusion)
    {
        ReadOnlySpan<double> edges = occlusion.Voxelizer.Axis.Edges;
        if (edges.Length > 1)
        {
            return edges.ToArray();
        }

        // Without edges every distinct time has a frame of its own.
        double low = occlusion.Hits.Count == 0 ? 0 : occlusion.Hits.Min(hit => hit.Time);
        double high = occlusion.Hits.Count == 0 ? 0 : occlusion.Hits.Max(hit => hit.Time);
        double margin = high > low ? 0 : Math.Max(Math.Abs(high) * 0.01, 1e-3);
        (low, high) = (low - margin, high + margin);
        return [.. Enumerable.Range(0, UsualTimeBins + 1).Select(i => low + ((high - low) * i / UsualTimeBins))];
    }

    private static (double Low, double High) Pixels(IEnumerable<int> places, int count)
    {
        int[] all = [.. places];
        if (all.Length == 0)
        {
            return (-0.5, count - 0.5);
        }

        int low = all.Min() - 1, high = all.Max() + 1;
        int spare = Math.Max(0, LeastPixels - (high - low + 1));
        low = Math.Max(0, low - (spare / 2));
        high = Math.Min(count - 1, Math.Max(high + (spare - (spare / 2)), low + LeastPixels - 1));
        return (low - 0.5, high + 0.5);
    }
}
