using System.IO.Compression;
using ParticleImages.Formats.Numpy;
using ParticleImages.Numpy;

namespace ParticleImages.Formats.Tests.Numpy;

/// <summary>Every way of keeping the same events gives the same source.</summary>
public abstract class NumpySourceContract : EventSourceContract, IDisposable
{
    protected TemporaryFolder Folder { get; } = new();

    // More than one block of rearranged values.
    protected override EventBatch Expected { get; } = ExampleEvents.Batch(21, 64, 64);

    public void Dispose()
    {
        Folder.Dispose();
        GC.SuppressFinalize(this);
    }

    protected float[] ChannelFirst()
    {
        var images = new float[Expected.Images.Length];
        int pixels = Expected.Shape.Pixels;
        for (int i = 0; i < images.Length; i++)
        {
            int channel = i / pixels % 2;
            images[i] = Expected.Images[(i / (2 * pixels) * 2 * pixels) + (i % pixels * 2) + channel];
        }

        return images;
    }
}

public sealed class NpzSourceTests : NumpySourceContract
{
    protected override EventSource Open()
    {
        new NpzFormat().Save(
            Folder["a.npz"], EventSource.FromBatch(Expected), new Dictionary<string, string>(), null, default);
        return new NpzFormat().Open(Folder["a.npz"], EventLayout.Default);
    }
}

public sealed class StoredNpzSourceTests : NumpySourceContract
{
    protected override EventSource Open()
    {
        NpzFile.Write(
            Folder["a.npz"],
            archive =>
            {
                archive.Add("y", Expected.Labels.ToArray().Select(label => label == 1).ToArray());
                archive.Add("X", Expected.Images.ToArray(), Expected.Count, 64, 64, 2);
            },
            CompressionLevel.NoCompression);
        return new NpzFormat().Open(Folder["a.npz"], EventLayout.Default);
    }
}

public sealed class ChannelFirstNpzSourceTests : NumpySourceContract
{
    protected override EventSource Open()
    {
        NpzFile.Write(Folder["a.npz"], archive =>
        {
            archive.Add("data", ChannelFirst(), Expected.Count, 2, 64, 64);
            archive.Add("classes", Expected.Labels.ToArray().Select(label => (double)label).ToArray(), Expected.Count, 1);
        });
        return new NpzFormat().Open(Folder["a.npz"], EventLayout.Default.Images("data").Labels("classes").ChannelFirst());
    }
}

public sealed class NpySourceTests : NumpySourceContract
{
    protected override EventSource Open()
    {
        NpyFile.Write(Folder["X.npy"], Expected.Images.ToArray(), Expected.Count, 64, 64, 2);
        NpyFile.Write(Folder["y.npy"], Expected.Labels.ToArray().Select(label => (byte)label).ToArray());
        return new NpyFormat().Open(Folder["X.npy"], EventLayout.Default.Labels("y.npy"));
    }
}

public sealed class ChannelFirstDoubleNpySourceTests : NumpySourceContract
{
    protected override EventSource Open()
    {
        NpyFile.Write(Folder["X.npy"], ChannelFirst().Select(value => (double)value).ToArray(), Expected.Count, 2, 64, 64);
        NpyFile.Write(Folder["y.npy"], Expected.Labels.ToArray());
        return new NpyFormat().Open(Folder["X.npy"], EventLayout.Default.Labels(Folder["y.npy"]).ChannelFirst());
    }
}

public sealed class EnergyOnlyNpySourceTests : NumpySourceContract
{
    private static readonly EventBatch Energies = Timeless(ExampleEvents.Batch(21, 64, 64));

    protected override EventBatch Expected => Energies;

    protected override EventSource Open()
    {
        float[] energies = [.. Expected.Images.ToArray().Where((_, i) => i % 2 == 0)];
        NpyFile.Write(Folder["E.npy"], energies, Expected.Count, 64, 64);
        return new NpyFormat().Open(Folder["E.npy"], EventLayout.Default.TimeAll(0.25f).LabelAll(1));
    }

    private static EventBatch Timeless(EventBatch batch)
    {
        float[] images = [.. batch.Images.ToArray().Select((value, i) => i % 2 == 0 ? value : 0.25f)];
        int[] labels = [.. Enumerable.Repeat(1, batch.Count)];
        return new EventBatch(batch.Shape, images, labels);
    }
}
