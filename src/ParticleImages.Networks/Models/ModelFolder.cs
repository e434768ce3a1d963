using System.Reflection;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ParticleImages.Evaluation;
using ParticleImages.Storage;
using ParticleImages.Voxelization;

namespace ParticleImages.Networks.Models;

/// <summary>
/// A model's folder on the disk. The weights come first, under a name made of their hash, and <c>model.json</c>, which names them, is exchanged
/// at once at the end: at every moment it points at a complete model, the earlier or the new one.
/// </summary>
internal static partial class ModelFolder
{
    private const int Version = 1;
    private const string ManifestName = "model.json";
    private const int LargestManifest = 64 << 20;
    private const int Attempts = 10;

    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);

    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        WriteIndented = true,
    };

    /// <summary>Saves a model; <paramref name="wrap"/> lets a test stand between it and the disk.</summary>
    public static void Save(TrainedModel model, string folder, Func<Stream, Stream>? wrap = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        using var weights = new MemoryStream();
        Safetensors.Write(weights, model.Network.Weights());
        ReadOnlyMemory<byte> bytes = weights.GetBuffer().AsMemory(0, (int)weights.Length);
        string hash = Convert.ToHexStringLower(SHA256.HashData(bytes.Span));
        string weightsName = $"weights-{hash[..16]}.safetensors";
        string weightsPath = Path.Combine(folder, weightsName);
        var manifest = new Manifest(
            Version,
            LibraryVersion,
            weightsName,
            hash,
            JsonNode.Parse(model.Network.Description.ToJson())!,
            JsonNode.Parse(model.Voxelizer.ToJson())!,
            JsonNode.Parse(model.History.ToJson())!);

        Directory.CreateDirectory(folder);
        using FileStream turn = FolderTurn.Take(folder, ".saving", LongestWait);
        AtomicFile.DeleteLeftovers(folder);
        string? earlier = WeightsOfEarlierModel(folder);
        bool existed = File.Exists(weightsPath);
        try
        {
            Write(weightsPath, stream => stream.Write(bytes.Span));
            Write(Path.Combine(folder, ManifestName), stream => JsonSerializer.Serialize(stream, manifest, Options));
        }
        catch when (!existed)
        {
            File.Delete(weightsPath);
            throw;
        }

        // The new model is whole by now: weights of the earlier one that can't be deleted are only in the way.
        if (earlier is not null && earlier != weightsName)
        {
            TryDelete(Path.Combine(folder, earlier));
        }

        void Write(string path, Action<Stream> write) => AtomicFile.Write(path, stream => write(wrap?.Invoke(stream) ?? stream));
    }

    /// <summary>Reads what a model's folder says of it, without the weights and without torch.</summary>
    public static ModelDescription Describe(string folder)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        string path = Path.Combine(folder, ManifestName);
        Manifest manifest;
        try
        {
            manifest = Reading(path, () => ReadManifest(path));
        }
        catch (Exception problem) when (problem is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new ModelFormatException($"{path} does not exist. A saved model is a folder with {ManifestName} and a file of weights.", problem);
        }

        (Cnn3d network, Voxelizer voxelizer, TrainingHistory history) = Reading(path, () => Describe(manifest));
        return new ModelDescription(network, voxelizer, history, manifest.Library, manifest.Sha256);
    }

    public static TrainedModel Load(string folder, ComputeDevice device)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        if (!Directory.Exists(folder))
        {
            throw new DirectoryNotFoundException($"There is no folder '{folder}' to load a model from.");
        }

        for (int attempt = 1; ; attempt++)
        {
            string reading = Path.Combine(folder, ManifestName);
            try
            {
                Manifest manifest = Reading(reading, () => ReadManifest(reading));
                (Cnn3d description, Voxelizer voxelizer, TrainingHistory history) = Reading(reading, () => Describe(manifest));
                reading = Path.Combine(folder, manifest.Weights);
                VoxelNetwork network = Reading(
                    reading, () => VoxelNetwork.Restore(description, ReadWeights(reading, manifest, description), device));
                return new TrainedModel(network, voxelizer, history);
            }
            catch (FileNotFoundException problem)
            {
                // Where somebody saves, the weights can go between the reading of model.json and theirs: then look again.
                if (attempt == Attempts || Path.GetFileName(reading) == ManifestName)
                {
                    throw new ModelFormatException(
                        $"{reading} does not exist. A saved model is a folder with {ManifestName} and a file of weights; copy both.", problem);
                }
            }
        }
    }

    private static (Cnn3d Network, Voxelizer Voxelizer, TrainingHistory History) Describe(Manifest manifest)
    {
        Cnn3d network = Cnn3d.FromJson(manifest.Network.ToJsonString());
        Voxelizer voxelizer = Voxelizer.FromJson(manifest.Voxelizer.ToJsonString());
        ShapeInference.RequireClassifier(network);
        TrainedModel.RequireMatch(network.Input, voxelizer);
        return (network, voxelizer, TrainingHistory.FromJson(manifest.History.ToJsonString()));
    }

    /// <summary>Does one thing with one file, so that whatever is wrong is said of that file.</summary>
    private static T Reading<T>(string path, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception problem) when (problem is FormatException or JsonException or NetworkShapeException or EventFormatException
            or ArgumentException or UnauthorizedAccessException)
        {
            throw new ModelFormatException($"{path} can't be loaded: {problem.Message} Use a model as TrainedModel.Save wrote it.", problem);
        }
    }

    private static Manifest ReadManifest(string path)
    {
        ReadOnlyMemory<byte> json = ReadFile(path, LargestManifest);

        // Some editors put a byte order mark before the text.
        json = json.Span.StartsWith("\uFEFF"u8) ? json[3..] : json;

        // The version first: a newer manifest may differ in everything else.
        using (JsonDocument document = JsonDocument.Parse(json))
        {
            if (document.RootElement.ValueKind != JsonValueKind.Object
                || !document.RootElement.TryGetProperty("version", out JsonElement version)
                || version.ValueKind != JsonValueKind.Number)
            {
                throw new FormatException("it has no version, so it is no model of this library.");
            }

            if (!version.TryGetInt32(out int number) || number != Version)
            {
                throw new FormatException($"it has version {version}; this library reads version {Version}. A newer library may read it.");
            }
        }

        Manifest manifest = JsonSerializer.Deserialize<Manifest>(json.Span, Options) ?? throw new FormatException("it is empty.");

        // A name of our own making: it can't lead out of the folder.
        return WeightsName().IsMatch(manifest.Weights)
            ? manifest
            : throw new FormatException($"its weights are called '{manifest.Weights}'; the name is weights-, 16 digits and .safetensors.");
    }

    private static Dictionary<string, (long[] Shape, ReadOnlyMemory<byte> Values)> ReadWeights(string path, Manifest manifest, Cnn3d description)
    {
        long values = WeightLayout.Of(description).Sum(weight => weight.Shape.Aggregate(1L, (product, side) => product * side));
        byte[] weights = ReadFile(path, (values * sizeof(float)) + Safetensors.LargestHeader);
        return Convert.ToHexStringLower(SHA256.HashData(weights)).Equals(manifest.Sha256, StringComparison.OrdinalIgnoreCase)
            ? Safetensors.Read(weights)
            : throw new FormatException($"its SHA-256 is not the one that {ManifestName} names, so it is damaged or of another model.");
    }

    /// <summary>Reads a plain file of a size that makes sense: no link out of the folder, no device, no pipe.</summary>
    private static byte[] ReadFile(string path, long most)
    {
        var file = new FileInfo(path);
        if (!file.Exists)
        {
            throw Directory.Exists(path) ? new FormatException("it is a folder.") : new FileNotFoundException(null, path);
        }

        if (file.LinkTarget is not null || file.Length == 0 || file.Length > most)
        {
            throw new FormatException(
                file.LinkTarget is not null ? "it is a link; a model holds its files itself." : $"it has {file.Length} bytes; 1 to {most} are possible.");
        }

        return File.ReadAllBytes(path);
    }

    /// <summary>The name of the weights that the model in the folder uses; null where there is no model that says.</summary>
    private static string? WeightsOfEarlierModel(string folder)
    {
        try
        {
            return ReadManifest(Path.Combine(folder, ManifestName)).Weights;
        }
        catch (Exception unreadable) when (unreadable is IOException or FormatException or JsonException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static void TryDelete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            // Nothing refers to it.
        }
    }

    [GeneratedRegex(@"^weights-[0-9a-f]{16}\.safetensors\z")]
    private static partial Regex WeightsName();

    private static string LibraryVersion =>
        typeof(ModelFolder).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";

    private sealed record Manifest(
        int Version,
        string Library,
        string Weights,
        string Sha256,
        JsonNode Network,
        JsonNode Voxelizer,
        JsonNode History);
}
