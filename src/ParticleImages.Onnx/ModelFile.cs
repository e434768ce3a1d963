using System.Globalization;
using Microsoft.ML.OnnxRuntime;
using ParticleImages.Networks.Onnx;
using ParticleImages.Voxelization;

namespace ParticleImages.Onnx;

/// <summary>Reads an ONNX file and checks that it is a network on voxels.</summary>
internal static class ModelFile
{
    // A message of Protocol Buffers ends at 2 GiB.
    private const long Most = int.MaxValue;

    /// <summary>The file as a session of ONNX Runtime. It comes from memory, so that it can't refer to other files.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="OnnxFormatException">It is damaged, or no ONNX file.</exception>
    public static InferenceSession Open(string path, SessionOptions options)
    {
        var file = new FileInfo(path);
        if (Directory.Exists(path))
        {
            throw Refusal(path, "it is a folder.");
        }

        if (!file.Exists)
        {
            throw new FileNotFoundException($"There is no file '{path}' to load a network from.", path);
        }

        if (file.Length is 0 or > Most)
        {
            throw Refusal(path, $"it has {file.Length} bytes; 1 to {Most} are possible.");
        }

        try
        {
            return new InferenceSession(File.ReadAllBytes(path), options);
        }
        catch (OnnxRuntimeException problem)
        {
            throw Refusal(path, $"ONNX Runtime refuses it ({problem.Message.ReplaceLineEndings(" ").TrimEnd('.')}).", problem);
        }
    }

    /// <summary>The voxels that the network takes.</summary>
    /// <exception cref="OnnxFormatException">Its input or its outputs are others.</exception>
    public static VoxelShape InputOf(InferenceSession session, string path)
    {
        if (session.InputMetadata.Count != 1 || session.InputMetadata.Values.Single() is not { IsTensor: true, Dimensions: var sides } input
            || input.ElementType != typeof(float) || sides is not [< 0, > 0, > 0, > 0, > 0])
        {
            throw Refusal(
                path,
                $"its input is {Listed(session.InputMetadata)}; that of a network on voxels is one array (events, channels, frames, rows, columns) of float32, the number "
                + "of events open.");
        }

        if (!session.OutputMetadata.TryGetValue(OnnxMetadataKeys.Logits, out NodeMetadata? logits)
            || logits is not { IsTensor: true, Dimensions: [_, 2] } || logits.ElementType != typeof(float))
        {
            throw Refusal(
                path,
                $"its output is {Listed(session.OutputMetadata)}; that of a network on voxels is '{OnnxMetadataKeys.Logits}' (events, 2) of float32, photon and electron "
                + "before the softmax.");
        }

        try
        {
            return new VoxelShape(frames: sides[2], height: sides[3], width: sides[4], channels: sides[1]);
        }
        catch (ArgumentOutOfRangeException problem)
        {
            throw Refusal(path, $"its input is too large: {problem.Message}", problem);
        }
    }

    /// <summary>How events become voxels; null where the file does not say.</summary>
    /// <exception cref="OnnxFormatException">The file was cut off, or is of a newer version.</exception>
    public static Voxelizer? VoxelizerOf(InferenceSession session, string path)
    {
        ModelMetadata model = session.ModelMetadata;
        Dictionary<string, string> metadata = model.CustomMetadataMap;

        // It is written last, so whatever else a cut removed, it removed this.
        if (!metadata.TryGetValue(OnnxMetadataKeys.Form, out string? version))
        {
            return model.ProducerName != OnnxMetadataKeys.Producer && !metadata.Keys.Any(key => key.StartsWith(OnnxMetadataKeys.Prefix, StringComparison.Ordinal))
                ? null
                : throw Refusal(path, $"it lacks '{OnnxMetadataKeys.Form}', which ends every file of ours: it was cut off, or another program dropped it.");
        }

        if (version != OnnxMetadataKeys.Version.ToString(CultureInfo.InvariantCulture))
        {
            throw Refusal(path, $"its metadata have version {version}; this library reads version {OnnxMetadataKeys.Version}. A newer library may read it.");
        }

        if (!metadata.TryGetValue(OnnxMetadataKeys.Voxelizer, out string? json))
        {
            return null;
        }

        try
        {
            Voxelizer voxelizer = Voxelizer.FromJson(json);
            return voxelizer.IsFitted ? voxelizer : throw new FormatException($"it has yet to see data: {voxelizer}.");
        }
        catch (FormatException problem)
        {
            throw Refusal(path, $"the voxelizer in its metadata can't be read: {problem.Message}", problem);
        }
    }

    private static OnnxFormatException Refusal(string path, string reason, Exception? cause = null) =>
        new($"{path} can't be loaded: {reason} Use a file as TrainedModel.ExportOnnx wrote it.", cause);

    private static string Listed(IReadOnlyDictionary<string, NodeMetadata> arrays) => arrays.Count == 0
        ? "none"
        : string.Join(", ", arrays.Select(array =>
            $"'{array.Key}' ({(array.Value.IsTensor ? $"{string.Join(" × ", array.Value.Dimensions.Select(side => side < 0 ? "any" : $"{side}"))} {array.Value.ElementType.Name}" : "no array")})"));
}
