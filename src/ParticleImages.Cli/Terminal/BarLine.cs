using Spectre.Console;
using Spectre.Console.Rendering;

namespace ParticleImages.Terminal;

/// <summary>A line with a name, a bar and details. The name gets two fifths of the line; where room lacks for the details, the last are left out.</summary>
/// <param name="name">What goes on.</param>
/// <param name="share">How much of it is done, 0 to 1; null where nobody knows.</param>
/// <param name="details">What else there is to say, the most important first.</param>
internal sealed class BarLine(string name, double? share, params string[] details) : Renderable
{
    private const int Between = 2;
    private const int Shortest = 8;
    private const int Longest = 30;

    private static readonly Style Full = new(Color.Green);
    private static readonly Style Empty = new(Color.Grey);

    protected override IEnumerable<Segment> Render(RenderOptions options, int maxWidth)
    {
        // The last column stays free: some terminals begin a line as soon as it is full.
        int room = maxWidth - Sheet.Indent - Between - Shortest - 1;
        string shownName = Letters.Cut(Letters.Visible(name), maxWidth * 2 / 5);
        room -= shownName.GetCellWidth();
        string shown = "";
        foreach (string detail in details.Select(Letters.Visible).TakeWhile(detail => (room -= Between + detail.GetCellWidth()) >= 0))
        {
            shown += new string(' ', Between) + detail;
        }

        int used = Sheet.Indent + shownName.GetCellWidth() + Between + shown.GetCellWidth() + 1;
        int length = Math.Clamp(maxWidth - used, 0, Longest);
        int full = (int)(length * Math.Clamp(share ?? 0, 0, 1));
        yield return new Segment(new string(' ', Sheet.Indent) + shownName + new string(' ', Between));
        yield return new Segment(new string(options.Unicode ? '━' : '#', full), Full);
        yield return new Segment(new string(options.Unicode ? '─' : '-', length - full), Empty);
        yield return new Segment(shown);
    }
}
