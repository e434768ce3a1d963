using ParticleImages;
using ParticleImages.Formats;
using ParticleImages.Simulation;
using Spectre.Console;

namespace ElectronPhoton;

/// <summary>Opens the events of a run, the public files or simulated ones, and says what they are.</summary>
internal static class EventInput
{
    /// <summary>Photons, then electrons, as one source.</summary>
    public static EventSource Open(string? dataFolder, JobSettings settings, string outputFolder, CancellationToken cancellation)
    {
        if (dataFolder is null)
        {
            return Describe(EventFile.Open(Simulated(settings.PerClass, outputFolder, cancellation)));
        }

        EventSource photons = EventFile.Open(Find(dataFolder, "SinglePhotonPt50"));
        EventSource electrons = EventFile.Open(Find(dataFolder, "SingleElectronPt50"));
        return Describe(photons.Concat(electrons));
    }

    /// <summary>Simulates a file of events unless an earlier run left it.</summary>
    private static string Simulated(int perClass, string outputFolder, CancellationToken cancellation)
    {
        string path = Path.Combine(outputFolder, "events", $"synthetic-{perClass}-{perClass}-seed-{JobSettings.Seed}.hdf5");
        if (File.Exists(path))
        {
            AnsiConsole.WriteLine($"Using the events that an earlier run simulated: {Path.GetRelativePath(".", path)}");
            return path;
        }

        ToyShowers showers = ToyShowers.With(photons: perClass, electrons: perClass, seed: JobSettings.Seed);
        using EventSource events = showers.Build();
        AnsiConsole.Progress().AutoClear(true).Start(context =>
        {
            ProgressTask bar = context.AddTask($"Simulating {events.Count} events", maxValue: events.Count);
            EventFile.Save(events, path, showers.Attributes, new Relay<int>(done => bar.Value = done), cancellation);
        });
        return path;
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

    private static EventSource Describe(EventSource events)
    {
        var labels = new int[events.Count];
        events.ReadLabels(0, labels);
        int electrons = labels.Count(label => label == ParticleLabel.Electron);
        HitEvents sample = HitEvents.From(events.Slice(0, Math.Min(events.Count, 1000)));
        AnsiConsole.WriteLine(
            $"Read {Path.GetFileName(events.Name)}: {events.Count} events of {events.ImageShape} pixels, {events.Count - electrons} photons and {electrons} electrons, "
            + $"{(double)sample.HitCount / Math.Max(1, sample.Count):F1} hits an event.");
        return events;
    }
}
