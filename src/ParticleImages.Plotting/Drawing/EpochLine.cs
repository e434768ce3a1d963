using ParticleImages.Evaluation;
using ScottPlot;

namespace ParticleImages.Plotting.Drawing;

/// <summary>A quantity by epoch as it is drawn: pieces between gaps, and around them the spread of several runs. Logarithmic ones are at their logarithms to base 10.</summary>
internal sealed class EpochLine
{
    // Up to this many epochs each is marked by a dot.
    private const int MostMarked = 30;
    private const float MarkerSize = 7;
    private const float LeavingSize = 9;

    private readonly EpochSpread[][] pieces;
    private readonly bool isMarked;
    private readonly bool hasSpread;

    // Also of what stands alone between gaps, where others have none.
    private readonly MarkerShape marker;

    private EpochLine(EpochSpread[][] pieces, bool isMarked, bool hasSpread, LineLegend.Entry entry, MarkerShape marker)
    {
        this.marker = marker;
        this.pieces = pieces;
        this.isMarked = isMarked;
        this.hasSpread = hasSpread;
        Entry = entry;
    }

    public LineLegend.Entry Entry { get; }

    /// <summary>Everything that has to be in sight; nothing where no value is finite.</summary>
    public IEnumerable<double> Places =>
        pieces.SelectMany(piece => piece).SelectMany(epoch => (double[])(hasSpread ? [epoch.Low, epoch.Median, epoch.High] : [epoch.Median]));

    /// <summary>Where its values begin; null where none is finite.</summary>
    public double? Start => pieces.Length > 0 ? pieces[0][0].Median : null;

    public static EpochLine Of(
        TrainingHistory[] runs, Func<EpochRecord, double?> value, bool isLogarithmic, LineLegend.Entry entry)
    {
        int[] epochs = [.. runs.SelectMany(run => run).Select(record => record.Epoch).Distinct().Order()];
        bool isMarked = epochs.Length <= MostMarked;
        return new EpochLine(
            [.. Pieces(epochs, EpochSpread.Of(runs, isLogarithmic ? record => Logarithm(value(record)) : value))],
            isMarked,
            runs.Length > 1,
            entry with { Marker = isMarked ? entry.Marker : MarkerShape.None },
            entry.Marker);
    }

    public void AddBand(Plot plot)
    {
        foreach (EpochSpread[] piece in hasSpread ? pieces : [])
        {
            // Half an epoch to either side of one alone, or it would have no width.
            EpochSpread[] shown = piece.Length > 1 ? piece : [piece[0], piece[0]];
            double[] places = piece.Length > 1 ? [.. piece.Select(epoch => (double)epoch.Epoch)] : [piece[0].Epoch - 0.25, piece[0].Epoch + 0.25];
            ScottPlot.Plottables.FillY band = plot.Add.FillY(
                places, [.. shown.Select(epoch => epoch.Low)], [.. shown.Select(epoch => epoch.High)]);
            band.FillColor = Entry.Color.WithAlpha(.22);
            band.LineWidth = 0;
            band.MarkerSize = 0;
        }
    }

    public void AddTo(Plot plot)
    {
        foreach (EpochSpread[] piece in pieces)
        {
            ScottPlot.Plottables.Scatter line = plot.Add.ScatterLine(piece.Select(epoch => new Coordinates(epoch.Epoch, epoch.Median)).ToArray());
            line.Color = Entry.Color;
            line.LinePattern = Entry.Pattern;
            line.LineWidth = PictureStyle.LineWidth;

            // Apart: markers of a dashed line would be drawn with its dashes, of which Skia complains on the console.
            if (isMarked || piece.Length == 1)
            {
                plot.PlottableList.Add(new Marks([.. piece.Select(epoch => new Mark(epoch.Epoch, epoch.Median, Entry.Color))], marker, MarkerSize));
            }
        }
    }

    /// <summary>Points out where the line leaves an axis: a triangle at its end, below or above.</summary>
    public void AddLeavings(Plot plot, double low, double high)
    {
        double inset = 0.03 * (high - low);
        foreach (EpochSpread[] piece in pieces)
        {
            EpochSpread[] left = [.. piece.Where((epoch, i) => IsBeyond(epoch) && (i == 0 || !IsBeyond(piece[i - 1])))];
            Add(left.Where(epoch => epoch.Median > high), high - inset, MarkerShape.FilledTriangleUp);
            Add(left.Where(epoch => epoch.Median < low), low + inset, MarkerShape.FilledTriangleDown);
        }

        bool IsBeyond(EpochSpread epoch) => epoch.Median < low || epoch.Median > high;

        void Add(IEnumerable<EpochSpread> epochs, double place, MarkerShape shape) =>
            plot.PlottableList.Add(new Marks([.. epochs.Select(epoch => new Mark(epoch.Epoch, place, Entry.Color))], shape, LeavingSize));
    }

    // An epoch that is there and has no value parts the line; one that no run has does not.
    private static IEnumerable<EpochSpread[]> Pieces(int[] epochs, IReadOnlyList<EpochSpread> spread)
    {
        var piece = new List<EpochSpread>();
        int next = 0;
        foreach (int epoch in epochs)
        {
            if (next < spread.Count && spread[next].Epoch == epoch)
            {
                piece.Add(spread[next++]);
            }
            else if (piece.Count > 0)
            {
                yield return [.. piece];
                piece.Clear();
            }
        }

        if (piece.Count > 0)
        {
            yield return [.. piece];
        }
    }

    private static double? Logarithm(double? value) => value > 0 ? Math.Log10(value.Value) : null;
}
