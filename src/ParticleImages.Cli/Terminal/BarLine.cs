using Spectre.Console;
using Spectre.Console.Rendering;

namespace ParticleImages.Terminal;

/// <summary>A line with a name, a bar and details. The name gets two fifths of the line; where room lacks for the details, the last are left out.</summary>
/// <param name="name">What goes on.</param>
/// <param name="share">How much of it is done, 0 to 1; null where nobody knows.</param>
/// <param name="details">What else there is to say, the most important first.</param>
internal sealed class BarLine(string name, double? share, params string[] details) : Renderable
{
    /// <summary>Cells that stay free at the end for the ^C that a terminal echoes there: in a full line it would begin another, and the bar could no longer be taken away.</summary>
    public const int Spare = 3;

    private const int Between = 2;
    private const int Shortest = 6;
    private const int Longest = 30;

    private static readonly Style Full = new(Color.Green);
    private static readonly Style Empty = new(Color.Grey);

    protected override Measurement Measure(RenderOptions options, int maxWidth)
    {
        int width = Math.Clamp(options.ConsoleSize.Width - Spare, 1, maxWidth);
        return new Measurement(width, width);
    }

    protected override IEnumerable<Segment> Render(RenderOptions options, int maxWidth)
    {
        int room = maxWidth - Sheet.Indent - Between - Shortest;
        string shownName = Letters.Cut(Letters.Visible(name), maxWidth * 2 / 5);
        room -= shownName.GetCellWidth();
        string shown = "";
        foreach (string detail in details.Select(Letters.Visible).TakeWhile(detail => (room -= Between + detail.GetCellWidth()) >= 0))
        {
            shown += new string(' ', Between) + detail;
        }

        int used = Sheet.Indent + shownName.GetCellWidth() + Between + shown.GetCellWidth();
        int length = Math.Clamp(maxWidth - used, 0, Longest);
        int full = (int)(length * Math.Clamp(share ?? 0, 0, 1));
        yield return new Segment(new string(' ', Sheet.Indent) + shownName + new string(' ', Between));
        yield return new Segment(new string(options.Unicode ? '━' : '#', full), Full);
        yield return new Segment(new string(options.Unicode ? '─' : '-', length - full), Empty);
        yield return new Segment(shown);
    }
}
