using System.Security.Cryptography;
using ParticleImages.Formats;
using ParticleImages.Networks;
using ParticleImages.Simulation;
using ParticleImages.Voxelization;

namespace ParticleImages.Cli.Tests;

/// <summary>A folder with simulated events, a network that takes a moment to train, and, when asked for, a model of both.</summary>
public sealed class TrainedExample : IDisposable
{
    /// <summary>The usual binning, of the central 8 × 8 pixels.</summary>
    public static readonly Voxelizer Voxelizer =
        Voxelizer.Over(TimeAxis.Range(-0.1, 0.1, step: 0.0099)).KeepEnergyAbove(0.005).KeepTimeWithin(0.1).Cumulative().Crop(8);

    private readonly TemporaryFolder folder = new();

    public TrainedExample(int eventsOfAClass = 40)
    {
        ToyShowers showers = ToyShowers.With(eventsOfAClass, eventsOfAClass, seed: 3);
        using EventSource events = showers.Build();
        EventFile.Save(events, Events, showers.Attributes);
        File.WriteAllText(Network, Describe(filters: 2).ToJson());
    }

    public string Path => folder.Path;

    /// <summary>The events: photons, then electrons.</summary>
    public string Events => folder["toy.hdf5"];

    /// <summary>The network's description.</summary>
    public string Network => folder["tiny.json"];

    /// <summary>What a training leaves.</summary>
    public string Out => folder["out"];

    /// <summary>The finished model.</summary>
    public string Model => System.IO.Path.Combine(Out, "model");

    /// <summary>An interrupted training.</summary>
    public string Checkpoint => System.IO.Path.Combine(Out, "checkpoint");

    public string this[string name] => folder[name];

    public static Cnn3d Describe(int filters) => Cnn3d.For(new VoxelShape(21, 8, 8)).Scale(50)
        .Conv(filters, kernel: 3).Relu().BatchNorm().MaxPool(4).Flatten().Dense(4).Relu().Dropout(0.2).Dense(2);

    /// <summary>A hash over the names and contents of a folder's files.</summary>
    public static string HashOf(string folder)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (string path in Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            hash.AppendData(System.Text.Encoding.UTF8.GetBytes(System.IO.Path.GetRelativePath(folder, path)));
            hash.AppendData(File.ReadAllBytes(path));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>A hash of the weights alone: the history beside them holds times.</summary>
    public static string HashOfWeights(string model) =>
        Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Assert.Single(Directory.GetFiles(model, "weights-*")))));

    /// <summary>The command line of a small training of one thread, whose last bits no other program changes; options replace its own.</summary>
    public string[] Training(params string[] options)
    {
        string[][] usual =
        [
            ["--out", Out], ["--network", Network], ["--threads", "1"], ["--epochs", "2"], ["--batch-size", "16"], ["--crop", "8"],
        ];
        return ["train", Events, .. usual.Where(option => !options.Contains(option[0])).SelectMany(option => option), .. options];
    }

    /// <summary>Trains for a moment.</summary>
    public TrainedExample Train(params string[] options)
    {
        ToolRun.OutputOf(Training(options));
        return this;
    }

    public void Dispose() => folder.Dispose();
}
