using System.Reflection;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using ParticleImages.Storage;

namespace ParticleImages.Cli;

/// <summary>What a report wants to know of a run and nothing else in its folder says: which files it read and how, and what became of their events.</summary>
/// <param name="Inputs">The files, by which the events are found again.</param>
/// <param name="Layout">Where they keep what.</param>
/// <param name="IsSynthetic">Whether a file says that its events were simulated.</param>
/// <param name="Events">How many train, validate or judge trials, and test.</param>
/// <param name="Settings">What else the run was, names and values.</param>
internal sealed record RunSummary(string[] Inputs, EventLayout Layout, bool IsSynthetic, (int Train, int Validation, int Test) Events, params (string Name, string Value)[] Settings)
{
    private const string FileName = "summary.json";

    private static readonly JsonSerializerOptions Options = new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    /// <summary>Writes it; an earlier one is replaced.</summary>
    /// <param name="folder">The folder of the run.</param>
    /// <param name="scores">The scores of events that neither trained a network nor chose its epoch; null where there are none.</param>
    public void Write(string folder, string? scores = null)
    {
        var summary = new
        {
            Inputs = Inputs.Select(Path.GetFullPath).ToArray(),
            Layout = JsonNode.Parse(Layout.ToJson()),
            Synthetic = IsSynthetic,
            Events = new { Events.Train, Events.Validation, Events.Test },

            // By which a report knows them from scores of other events that took their place.
            TestScoresSha256 = scores is null ? null : Checksum(scores),
            Settings = Settings.ToDictionary(setting => setting.Name, setting => setting.Value),
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

    private static string Checksum(string path)
    {
        using FileStream stream = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }

    private static string? Version(Type type) => type.Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion;
}
