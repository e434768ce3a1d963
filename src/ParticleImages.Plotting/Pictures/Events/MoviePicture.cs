using ParticleImages.Plotting.Drawing;
using ParticleImages.Voxelization;
using ScottPlot;
using SkiaSharp;

namespace ParticleImages.Plotting;

/// <summary>
/// One event as a voxelizer bins it, frame after frame: as <c>.gif</c> a movie that repeats for ever, as <c>.png</c> or <c>.svg</c> a sheet with all frames side by side.
/// Every frame says its time interval; one logarithmic colour scale holds for all. A frame of the movie is about 490 × 600 pixels and a sheet as large as its frames
/// need, unless the size is set: of the frame in a movie, of the whole sheet otherwise.
/// </summary>
/// <remarks>
/// Made by <see cref="Picture.Movie"/>. Energies are in GeV whatever the voxelizer's scaling; voxels without energy above 0 are blank. Rows and columns are numbered as in the
/// image, also in a crop. Immutable; verbs give copies.
/// </remarks>
public sealed class MoviePicture : StyledPicture<MoviePicture>
{
    /// <summary>The most frames of a movie: 256.</summary>
    public const int MostFrames = 256;

    private const float SheetHeading = 30;
    private const float SheetSide = 160;
    private const float LeastSheetSide = 110;

    private static readonly PictureFormat[] FormatsOfMovies =
        [new(".gif", (picture, stream) => ((MoviePicture)picture).WriteGif(stream)), .. PictureFormat.Still];

    private readonly Voxelizer voxelizer;
    private readonly ChosenEvent chosen;
    private readonly PictureUnits units;
    private readonly int milliseconds;

    private MoviePicture(Voxelizer voxelizer, ChosenEvent chosen, PictureUnits units, int milliseconds, PictureFrame frame)
        : base(frame)
    {
        this.voxelizer = voxelizer;
        this.chosen = chosen;
        this.units = units;
        this.milliseconds = milliseconds;
    }

    internal override IReadOnlyList<PictureFormat> Formats => FormatsOfMovies;

    private protected override (int Width, int Height) DefaultSize
    {
        get
        {
            VoxelShape shape = EventFrames.ShapeOf(voxelizer, chosen.One.Shape);
            (int width, int height) = ImageGrid.SizeFor(new ImageShape(shape.Height, shape.Width), SheetColumns(shape.Frames), shape.Frames, SheetHeading, SheetSide);
            return (width, height + Frame.TitleHeight + (int)SheetHeading);
        }
    }

    /// <summary>Says what a unit of the data is, so that colours can be in GeV and intervals in ns.</summary>
    /// <param name="gigaelectronvolts">A unit of energy in GeV, above 0; 50, the default, fits the public files.</param>
    /// <param name="nanoseconds">A unit of time in ns, above 0; 50, the default, fits the public files.</param>
    /// <returns>A copy.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A unit is not a finite number above 0.</exception>
    public MoviePicture Units(double gigaelectronvolts, double nanoseconds) =>
        new(voxelizer, chosen, PictureUnits.Of(gigaelectronvolts, nanoseconds), milliseconds, Frame);

    /// <summary>Says what the caption calls the event: its row where it comes from, if the batch is a choice of events.</summary>
    /// <param name="row">The number, at least 0; without it, the default, the caption has the place in the batch.</param>
    /// <returns>A copy.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The number is below 0.</exception>
    public MoviePicture Numbered(int row) => new(voxelizer, chosen.Numbered(row), units, milliseconds, Frame);

    /// <summary>Says how long the movie shows each frame.</summary>
    /// <param name="milliseconds">20 to 10000, to the nearest 10, which is all that GIF can tell; 200 is the default.</param>
    /// <returns>A copy.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The time is outside 20 to 10000.</exception>
    public MoviePicture FrameTime(int milliseconds)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(milliseconds, 20);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(milliseconds, 10_000);
        return new MoviePicture(voxelizer, chosen, units, milliseconds, Frame);
    }

    internal static MoviePicture Of(Voxelizer voxelizer, EventBatch events, int index)
    {
        ArgumentNullException.ThrowIfNull(voxelizer);
        ChosenEvent chosen = ChosenEvent.Of(events, index);
        int count = EventFrames.ShapeOf(voxelizer, events.Shape).Frames;
        return count <= MostFrames
            ? new MoviePicture(voxelizer, chosen, PictureUnits.PublicFiles, 200, PictureFrame.Default)
            : throw new ArgumentException(
                $"The voxelizer makes {count} frames; a movie has {MostFrames} at most. Use a time axis with fewer bins.", nameof(voxelizer));
    }

    private protected override MoviePicture With(PictureFrame frame) => new(voxelizer, chosen, units, milliseconds, frame);

    private protected override void Draw(SKCanvas canvas, PixelRect area)
    {
        EventFrames frames = EventFrames.Of(voxelizer, chosen.One, units);
        var heading = new PixelRect(area.Left, area.Right, area.Top + SheetHeading, area.Top);
        PictureText.Fit(canvas, chosen.Caption, heading, PictureStyle.LabelSize);
        ImageGrid grid = ImageGrid.Within(
            new PixelRect(area.Left, area.Right, area.Bottom, heading.Bottom), frames.Shape, SheetColumns(frames.Count), frames.Count, SheetHeading, LeastSheetSide);
        double[] values = frames.AllValues;
        ColorScale? scale = values.Length > 0 ? ColorScale.Logarithmic(values) : null;
        for (int i = 0; i < frames.Count; i++)
        {
            PixelRect above = grid.Heading(i);
            PictureText.Fit(canvas, frames.TimeOf(i), new PixelRect(above.Left - 16, above.Right + 16, above.Bottom, above.Top), PictureStyle.TickSize);
            (PixelRect room, PixelPadding axes) = grid.Panel(i);
            ImagePanel.Draw(canvas, room, axes, frames.Shape, frames.Values[i], scale, grid.HasColumns(i), grid.HasRows(i), frames.First);
        }

        if (scale is null)
        {
            PictureText.Fit(canvas, MovieFrame.Nothing, grid.Bar.Area, PictureStyle.LabelSize);
            return;
        }

        using Plot bar = scale.Bar("Energy (GeV)");
        (PixelRect barArea, PixelPadding padding) = grid.Bar;
        PictureStyle.Render(bar, canvas, barArea, padding);
    }

    // About 3 : 2, wider than high.
    private static int SheetColumns(int frames) => Math.Max(1, (int)Math.Round(Math.Sqrt(1.5 * frames)));

    private void WriteGif(Stream stream)
    {
        var frame = new MovieFrame(EventFrames.Of(voxelizer, chosen.One, units), chosen.Caption, Frame);
        frame.Write(stream, hundredths: (milliseconds + 5) / 10);
    }
}
