using ParticleImages.Voxelization;

namespace ParticleImages.Reports.Contents;

/// <summary>What the events are: how many of each class, what they hold, and some to look at.</summary>
/// <param name="Source">Where they are.</param>
/// <param name="Photons">How many there are.</param>
/// <param name="Electrons">How many there are.</param>
/// <param name="LookedAt">Those of them that the distributions are of.</param>
/// <param name="Distributions">What they hold.</param>
/// <param name="Examples">The first of each class.</param>
/// <param name="ExampleRows">Where each of these stands in the source.</param>
internal sealed record EventsContent(string Source, int Photons, int Electrons, HitEvents LookedAt, EventDistributions Distributions, EventBatch Examples, IReadOnlyList<int> ExampleRows)
{
    /// <summary>Whether they are known to be simulated.</summary>
    public bool IsSynthetic { get; init; }

    // Of larger files an even share tells as much, and a report is for looking at soon.
    private const int MostLookedAt = 10_000;

    private const int ExamplesOfEachClass = 3;

    /// <summary>What the events are; null where there are none.</summary>
    public static EventsContent? OfSome(EventSource events, CancellationToken cancellation) => events.Count > 0 ? Of(events, cancellation) : null;

    public static EventsContent Of(EventSource events, CancellationToken cancellation = default)
    {
        var labels = new int[events.Count];
        events.ReadLabels(0, labels);
        int electrons = labels.Count(label => label == ParticleLabel.Electron);
        int count = Math.Min(events.Count, MostLookedAt);
        HitEvents looked = HitEvents.From(events.Select([.. Enumerable.Range(0, count).Select(i => (int)((long)i * events.Count / count))]), cancellation);
        int[] examples =
        [
            .. new[] { ParticleLabel.Photon, ParticleLabel.Electron }
                .SelectMany(label => Enumerable.Range(0, labels.Length).Where(row => labels[row] == label).Take(ExamplesOfEachClass))
                .Order(),
        ];
        return new EventsContent(events.Name, events.Count - electrons, electrons, looked, EventDistributions.Of(looked), events.Select(examples).Read(0, examples.Length), examples);
    }

    /// <summary>What the cuts of a voxelizer leave.</summary>
    public CutFlow CutsOf(Voxelizer voxelizer) => voxelizer.CountCuts(LookedAt);
}
