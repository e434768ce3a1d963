using ParticleImages.Plotting.Drawing;
using ScottPlot;
using SkiaSharp;

namespace ParticleImages.Plotting;

/// <summary>
/// Calorimeter images as a table: a row an event, photons above electrons, the energy of its hits on the left
/// (logarithmic) and their time on the right (linear, zero grey). One colour bar a quantity, over the range of all events
/// shown. About 660 pixels wide and as high as the rows need, unless set.
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
    private readonly PictureUnits units;

    private EventsPicture(EventBatch events, int[] indices, PictureUnits units, PictureFrame frame)
        : base(frame)
    {
        this.events = events;
        this.indices = indices;
        this.units = units;
    }

    private protected override (int Width, int Height) DefaultSize => EventsLayout.DefaultSize(events.Shape, indices.Length, Frame.TitleHeight);

    /// <summary>Says what a unit of the data is, so that the colour bars can be in GeV and ns.</summary>
    /// <param name="gigaelectronvolts">A unit of energy in GeV, above 0; 50, the default, fits the public files.</param>
    /// <param name="nanoseconds">A unit of time in ns, above 0; 50, the default, fits the public files.</param>
    /// <returns>A copy.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A unit is not a finite number above 0.</exception>
    public EventsPicture Units(double gigaelectronvolts, double nanoseconds) =>
        new(events, indices, PictureUnits.Of(gigaelectronvolts, nanoseconds), Frame);

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

        return new EventsPicture(events, Choose(events, indices.ToArray()), PictureUnits.PublicFiles, PictureFrame.Default);
    }

    private protected override EventsPicture With(PictureFrame frame) =>
        new(events, indices, units, frame);

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
                canvas, $"event {indices[row]}", layout.NameEdge, cells.VerticalCenter + 11, PictureStyle.TickSize, SKTextAlign.Right);
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
