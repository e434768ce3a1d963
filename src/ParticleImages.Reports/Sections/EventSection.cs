using ParticleImages.Reports.Contents;
using ParticleImages.Reports.Figures;
using ParticleImages.Reports.Page;

namespace ParticleImages.Reports.Sections;

/// <summary>What the events are and what they look like.</summary>
internal static class EventSection
{
    // Of the usual image of 32 × 32 pixels the part that holds nearly all of a shower.
    private const int Crop = 10;

    public static void Write(HtmlText html, ReportContent content)
    {
        EventsContent events = content.Events!;
        html.Open("p").Text(FormattableString.Invariant($"{events.Photons + events.Electrons} events of {events.Distributions.Shape} pixels in ")).Foreign(events.Source).Text(events.IsSynthetic ? ". They are synthetic (toy showers)." : ".").Close().Line();
        new ReportTable(
            "classes",
            FormattableString.Invariant($"Events by class. All but their number is from {events.LookedAt.Count} of them, evenly spread. A hit is a pixel with a finite energy other than 0; a unit of energy is taken for 50 GeV"),
            [
                new("class"),
                new("events", IsNumber: true),
                new("hits an event", IsNumber: true),
                new("share of the pixels", IsNumber: true),
                new("energy an event in GeV", IsNumber: true),
                new($"share of the energy in the central {Crop} × {Crop}", IsNumber: true),
            ],
            [Row("photons", events.Photons, events.Distributions.Photons), Row("electrons", events.Electrons, events.Distributions.Electrons)]).Write(html);
        FigureList.Write(html, EventFigures.All, content, areIndependent: true);

        IReadOnlyList<TableCell> Row(string name, int count, ClassDistributions looked)
        {
            if (looked.Events == 0)
            {
                return [TableCell.Of(name), TableCell.Of(count), TableCell.Missing, TableCell.Missing, TableCell.Missing, TableCell.Missing];
            }

            double hits = (double)looked.Hits / looked.Events;
            Estimate? central = looked.Containment.Where(crop => crop.Size == Crop).Select(crop => (Estimate?)crop.Share).FirstOrDefault();
            return
            [
                TableCell.Of(name),
                TableCell.Of(count),
                TableCell.Of(Math.Round(hits, 2)),
                TableCell.Of(Math.Round(hits / (events.Distributions.Shape.Height * events.Distributions.Shape.Width), 4)),
                TableCell.Of(Math.Round(Sum(looked.MeanEnergies), 2)),
                central is { } share ? TableCell.Of(share.Value, share.StandardError) : TableCell.Missing,
            ];
        }
    }

    private static double Sum(ReadOnlySpan<double> energies)
    {
        double sum = 0;
        foreach (double energy in energies)
        {
            sum += energy;
        }

        return sum;
    }
}
