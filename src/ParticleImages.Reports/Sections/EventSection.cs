using ParticleImages.Reports.Contents;
using ParticleImages.Reports.Figures;
using ParticleImages.Reports.Page;

namespace ParticleImages.Reports.Sections;

/// <summary>What the events are and what they look like.</summary>
internal static class EventSection
{
    public static void Write(HtmlText html, ReportContent content)
    {
        EventsContent events = content.Events!;
        html.Open("p").Text(FormattableString.Invariant($"{events.Photons + events.Electrons} events of {events.Shape} pixels in ")).Foreign(events.Source).Text(".").Close().Line();
        new ReportTable(
            "classes",
            FormattableString.Invariant($"Events by class. Hits, pixels with a finite energy other than 0, are those of {events.LookedAt} events, evenly spread; energies are in the files' unit"),
            [
                new("class"),
                new("events", IsNumber: true),
                new("hits an event", IsNumber: true),
                new("spread of the hits", IsNumber: true),
                new("share of pixels hit", IsNumber: true),
                new("greatest energy", IsNumber: true),
            ],
            [Row("photons", events.Photons, events.Photon), Row("electrons", events.Electrons, events.Electron)]).Write(html);
        FigureList.Write(html, EventFigures.All, content);

        IReadOnlyList<TableCell> Row(string name, int count, OccupancyOf occupancy) => occupancy.Events == 0
            ? [TableCell.Of(name), TableCell.Of(count), TableCell.Missing, TableCell.Missing, TableCell.Missing, TableCell.Missing]
            :
            [
                TableCell.Of(name),
                TableCell.Of(count),
                TableCell.Of(Math.Round(occupancy.Hits, 2)),
                TableCell.Of(Math.Round(occupancy.Spread, 2)),
                TableCell.Of(Math.Round(occupancy.Hits / (events.Shape.Height * events.Shape.Width), 4)),
                TableCell.Of(Math.Round(occupancy.GreatestEnergy, 4)),
            ];
    }
}
