using System.Reflection;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using ParticleImages.Evaluation;
using ParticleImages.Storage;
using ParticleImages.Voxelization;

namespace ParticleImages.Networks.Models;

/// <summary>
/// A model's folder on the disk. The weights come first, under a name made of their hash, and <c>model.json</c>, which names them, is exchanged
/// at once at the end: at every moment it points at a complete model, the earlier or the new one.
/// </summary>
internal static class ModelFolder
{
    private const int Version = 1;
    private const string ManifestName = "model.json";
    private const string WeightsPattern = "weights-????????????????.safetensors";

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

        foreach (string earlier in Directory.EnumerateFiles(folder, WeightsPattern).Where(path => Path.GetFileName(path) != weightsName))
        {
            File.Delete(earlier);
        }

        void Write(string path, Action<Stream> write) => AtomicFile.Write(path, stream => write(wrap?.Invoke(stream) ?? stream));
    }

    public static TrainedModel Load(string folder)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        if (!Directory.Exists(folder))
        {
            throw new DirectoryNotFoundException($"There is no folder '{folder}' to load a model from.");
        }

        string path = Path.Combine(folder, ManifestName);
        string reading = path;
        try
        {
            Manifest manifest = ReadManifest(path);
            Cnn3d description = Cnn3d.FromJson(manifest.Network.ToJsonString());
            Voxelizer voxelizer = Voxelizer.FromJson(manifest.Voxelizer.ToJsonString());
            TrainingHistory history = TrainingHistory.FromJson(manifest.History.ToJsonString());

            // Only the name: a model never reads outside its folder.
            reading = Path.Combine(folder, Path.GetFileName(manifest.Weights));
            byte[] weights = File.ReadAllBytes(reading);
            if (!Convert.ToHexStringLower(SHA256.HashData(weights)).Equals(manifest.Sha256, StringComparison.OrdinalIgnoreCase))
            {
                throw new FormatException($"its SHA-256 is not the one that {ManifestName} names, so it is damaged or of another model.");
            }

            return new TrainedModel(VoxelNetwork.Restore(description, Safetensors.Read(weights)), voxelizer, history);
        }
        catch (FileNotFoundException problem)
        {
            throw new ModelFormatException(
                $"{reading} does not exist. A saved model is a folder with {ManifestName} and a file of weights; copy both.", problem);
        }
        catch (Exception problem) when (problem is FormatException or JsonException or NetworkShapeException or EventFormatException)
        {
            throw new ModelFormatException($"{reading} can't be loaded: {problem.Message} Save the model again.", problem);
        }
    }

    private static Manifest ReadManifest(string path)
    {
        byte[] json = File.ReadAllBytes(path);

        // The version first: a newer manifest may differ in everything else.
        using (JsonDocument document = JsonDocument.Parse(json))
        {
            if (document.RootElement.ValueKind != JsonValueKind.Object
                || !document.RootElement.TryGetProperty("version", out JsonElement version)
                || !version.TryGetInt32(out int number))
            {
                throw new FormatException("it has no version, so it is no model of this library.");
            }

            if (number != Version)
            {
                throw new FormatException($"it has version {number}; this library reads version {Version}. Use a newer library.");
            }
        }

        return JsonSerializer.Deserialize<Manifest>(json, Options) ?? throw new FormatException("it is empty.");
    }

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
