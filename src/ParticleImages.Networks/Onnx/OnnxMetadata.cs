using System.Globalization;
using System.Reflection;
using ParticleImages.Voxelization;

namespace ParticleImages.Networks.Onnx;

/// <summary>What an ONNX file says of itself: the voxelizer for this library, and the same in words for those who have another.</summary>
internal static class OnnxMetadata
{
    /// <summary>The library's version, with the commit where it is known.</summary>
    public static string LibraryVersion { get; } =
        typeof(OnnxMetadata).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";

    public static IReadOnlyList<(string Key, string Value)> Of(Cnn3d description, Voxelizer? voxelizer)
    {
        List<(string Key, string Value)> entries =
        [
            (OnnxMetadataKeys.Library, LibraryVersion),
            (OnnxMetadataKeys.Classes, $"{ParticleLabel.NameOf(0)},{ParticleLabel.NameOf(1)}"),
            (OnnxMetadataKeys.Network, description.ToJson()),
        ];
        if (voxelizer is not null)
        {
            entries.AddRange(Of(voxelizer));
        }

        entries.Add((OnnxMetadataKeys.Form, OnnxMetadataKeys.Version.ToString(CultureInfo.InvariantCulture)));
        return entries;
    }

    /// <summary>One sentence for whoever opens the file.</summary>
    public static string Sentence(Cnn3d description, Voxelizer? voxelizer)
    {
        VoxelShape input = description.Input;
        string voxels = voxelizer is null ? "binned as the network was trained" : $"binned over {voxelizer}, as particle_images.voxelizer says in full";
        return $"Electron or photon: give '{OnnxMetadataKeys.Input}' float32 (events, {input.Channels}, {input.Frames}, {input.Height}, {input.Width}), "
            + $"which are channels, time bins, rows and columns, {voxels}; '{OnnxMetadataKeys.Probabilities}' are those of a photon and of an electron.";
    }

    // As the voxelizer has them: edges and cuts before any scaling, in what the files' numbers are in.
    private static IEnumerable<(string Key, string Value)> Of(Voxelizer voxelizer)
    {
        yield return (OnnxMetadataKeys.Voxelizer, voxelizer.ToJson());
        yield return (OnnxMetadataKeys.TimeEdges, voxelizer.Axis.Edges.IsEmpty ? voxelizer.Axis.ToString() : Listed(voxelizer.Axis.Edges));
        yield return (OnnxMetadataKeys.EnergyThreshold, Number(voxelizer.EnergyThreshold));
        yield return (OnnxMetadataKeys.TimeWindow, Number(voxelizer.TimeWindow));
        yield return (OnnxMetadataKeys.Cumulative, voxelizer.IsCumulative ? "true" : "false");
        yield return (OnnxMetadataKeys.Channels, string.Join(',', voxelizer.Channels.Select(channel => channel.ToString().ToLowerInvariant())));
        yield return (
            OnnxMetadataKeys.Units,
            "Edges and cuts are in the event files' own units, before any scaling (the public electron and photon files: energy / 50 GeV, time / 50 ns). "
            + "Bin k holds edge k < time <= edge k+1; energy > threshold and |time| < window are kept, all as float32.");
    }

    private static string Listed(ReadOnlySpan<double> numbers) => $"[{string.Join(", ", numbers.ToArray().Select(number => Number(number)))}]";

    private static string Number(double? number) => number?.ToString("R", CultureInfo.InvariantCulture) ?? "none";
}
