using System.Globalization;
using ParticleImages.Formats;

namespace ParticleImages.Cli;

/// <summary>What a converted file still says of itself: what all that went into it say alike, and is true of it.</summary>
internal static class KeptAttributes
{
    // What simulated files say of themselves; others may use the same names.
    private const string EnergyUnit = "energy_unit_gev";
    private const string TimeUnit = "time_unit_ns";
    private static readonly string[] Counts = ["photons", "electrons"];

    /// <param name="files">What is converted.</param>
    /// <param name="paths">The files.</param>
    /// <param name="layout">How they are read.</param>
    /// <param name="isPart">Whether not all events are taken.</param>
    public static Dictionary<string, string> Of(InputFiles files, string[] paths, EventLayout layout, bool isPart)
    {
        IReadOnlyDictionary<string, string>[] all = [.. paths.Select(EventFile.ReadAttributes)];
        var kept = all[0].Where(pair => all.All(other => other.TryGetValue(pair.Key, out string? text) && text == pair.Value)).ToDictionary();
        Divide(kept, EnergyUnit, layout.EnergyFactor);
        Divide(kept, TimeUnit, layout.TimeFactor);
        if (isPart || paths.Length > 1)
        {
            Array.ForEach(Counts, name => kept.Remove(name));
        }

        // One simulated event among measured ones is one too many to be silent about.
        if (files.IsSynthetic)
        {
            kept["synthetic"] = "true";
        }

        return kept;
    }

    // Numbers that became larger are in a smaller unit.
    private static void Divide(Dictionary<string, string> kept, string name, double factor)
    {
        if (factor != 1 && kept.Remove(name, out string? text) && double.TryParse(text, CultureInfo.InvariantCulture, out double unit))
        {
            kept[name] = (unit / factor).ToString("R", CultureInfo.InvariantCulture);
        }
    }
}
