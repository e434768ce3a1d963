using ParticleImages.Terminal;

namespace ParticleImages.Cli;

/// <summary>What the events of a source hold, class by class.</summary>
internal sealed class EventStatistics
{
    private const int EventsAtATime = 256;

    // By label: photons, electrons.
    private readonly ClassStatistics[] classes = [new(), new()];

    /// <summary>Reads all events once, a block in memory at a time.</summary>
    public static EventStatistics Of(EventSource events, IProgress<int> progress, CancellationToken cancellation)
    {
        var statistics = new EventStatistics();
        int values = events.ImageShape.Values;
        int most = Math.Min(EventsAtATime, events.Count);
        var images = new float[most * values];
        var labels = new int[most];
        for (int start = 0; start < events.Count;)
        {
            cancellation.ThrowIfCancellationRequested();
            int count = Math.Min(most, events.Count - start);
            events.ReadInto(start, images.AsSpan(0, count * values), labels.AsSpan(0, count));
            for (int i = 0; i < count; i++)
            {
                statistics.classes[labels[i]].Add(images.AsSpan(i * values, values));
            }

            start += count;
            progress.Report(start);
        }

        return statistics;
    }

    /// <summary>Looks at all hits once; several may share a pixel, which no image can hold.</summary>
    public static EventStatistics Of(HitEvents events, IProgress<int> progress, CancellationToken cancellation)
    {
        var statistics = new EventStatistics();
        for (int i = 0; i < events.Count; i++)
        {
            if (i % EventsAtATime == 0)
            {
                cancellation.ThrowIfCancellationRequested();
                progress.Report(i);
            }

            statistics.classes[events.Labels[i]].Add(events[i]);
        }

        progress.Report(events.Count);
        return statistics;
    }

    /// <summary>The statistics as a table: a column for each class that has events, and one for both.</summary>
    public void Say(Screen screen)
    {
        ClassStatistics both = ClassStatistics.Sum(classes[ParticleLabel.Photon], classes[ParticleLabel.Electron]);
        (string Name, ClassStatistics Values)[] columns =
        [
            .. new[] { ("photons", classes[ParticleLabel.Photon]), ("electrons", classes[ParticleLabel.Electron]) }
                .Where(column => column.Item2.Events > 0),
        ];
        if (columns.Length != 1)
        {
            columns = [.. columns, ("all", both)];
        }

        screen.Say(new Sheet(
            [
                Row("", column => column.Name),
                Count("events", values => values.Events),
                Count("all-zero events", values => values.AllZeroEvents),
                Cell("hits an event", values => AnEvent(values.Hits, values.Events)),
                Cell(
                    Sentence.Invariant($"hits above {ClassStatistics.UsualThreshold}"),
                    values => AnEvent(values.HitsAbove, values.Events)),
                Cell("energy of hits, least", values => OfHits(values, values.LeastEnergy)),
                Cell("energy of hits, greatest", values => OfHits(values, values.GreatestEnergy)),
                Cell("time of hits, earliest", values => OfHits(values, values.EarliestTime)),
                Cell("time of hits, latest", values => OfHits(values, values.LatestTime)),
                Count("NaN values", values => values.NotANumber),
                Count("infinite values", values => values.Infinite),
                Count("negative energies", values => values.NegativeEnergies),
            ])
        {
            HasNames = true,
            IsNumber = column => column > 0,
        });

        string[] Row(string name, Func<(string Name, ClassStatistics Values), string> text) => [name, .. columns.Select(text)];

        string[] Cell(string name, Func<ClassStatistics, string> text) => Row(name, column => text(column.Values));

        string[] Count(string name, Func<ClassStatistics, long> number) =>
            Cell(name, values => Sentence.Invariant($"{number(values)}"));
    }

    private static string AnEvent(long number, long events) => events == 0 ? "-" : Sentence.Invariant($"{(double)number / events:F2}");

    private static string OfHits(ClassStatistics values, float value) => values.Hits == 0 ? "-" : Sentence.Invariant($"{value:G5}");
}
