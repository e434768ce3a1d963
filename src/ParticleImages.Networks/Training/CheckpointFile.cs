using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ParticleImages.Networks.Models;
using ParticleImages.Storage;
using ParticleImages.Voxelization;

namespace ParticleImages.Networks.Training;

/// <summary>
/// A training's checkpoint: one safetensors file, exchanged as a whole, with the vectors as arrays and everything else as texts of its header. Held
/// by one training at a time, until it is disposed of or its process ends in any way.
/// </summary>
internal sealed class CheckpointFile : IDisposable
{
    private const string Version = "1";
    private const string FileName = "checkpoint.safetensors";
    private const string VersionKey = "checkpoint";
    private const string PositionKey = "position";
    private const string IdentityKey = "training";
    private const string DigestKey = "sha256";

    private readonly string path;
    private readonly Trainer settings;
    private readonly IReadOnlyDictionary<string, string> identity;
    private readonly FileStream turn;
    private long savedAt;

    private CheckpointFile(string path, Trainer settings, IReadOnlyDictionary<string, string> identity, FileStream turn)
    {
        this.path = path;
        this.settings = settings;
        this.identity = identity;
        this.turn = turn;
        savedAt = settings.Clock.GetTimestamp();
    }

    /// <summary>Whether the time between two checkpoints has passed.</summary>
    public bool IsDue => settings.Clock.GetElapsedTime(savedAt) >= settings.TimePerCheckpoint;

    /// <summary>Takes the folder for a training, and brings its state to where a checkpoint there left it.</summary>
    /// <exception cref="InvalidOperationException">The checkpoint is of another training.</exception>
    /// <exception cref="ModelFormatException">It is damaged or of a newer version.</exception>
    /// <exception cref="IOException">Another training holds the folder, or the disk refused.</exception>
    public static CheckpointFile Open(Trainer settings, VoxelNetwork network, SparseVoxels train, SparseVoxels? validation, TrainingState state)
    {
        string folder = settings.CheckpointFolder!;
        Directory.CreateDirectory(folder);
        FileStream turn = FolderTurn.Take(folder, ".training", TimeSpan.Zero);
        try
        {
            AtomicFile.DeleteLeftovers(folder);
            var file = new CheckpointFile(Path.Combine(folder, FileName), settings, TrainingIdentity.Of(settings, network, train, validation), turn);
            if (File.Exists(file.path))
            {
                file.Load(state);
            }

            return file;
        }
        catch
        {
            turn.Dispose();
            throw;
        }
    }

    public void Save(TrainingState state)
    {
        string training = JsonSerializer.Serialize(identity);
        string position = JsonSerializer.Serialize(state.Position);
        var metadata = new Dictionary<string, string>
        {
            [VersionKey] = Version,
            [IdentityKey] = training,
            [PositionKey] = position,
            [DigestKey] = Digest(training, position, state.Vectors),
        };
        (string, long[], ReadOnlyMemory<byte>)[] arrays =
            [.. state.Vectors.Select(vector => (vector.Name, new long[] { vector.Values.Length }, Bytes(vector.Values)))];
        AtomicFile.Write(path, stream => Safetensors.Write(stream, arrays, metadata));
        savedAt = settings.Clock.GetTimestamp();
    }

    public void Dispose() => turn.Dispose();

    private static string Digest(string training, string position, IEnumerable<(string Name, float[] Values)> vectors)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(training));
        hash.AppendData(Encoding.UTF8.GetBytes(position));
        foreach ((string name, float[] values) in vectors.OrderBy(vector => vector.Name, StringComparer.Ordinal))
        {
            hash.AppendData(Encoding.UTF8.GetBytes(name));
            hash.AppendData(MemoryMarshal.AsBytes(values.AsSpan()));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static ReadOnlyMemory<byte> Bytes(float[] values) => MemoryMarshal.AsBytes(values.AsSpan()).ToArray();

    private void Load(TrainingState state)
    {
        try
        {
            byte[] bytes = File.ReadAllBytes(path);
            IReadOnlyDictionary<string, string> metadata = Safetensors.ReadMetadata(bytes);
            if (!metadata.TryGetValue(VersionKey, out string? version))
            {
                throw new FormatException("it is no checkpoint of this library.");
            }

            if (version != Version)
            {
                throw new FormatException($"it has version {version}; this library reads version {Version}. A newer library may read it.");
            }

            (string training, string position) = (metadata[IdentityKey], metadata[PositionKey]);
            Dictionary<string, float[]> arrays = Safetensors.Read(bytes)
                .ToDictionary(array => array.Key, array => MemoryMarshal.Cast<byte, float>(array.Value.Values.Span).ToArray());

            if (Digest(training, position, arrays.Select(array => (array.Key, array.Value))) != metadata[DigestKey])
            {
                throw new FormatException("its SHA-256 is not the one it names.");
            }

            RequireSame(JsonSerializer.Deserialize<Dictionary<string, string>>(training)!);
            foreach ((string name, float[] values) in state.Vectors)
            {
                arrays[name].CopyTo(values, 0);
            }

            state.Position = JsonSerializer.Deserialize<TrainingPosition>(position)!;
            if (state.History.Count > settings.EpochCount)
            {
                throw new InvalidOperationException(
                    $"{path} is the checkpoint of a longer training: {state.History.Count} epochs there, {settings.EpochCount} here. Ask for as many or more, give this training another folder, or delete the file.");
            }
        }
        catch (Exception problem) when (problem is FormatException or JsonException or KeyNotFoundException or EventFormatException or ArgumentException)
        {
            throw new ModelFormatException(
                $"{path} can't be gone on from: {problem.Message} Bring back a whole copy, or delete the file to begin the training anew.", problem);
        }
    }

    private void RequireSame(Dictionary<string, string> there)
    {
        string[] other = [.. identity.Where(own => there.GetValueOrDefault(own.Key) != own.Value)
            .Select(own => $"{own.Key} {there.GetValueOrDefault(own.Key, "unknown")} there, {own.Value} here")];
        if (other.Length > 0)
        {
            string start = identity[TrainingIdentity.StartingWeights] == there.GetValueOrDefault(TrainingIdentity.StartingWeights)
                ? ""
                : " Build or load the network anew to go on: one that was trained since starts elsewhere.";
            throw new InvalidOperationException(
                $"{path} is the checkpoint of another training: {string.Join("; ", other)}. Give this training another folder, train as then to go on, or delete the file.{start}");
        }
    }
}
