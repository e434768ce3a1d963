using ParticleImages.Plotting.Drawing;
using ScottPlot;
using SkiaSharp;

namespace ParticleImages.Plotting;

/// <summary>
/// Calorimeter images as a table: a row an event, photons above electrons, the energy of its hits on the left
/// (logarithmic) and their time on the right (linear, zero grey). One colour bar a quantity, over the range of all events
/// shown. About 680 pixels wide and as high as the rows need, unless set.
/// </summary>
/// <remarks>
/// Made by <see cref="Picture.Events"/>. A hit is a pixel with a finite energy other than 0 and a finite time; all else is
/// left blank, and so is, on the left, a hit of negative energy, which has no logarithm. Rows of the image (iη) run
/// upward, columns (iφ) to the right, both from 0. Immutable; verbs give copies.
/// </remarks>
public sealed class EventsPicture : StyledPicture<EventsPicture>
{
    /// <summary>The most events in one picture: 32.</summary>
    public const int MostEvents = 32;

    private const int ShownOfEachClass = 3;

    private readonly EventBatch events;
    private readonly int[] indices;
    private readonly int[]? rows;
    private readonly PictureUnits units;

    private EventsPicture(EventBatch events, int[] indices, int[]? rows, PictureUnits units, PictureFrame frame)
        : base(frame)
    {
        this.events = events;
        this.indices = indices;
        this.rows = rows;
        this.units = units;
    }

    private protected override (int Width, int Height) DefaultSize => EventsLayout.DefaultSize(events.Shape, indices.Length, Frame.TitleHeight);

    /// <summary>Says what a unit of the data is, so that the colour bars can be in GeV and ns.</summary>
    /// <param name="gigaelectronvolts">A unit of energy in GeV, above 0; 50, the default, fits the public files.</param>
    /// <param name="nanoseconds">A unit of time in ns, above 0; 50, the default, fits the public files.</param>
    /// <returns>A copy.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A unit is not a finite number above 0.</exception>
    public EventsPicture Units(double gigaelectronvolts, double nanoseconds) =>
        new(events, indices, rows, PictureUnits.Of(gigaelectronvolts, nanoseconds), Frame);

    /// <summary>Says what captions call the events: their rows where they come from, if the batch is a choice of them.</summary>
    /// <param name="rows">A number for each event of the batch, in its order, at least 0; without them, the default, captions have places in the batch.</param>
    /// <returns>A copy.</returns>
    /// <exception cref="ArgumentException">There are fewer or more numbers than events.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is below 0.</exception>
    public EventsPicture Numbered(params ReadOnlySpan<int> rows)
    {
        if (rows.Length != events.Count)
        {
            throw new ArgumentException($"The batch has {events.Count} events; received {rows.Length} numbers. Give one for each event of the batch, drawn or not.", nameof(rows));
        }

        foreach (int row in rows)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(row, nameof(rows));
        }

        return new EventsPicture(events, indices, rows.ToArray(), units, Frame);
    }

    internal static EventsPicture Of(EventBatch events, ReadOnlySpan<int> indices)
    {
        ChosenEvent.CheckAny(events);
        if (indices.Length > MostEvents)
        {
            throw new ArgumentException(
                $"{indices.Length} events were asked for; one picture shows {MostEvents} at most. Draw several.", nameof(indices));
        }

        foreach (int index in indices)
        {
            ChosenEvent.Check(events, index, nameof(indices));
        }

        return new EventsPicture(events, Choose(events, indices.ToArray()), rows: null, PictureUnits.PublicFiles, PictureFrame.Default);
    }

    private protected override EventsPicture With(PictureFrame frame) =>
        new(events, indices, rows, units, frame);

    private protected override void Draw(SKCanvas canvas, PixelRect area)
    {
        EventsLayout layout = EventsLayout.Within(area, events.Shape, indices.Length);
        HitMap[] maps = [.. indices.Select(index => HitMap.Of(events, index, units.Energy, units.Time))];
        DrawQuantity(
            canvas, layout, column: 0, "Energy", "GeV", "no energy above 0", [.. maps.Select(map => map.Energies)], ColorScale.Logarithmic);
        DrawQuantity(
            canvas, layout, column: 1, "Time", "ns", "no hits", [.. maps.Select(map => map.Times)], ColorScale.Symmetric);
        for (int row = 0; row < indices.Length; row++)
        {
            PixelRect cells = layout.Cells(row, column: 0);
            string label = ParticleLabel.NameOf(events.Labels[indices[row]]);
            PictureText.At(canvas, label, layout.NameEdge, cells.VerticalCenter - 11, PictureStyle.LabelSize, SKTextAlign.Right);
            PictureText.At(
                canvas, $"event {rows?[indices[row]] ?? indices[row]}", layout.NameEdge, cells.VerticalCenter + 11, PictureStyle.TickSize, SKTextAlign.Right, room: layout.NameEdge - area.Left - 8);
        }
    }

    private void DrawQuantity(
        SKCanvas canvas,
        EventsLayout layout,
        int column,
        string name,
        string unit,
        string nothing,
        IReadOnlyList<HitValue>[] rows,
        Func<IReadOnlyCollection<double>, ColorScale> scaleOf)
    {
        PictureText.Fit(canvas, name, layout.Heading(column), PictureStyle.LabelSize);
        double[] values = [.. rows.SelectMany(row => row).Select(hit => hit.Value)];
        ColorScale? scale = values.Length > 0 ? scaleOf(values) : null;
        for (int row = 0; row < rows.Length; row++)
        {
            (PixelRect room, PixelPadding axes) = layout.Panel(row, column);
            ImagePanel.Draw(
                canvas, room, axes, events.Shape, rows[row], scale, hasColumns: row == rows.Length - 1, hasRows: column == 0);
            if (rows[row].Count == 0)
            {
                PictureText.Fit(canvas, nothing, layout.Cells(row, column), PictureStyle.TickSize);
            }
        }

        if (scale is not null)
        {
            using Plot bar = scale.Bar($"{name} ({unit})");
            (PixelRect area, PixelPadding padding) = layout.Bar(column);
            PictureStyle.Render(bar, canvas, area, padding);
        }
    }

    private static int[] Choose(EventBatch events, int[] indices)
    {
        int[] candidates = indices.Length > 0 ? indices : [.. Enumerable.Range(0, events.Count)];
        int most = indices.Length > 0 ? MostEvents : ShownOfEachClass;
        return [.. OfClass(ParticleLabel.Photon), .. OfClass(ParticleLabel.Electron)];

        IEnumerable<int> OfClass(int label) => candidates.Where(index => events.Labels[index] == label).Take(most);
    }
}
