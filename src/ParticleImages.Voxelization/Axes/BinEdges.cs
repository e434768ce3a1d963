using System.Globalization;

namespace ParticleImages.Voxelization;

/// <summary>How edges are computed: every rule is numpy's, so that the same numbers come out there and here.</summary>
internal static class BinEdges
{
    /// <summary>
    /// The points of numpy.arange(start, stop, step), and with <paramref name="closeLastBin"/> one more, so that every
    /// point begins a bin.
    /// </summary>
    public static double[] Arange(double start, double stop, double step, bool closeLastBin)
    {
        CheckFinite(start, nameof(start));
        CheckFinite(stop, nameof(stop));
        CheckFinite(step, nameof(step));
        if (step <= 0)
        {
            throw new ArgumentOutOfRangeException(nameof(step), step, "The step is the width of a bin: a number above 0.");
        }

        CheckOrder(start, stop);
        double points = Math.Max(1, Math.Ceiling((stop - start) / step));
        if (points > TimeAxis.MaximumBins)
        {
            throw new ArgumentOutOfRangeException(
                nameof(step),
                step,
                Invariant($"From {start:R} to {stop:R} it makes {points:R} bins; an axis has at most {TimeAxis.MaximumBins}. ")
                + "Use a wider step.");
        }

        // numpy's own arithmetic: the distance of the first two rounded points, not the step, is multiplied.
        double distance = (start + step) - start;
        var edges = new double[(int)points + (closeLastBin ? 1 : 0)];
        for (int k = 0; k < edges.Length; k++)
        {
            edges[k] = start + (k * distance);
        }

        return Ascending(edges, nameof(step), step, "Choose start, stop and step of comparable sizes.");
    }

    /// <summary>The points of numpy.linspace(start, stop, bins + 1).</summary>
    public static double[] Linspace(double start, double stop, int bins)
    {
        CheckFinite(start, nameof(start));
        CheckFinite(stop, nameof(stop));
        CheckBins(bins);
        CheckOrder(start, stop);
        double distance = (stop - start) / bins;
        var edges = new double[bins + 1];
        for (int k = 0; k < bins; k++)
        {
            edges[k] = (k * distance) + start;
        }

        edges[bins] = stop;
        return Ascending(edges, nameof(bins), bins, "Use fewer bins, or start and stop of comparable sizes.");
    }

    /// <summary>
    /// Edges between which equally many of the times lie: edge k is numpy.quantile(times, k / bins), the first one float32 below the
    /// earliest time, so that it lies inside.
    /// </summary>
    /// <exception cref="InvalidOperationException">There are no times, or too many are equal for so many bins.</exception>
    public static double[] Quantiles(float[] times, int bins)
    {
        if (times.Length == 0)
        {
            throw new InvalidOperationException(
                "No hit of the events passes the cuts and the crop, so their times have no quantiles. Cut less, or fit on other events.");
        }

        Array.Sort(times);
        var edges = new double[bins + 1];
        edges[0] = MathF.BitDecrement(times[0]);
        if (!double.IsFinite(edges[0]))
        {
            throw new InvalidOperationException(Invariant(
                $"The earliest time is {times[0]:R}, and no float32 lies before it where the first bin could begin. Set KeepTimeWithin."));
        }

        for (int k = 1; k <= bins; k++)
        {
            // As numpy does it: from the nearer neighbour, so that neither end is overshot.
            double place = (double)k / bins * (times.Length - 1);
            int below = (int)place;
            double fraction = place - below;
            double low = times[below];
            double high = times[Math.Min(below + 1, times.Length - 1)];
            edges[k] = fraction >= 0.5 ? high - ((high - low) * (1 - fraction)) : low + ((high - low) * fraction);
            if (edges[k] <= edges[k - 1])
            {
                throw new InvalidOperationException(Invariant(
                    $"Of {bins} bins of equal occupancy, bin {k - 1} would be empty: edges {k - 1} and {k} are both {edges[k]:R}, since many of the {times.Length} hits have the same time. Ask for fewer bins, or give edges."));
            }
        }

        return edges;
    }

    public static void CheckBins(int bins, string name = "bins")
    {
        if (bins is < 1 or > TimeAxis.MaximumBins)
        {
            throw new ArgumentOutOfRangeException(
                name, bins, $"A time axis has 1 to {TimeAxis.MaximumBins} bins.");
        }
    }

    private static double[] Ascending(double[] edges, string name, object value, string advice)
    {
        for (int k = 0; k < edges.Length; k++)
        {
            if (!double.IsFinite(edges[k]) || (k > 0 && edges[k] <= edges[k - 1]))
            {
                throw new ArgumentOutOfRangeException(
                    name,
                    value,
                    Invariant($"Edge {k} of an axis from {edges[0]:R} would be {edges[k]:R}: neighbouring edges are not finite ")
                    + $"and ascending in double precision. {advice}");
            }
        }

        return edges;
    }

    private static void CheckOrder(double start, double stop)
    {
        if (stop <= start)
        {
            throw new ArgumentOutOfRangeException(nameof(stop), stop, Invariant($"The axis must stop after it starts, at {start:R}."));
        }
    }

    private static void CheckFinite(double value, string name)
    {
        if (!double.IsFinite(value))
        {
            throw new ArgumentOutOfRangeException(name, value, $"An axis has a finite {name}.");
        }
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
