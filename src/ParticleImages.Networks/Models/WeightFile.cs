using ParticleImages.Storage;

namespace ParticleImages.Networks.Models;

/// <summary>A file of nothing but a network's weights, ours or another program's.</summary>
internal static class WeightFile
{
    private const string BatchCount = ".num_batches_tracked";

    public static void Save(
        string path, Cnn3d description, IReadOnlyList<(string Name, long[] Shape, ReadOnlyMemory<byte> Values)> weights, WeightNames names)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        Dictionary<string, string> inFile = names.For(description).ToDictionary(weight => weight.Own, weight => weight.InFile);
        AtomicFile.Write(path, stream => Safetensors.Write(stream, [.. weights.Select(weight => (inFile[weight.Name], weight.Shape, weight.Values))]));
    }

    /// <summary>Reads a network's weights, all of them or none.</summary>
    /// <returns>The values as float32, by the network's own names.</returns>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="ModelFormatException">The file is damaged, foreign, or of another network.</exception>
    public static Dictionary<string, (long[] Shape, ReadOnlyMemory<byte> Values)> Read(string path, Cnn3d description, WeightNames names)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        IReadOnlyList<(string Own, string InFile, long[] Shape)> layout = names.For(description);
        RequireFile(path);
        try
        {
            using FileStream stream = File.OpenRead(path);
            Dictionary<string, SafetensorsEntry> entries = Safetensors.ReadHeader(stream).ToDictionary(entry => entry.Name, StringComparer.Ordinal);
            RequireNames(layout, entries, names);
            foreach ((string own, string inFile, long[] shape) in layout)
            {
                RequireShape(own, shape, entries[inFile]);
                entries[inFile].RequireReadable();
            }

            return layout.ToDictionary(weight => weight.Own, weight => (weight.Shape, (ReadOnlyMemory<byte>)entries[weight.InFile].ReadValues(stream)));
        }
        catch (Exception problem) when (problem is FormatException or EndOfStreamException)
        {
            string said = problem is FormatException ? problem.Message : "it was cut off while it was read.";
            throw new ModelFormatException($"{path} can't be loaded: {said} The network's weights are as they were.", problem);
        }
    }

    /// <summary>Checks that there is a plain file: a pipe, for one, would be waited for.</summary>
    private static void RequireFile(string path)
    {
        if (Directory.Exists(path))
        {
            throw new ModelFormatException($"{path} is a folder. Name a file of weights in it, or load a whole model with TrainedModel.Load.");
        }

        if (!File.Exists(path))
        {
            throw new FileNotFoundException($"There is no file '{path}' to load weights from.", path);
        }

        var file = new FileInfo(path);
        if ((file.ResolveLinkTarget(returnFinalTarget: true) as FileInfo ?? file).Length == 0)
        {
            throw new ModelFormatException($"{path} can't be loaded: it is empty or no plain file. The network's weights are as they were.");
        }
    }

    private static void RequireNames(
        IReadOnlyList<(string Own, string InFile, long[] Shape)> layout, Dictionary<string, SafetensorsEntry> entries, WeightNames names)
    {
        HashSet<string> wanted = [.. layout.Select(weight => weight.InFile)];

        // PyTorch's batch norms count the batches of their training; nothing here or there computes with it at a fixed momentum.
        string[] foreign = [.. entries.Keys.Where(name => !wanted.Contains(name) && !name.EndsWith(BatchCount, StringComparison.Ordinal))];
        (string Own, string InFile, long[] Shape)[] missing = [.. layout.Where(weight => !entries.ContainsKey(weight.InFile))];
        if (missing.Length > 0)
        {
            (string own, string inFile, long[] shape) = missing[0];
            throw new FormatException(
                $"it lacks the weight '{inFile}'{(own == inFile ? "" : $" (the network's {own})")} of shape {Excerpt.Of(shape)}{AndMore(missing.Length)}; "
                + $"the nearest that it has: {Excerpt.Nearest(inFile, foreign.Length > 0 ? foreign : entries.Keys)}. {Advice(layout, entries)}");
        }

        if (foreign.Length > 0)
        {
            throw new FormatException(
                $"it holds '{Excerpt.Of(foreign[0])}', which the network does not have{AndMore(foreign.Length)}; "
                + $"the nearest that the network has by {names}: {Excerpt.Nearest(foreign[0], wanted)}. Take the network that the weights are of.");
        }

        static string AndMore(int count) => count == 1 ? "" : $", and {count - 1} more";
    }

    /// <summary>The naming under which the file's names are the network's, where a usual one is.</summary>
    private static string Advice(IReadOnlyList<(string Own, string InFile, long[] Shape)> layout, Dictionary<string, SafetensorsEntry> entries)
    {
        foreach (WeightNames usual in (WeightNames[])[WeightNames.Own, WeightNames.Sequential])
        {
            string[] names = [.. layout.Select(weight => usual.NameInFile(weight.Own))];
            foreach (string first in entries.Keys.Where(name => name == names[0] || name.EndsWith($".{names[0]}", StringComparison.Ordinal)))
            {
                string prefix = first[..^names[0].Length];
                if (names.All(name => entries.ContainsKey(prefix + name)))
                {
                    return $"Its names are those of {(prefix.Length == 0 ? usual : usual.Under(Excerpt.Of(prefix[..^1])))}: load it with these.";
                }
            }
        }

        return "Load it with the names of the program that wrote it (WeightNames.Own, Sequential or Of) into a network of the same layers.";
    }

    private static void RequireShape(string own, long[] shape, SafetensorsEntry entry)
    {
        if (entry.Shape.SequenceEqual(shape))
        {
            return;
        }

        // Keras keeps (frames, rows, columns, in, out) and (in, out).
        long[] keras = shape.Length == 5 ? [shape[2], shape[3], shape[4], shape[1], shape[0]] : [.. shape.Reverse()];
        string advice = true switch
        {
            _ when shape.Length > 1 && entry.Shape.SequenceEqual(keras) =>
                $"That is Keras' order of the axes: transpose it to ({(shape.Length == 5 ? "4, 3, 0, 1, 2" : "1, 0")}).",
            _ when entry.Shape.Where(side => side != 1).SequenceEqual(shape.Where(side => side != 1)) =>
                "Only axes of one place differ: reshape it before it is saved.",
            _ => "Describe the network as the one that the weights are of.",
        };
        throw new FormatException(
            $"'{Excerpt.Of(entry.Name)}' has shape {Excerpt.Of(entry.Shape)}; the network's {own} has {Excerpt.Of(shape)}. {advice}");
    }
}
