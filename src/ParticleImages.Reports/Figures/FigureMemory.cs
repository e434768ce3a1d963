using System.Collections.Concurrent;
using ParticleImages.Reports.Contents;

namespace ParticleImages.Reports.Figures;

/// <summary>Pictures that were drawn, for as long as what they show is the same. Safe for several threads.</summary>
internal sealed class FigureMemory
{
    private readonly ConcurrentDictionary<string, (object[] From, DrawnFigure Drawn)> kept = [];

    /// <summary>A picture: the one that was drawn before where it shows the same.</summary>
    public DrawnFigure Of(Figure figure, ReportContent content)
    {
        object[] from = figure.From(content)!;
        if (kept.TryGetValue(figure.Id, out (object[] From, DrawnFigure Drawn) earlier) && earlier.From.SequenceEqual(from, ReferenceEqualityComparer.Instance))
        {
            return earlier.Drawn;
        }

        var drawn = DrawnFigure.Of(figure, content);
        if (drawn.Image is not null)
        {
            // What failed may do the next time.
            kept[figure.Id] = (from, drawn);
        }

        return drawn;
    }
}
