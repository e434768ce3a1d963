using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using ParticleImages.Voxelization;

namespace ParticleImages.Networks.Training;

/// <summary>
/// What must be the same for a training to go on from a checkpoint: everything that decides which numbers come out, by names that people
/// understand. Threads and devices are not in it: they change last bits, not the training.
/// </summary>
internal static class TrainingIdentity
{
    /// <summary>The name of the weights that a training begins with.</summary>
    public const string StartingWeights = "starting weights";

    /// <summary>Describes a training.</summary>
    public static IReadOnlyDictionary<string, string> Of(Trainer settings, VoxelNetwork network, SparseVoxels train, SparseVoxels? validation)
    {
        var identity = new Dictionary<string, string>
        {
            ["network"] = $"{network.Description} ({Short(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(network.Description.ToJson())))})",
            [StartingWeights] = Digest(hash =>
            {
                foreach ((_, _, ReadOnlyMemory<byte> values) in network.Weights())
                {
                    hash.AppendData(values.Span);
                }
            }),
            ["training events"] = Describe(train),
            ["validation events"] = validation is null ? "none" : Describe(validation),
            ["engine"] = network.LastEngine?.Engine.ToString() ?? "none",
            ["batch size"] = Text(settings.EventsPerBatch),
            ["learning rate"] = Text(settings.Rate),
            ["seed"] = Text(settings.RandomSeed),
            ["optimizer"] = settings.Optimizer.ToString(),
            ["schedule"] = settings.Schedule.ToString(),
            ["loss"] = settings.Loss.ToString(),
            ["class weights"] = string.Create(CultureInfo.InvariantCulture, $"photon {settings.PhotonWeight}, electron {settings.ElectronWeight}"),
            ["event weights"] = settings.WeightsOfEvents is { } weights ? Digest(hash => hash.AppendData(MemoryMarshal.AsBytes(weights.AsSpan()))) : "none",
            ["gradient norm"] = Text(settings.GradientNorm),
            ["gradient value"] = Text(settings.GradientValue),
            ["averaging"] = settings.Averaging?.ToString() ?? "none",
            ["recalibration"] = $"{Text(settings.CalibrationEvents)} events",
            ["divergence"] = settings.Divergence.ToString(),
            ["best by"] = settings.BestBy?.ToString() ?? "none",
            ["early stopping"] = settings.Stopping?.ToString() ?? "none",
        };

        // Where no rate depends on the end, a training may be made longer.
        identity["epochs"] = settings.Schedule.NeedsEnd ? Text(settings.EpochCount) : "open";
        return identity;
    }

    private static string Describe(SparseVoxels voxels) => $"{voxels} ({Digest(hash => Append(hash, voxels))})";

    private static void Append(IncrementalHash hash, SparseVoxels voxels)
    {
        hash.AppendData(MemoryMarshal.AsBytes(voxels.Labels));
        hash.AppendData(MemoryMarshal.AsBytes(voxels.Background));
        hash.AppendData([voxels.IsCumulative ? (byte)1 : (byte)0]);
        Span<int> count = stackalloc int[1];
        for (int i = 0; i < voxels.Count; i++)
        {
            SparseEvent entries = voxels[i];
            count[0] = entries.Count;
            hash.AppendData(MemoryMarshal.AsBytes(count));
            hash.AppendData(MemoryMarshal.AsBytes(entries.Pixels));
            hash.AppendData(MemoryMarshal.AsBytes(entries.Frames));
            hash.AppendData(MemoryMarshal.AsBytes(entries.Values));
        }
    }

    private static string Digest(Action<IncrementalHash> append)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        append(hash);
        return Short(hash.GetHashAndReset());
    }

    private static string Short(byte[] digest) => $"SHA-256 {Convert.ToHexStringLower(digest)[..16]}…";

    private static string Text(double? value) => value?.ToString(CultureInfo.InvariantCulture) ?? "none";
}
