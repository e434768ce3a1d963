using System.CommandLine;
using ParticleImages.Formats;
using ParticleImages.Simulation;
using ParticleImages.Terminal;

namespace ParticleImages.Cli;

/// <summary>Writes toy showers in the public files' layout, one file a class.</summary>
internal sealed class SimulateCommand : Command
{
    private readonly Option<int> photons = NumberOption.Whole(
        "--photons", "How many photons of 50 GeV across the beam; 0 writes no file of them.", "N", byDefault: 0);

    private readonly Option<int> electrons = NumberOption.Whole(
        "--electrons", "How many electrons of 50 GeV across the beam; 0 writes no file of them.", "N", byDefault: 0);

    private readonly Option<int> seed = NumberOption.Whole(
        "--seed",
        "Where all random numbers come from. The same seed gives the same events on any machine; fewer events are the beginning of more.",
        "S",
        byDefault: 1);

    private readonly Option<string> folder = new("--out")
    {
        Description = "The folder for the HDF5 files, one a class; it is made if it is missing.",
        HelpName = "DIR",
        Required = true,
    };

    private readonly Option<bool> force = new("--force") { Description = "Replace files that are there already." };

    public SimulateCommand()
        : base("simulate", "Write toy showers of photons and electrons in the layout of the public files; the files say that they are synthetic.")
    {
        Add(photons);
        Add(electrons);
        Add(seed);
        Add(folder);
        Add(force);
        SetAction((parsed, cancellation) => Task.Run(() => Run(parsed, cancellation), cancellation));
    }

    private int Run(ParseResult parsed, CancellationToken cancellation)
    {
        SyntheticFile[] files = Plan(parsed);
        if (!parsed.GetValue(force))
        {
            RefuseToReplace(files);
        }

        var screen = Screen.Of(parsed);
        foreach (SyntheticFile file in files)
        {
            Write(file, screen, cancellation);
        }

        return ExitCode.Done;
    }

    private SyntheticFile[] Plan(ParseResult parsed)
    {
        (int photonCount, int electronCount) = (Count(parsed, photons), Count(parsed, electrons));
        if (photonCount == 0 && electronCount == 0)
        {
            throw new UsageException("There is nothing to simulate: give --photons, --electrons or both a number above 0.");
        }

        string target = parsed.GetValue(folder)!;
        if (string.IsNullOrWhiteSpace(target))
        {
            throw new UsageException("--out is empty. Name a folder; '.' is the present one.");
        }

        int chosen = parsed.GetValue(seed);
        SyntheticFile[] files =
        [
            File("Photon", photonCount, ToyShowers.With(photonCount, 0, chosen)),
            File("Electron", electronCount, ToyShowers.With(0, electronCount, chosen)),
        ];
        return [.. files.Where(file => file.Count > 0)];

        SyntheticFile File(string particle, int count, ToyShowers showers) =>
            new(particle, count, Path.Combine(target, FileName(particle, count, chosen)), showers);
    }

    private static int Count(ParseResult parsed, Option<int> option)
    {
        int count = parsed.GetValue(option);
        return count >= 0 ? count : throw new UsageException(Sentence.Invariant($"{option.Name} {count} is below 0."));
    }

    // As the public files are named (SinglePhotonPt50_IMGCROPS_n249k_RHv1.hdf5), but not to be mistaken for them.
    private static string FileName(string particle, int count, int seed) =>
        Sentence.Invariant($"Synthetic{particle}Pt50_IMGCROPS_n{count}_seed{seed}.hdf5");

    private static void RefuseToReplace(SyntheticFile[] files)
    {
        foreach (SyntheticFile file in files.Where(file => File.Exists(file.Path)))
        {
            throw new IOException($"{file.Path} is there already. Replace it with --force, or name another folder.");
        }
    }

    private static void Write(SyntheticFile file, Screen screen, CancellationToken cancellation)
    {
        using EventSource events = file.Showers.Build();
        screen.Count(
            $"Simulating {file.Particle.ToLowerInvariant()}s", file.Count, progress => EventFile.Save(events, file.Path, file.Showers.Attributes, progress, cancellation));
        screen.Say($"{file.Path}: {Sentence.Count(file.Count, file.Particle.ToLowerInvariant())}, synthetic");
    }

    private sealed record SyntheticFile(string Particle, int Count, string Path, ToyShowers Showers);
}
