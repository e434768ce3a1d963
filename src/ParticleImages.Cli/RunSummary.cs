using System.Reflection;
using System.Runtime.InteropServices;
using System.Text.Json;
using ParticleImages.Storage;

namespace ParticleImages.Cli;

/// <summary>What a report wants to know of a run and nothing else in its folder says: which files it read, and what became of their events.</summary>
internal static class RunSummary
{
    private const string FileName = "summary.json";

    private static readonly JsonSerializerOptions Options = new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    /// <param name="folder">The folder of the run.</param>
    /// <param name="inputs">The files, by which the events are found again.</param>
    /// <param name="isSynthetic">Whether a file says that its events were simulated.</param>
    /// <param name="events">How many train, validate or judge trials, and test.</param>
    /// <param name="settings">What else the run was, names and values.</param>
    public static void Write(
        string folder, string[] inputs, bool isSynthetic, (int Train, int Validation, int Test) events, params ReadOnlySpan<(string Name, string Value)> settings)
    {
        var summary = new
        {
            Inputs = inputs.Select(Path.GetFullPath).ToArray(),
            Synthetic = isSynthetic,
            Events = new { events.Train, events.Validation, events.Test },
            Settings = settings.ToArray().ToDictionary(setting => setting.Name, setting => setting.Value),
            Versions = new
            {
                ParticleImages = Version(typeof(EventSource)),
                TorchSharp = Version(typeof(TorchSharp.torch)),
                Runtime = RuntimeInformation.FrameworkDescription,
                System = RuntimeInformation.OSDescription,
            },
        };
        AtomicFile.Write(Path.Combine(folder, FileName), stream => JsonSerializer.Serialize(stream, summary, Options));
    }

    private static string? Version(Type type) => type.Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion;
}
