namespace ParticleImages.Reports.Contents;

/// <summary>What the events are: how many of each class, how full they are, and some to look at.</summary>
internal sealed record EventsContent(string Source, ImageShape Shape, int Photons, int Electrons, OccupancyOf Photon, OccupancyOf Electron, EventBatch Examples)
{
    // Of larger files an even share tells as much, and a report is for looking at soon.
    private const int MostLookedAt = 2000;

    private const int ExamplesOfEachClass = 3;

    /// <summary>How many of the events the occupancy is of.</summary>
    public int LookedAt => Photon.Events + Electron.Events;

    public static EventsContent Of(EventSource events)
    {
        var labels = new int[events.Count];
        events.ReadLabels(0, labels);
        int electrons = labels.Count(label => label == ParticleLabel.Electron);
        int count = Math.Min(events.Count, MostLookedAt);
        HitEvents looked = HitEvents.From(events.Select([.. Enumerable.Range(0, count).Select(i => (int)((long)i * events.Count / count))]));
        int[] examples =
        [
            .. new[] { ParticleLabel.Photon, ParticleLabel.Electron }
                .SelectMany(label => Enumerable.Range(0, labels.Length).Where(row => labels[row] == label).Take(ExamplesOfEachClass))
                .Order(),
        ];
        return new EventsContent(
            events.Name,
            events.ImageShape,
            events.Count - electrons,
            electrons,
            OccupancyOf.Class(looked, ParticleLabel.Photon),
            OccupancyOf.Class(looked, ParticleLabel.Electron),
            events.Select(examples).Read(0, examples.Length));
    }
}
