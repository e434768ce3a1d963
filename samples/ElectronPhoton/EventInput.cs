using ParticleImages;
using ParticleImages.Formats;
using ParticleImages.Simulation;
using ParticleImages.Terminal;

namespace ElectronPhoton;

/// <summary>The events of a run, the public files or simulated ones: opens them, says what they are, closes them.</summary>
internal sealed class EventInput : IDisposable
{
    private readonly List<EventSource> files = [];

    private EventInput(params ReadOnlySpan<string> paths)
    {
        try
        {
            foreach (string path in paths)
            {
                files.Add(EventFile.Open(path));
            }
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Photons, then electrons, as one source.</summary>
    public EventSource Events => files.Aggregate((first, next) => first.Concat(next));

    public static EventInput Open(Screen screen, string? dataFolder, JobSettings settings, string outputFolder, CancellationToken cancellation)
    {
        if (dataFolder is null)
        {
            return new EventInput(Simulated(screen, settings.PerClass, outputFolder, cancellation)).Describe(screen);
        }

        return new EventInput(Find(dataFolder, "SinglePhotonPt50"), Find(dataFolder, "SingleElectronPt50")).Describe(screen);
    }

    public void Dispose() => files.ForEach(file => file.Dispose());

    /// <summary>Simulates a file of events unless an earlier run left it.</summary>
    private static string Simulated(Screen screen, int perClass, string outputFolder, CancellationToken cancellation)
    {
        ToyShowers showers = ToyShowers.With(photons: perClass, electrons: perClass, seed: JobSettings.Seed);
        string path = Path.Combine(outputFolder, "events", $"synthetic-{perClass}-{perClass}-seed-{JobSettings.Seed}.hdf5");
        if (File.Exists(path) && IsWhole(path, showers))
        {
            screen.Say($"Using the events that an earlier run simulated: {Path.GetRelativePath(".", path)}");
            return path;
        }

        using EventSource events = showers.Build();
        screen.Count("Simulating", events.Count, progress => EventFile.Save(events, path, showers.Attributes, progress, cancellation));
        return path;
    }

    /// <summary>Whether a file left by an earlier run is undamaged and of this very simulation; else it is made again.</summary>
    private static bool IsWhole(string path, ToyShowers showers)
    {
        try
        {
            using EventSource events = EventFile.Open(path);
            IReadOnlyDictionary<string, string> kept = EventFile.ReadAttributes(path);
            return events.Count == showers.Photons + showers.Electrons
                && showers.Attributes.All(wanted => kept.TryGetValue(wanted.Key, out string? value) && value == wanted.Value);
        }
        catch (EventFormatException)
        {
            return false;
        }
    }

    private static string Find(string folder, string name)
    {
        if (!Directory.Exists(folder))
        {
            throw new DirectoryNotFoundException($"There is no folder {folder} for --data.");
        }

        string[] found = [.. Directory.EnumerateFiles(folder, $"{name}*").Where(path => Path.GetExtension(path) is ".hdf5" or ".h5")];
        return found switch
        {
            [string only] => only,
            [] => throw new FileNotFoundException($"{folder} has no file {name}*.hdf5. --data wants a folder with one photon and one electron file."),
            _ => throw new IOException($"{folder} has {found.Length} files {name}*.hdf5; which is meant? Leave one in the folder."),
        };
    }

    private EventInput Describe(Screen screen)
    {
        EventSource events = Events;
        var labels = new int[events.Count];
        events.ReadLabels(0, labels);
        int electrons = labels.Count(label => label == ParticleLabel.Electron);

        // A thousand of them, evenly spread, so that both classes count.
        int[] rows = [.. Enumerable.Range(0, Math.Min(events.Count, 1000)).Select(i => (int)((long)i * events.Count / Math.Min(events.Count, 1000)))];
        HitEvents sample = HitEvents.From(events.Select(rows));
        screen.Say(
            $"Read {string.Join(" and ", files.Select(file => Path.GetFileName(file.Name)))}: {events.Count} events of {events.ImageShape} pixels, {events.Count - electrons} photons and {electrons} electrons, "
            + $"about {(double)sample.HitCount / Math.Max(1, sample.Count):F0} hits an event.");
        return this;
    }
}
