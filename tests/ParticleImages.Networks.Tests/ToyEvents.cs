using ParticleImages.Voxelization;

namespace ParticleImages.Networks.Tests;

/// <summary>Small events that a small network learns quickly: a photon is one bright pixel, an electron has a second one beside it.</summary>
internal static class ToyEvents
{
    public static Voxelizer Voxelizer { get; } =
        Voxelizer.Over(TimeAxis.Range(-0.1, 0.1, step: 0.05)).KeepEnergyAbove(0.005).KeepTimeWithin(0.1).Cumulative().Crop(8);

    public static VoxelShape Shape { get; } = Voxelizer.OutputShape(ImageShape.Crop32);

    public static Cnn3d Network { get; } = Cnn3d.For(Shape)
        .Conv(4, kernel: 3).Relu().Dropout(0.1).BatchNorm().MaxPool(2)
        .Flatten().Dense(8).Relu().Dense(2);

    public static EventSource Make(int count, int seed)
    {
        var random = new Random(seed);
        var labels = new int[count];
        var images = new float[count * ImageShape.Crop32.Values];
        for (int i = 0; i < count; i++)
        {
            labels[i] = i % 2;
            Put(images, i, 16, 16, 0.5f + random.NextSingle(), random);
            if (labels[i] == ParticleLabel.Electron)
            {
                Put(images, i, 16, 17 + random.Next(2), 0.3f + random.NextSingle(), random);
            }
        }

        return EventSource.FromBatch(new EventBatch(ImageShape.Crop32, images, labels));
    }

    public static EventSource OfOneClass(int count) =>
        EventSource.FromBatch(new EventBatch(ImageShape.Crop32, new float[count * ImageShape.Crop32.Values], new int[count]));

    /// <summary>Events with one of so many beyond what float32 can add up.</summary>
    public static SparseVoxels WithLoudOnes(EventSource events, int every, int first = 0)
    {
        EventBatch batch = events.Read(0, events.Count);
        float[] images = batch.ImageMemory.ToArray();
        for (int i = first; i < events.Count; i += every)
        {
            images[(i * ImageShape.Crop32.Values) + (((16 * 32) + 16) * 2)] = 3e38f;
        }

        using EventSource loud = EventSource.FromBatch(new EventBatch(ImageShape.Crop32, images, [.. batch.Labels]));
        return Voxelizer.BinSparse(loud);
    }

    /// <summary>Trains the small network a little and returns all its weights.</summary>
    public static byte[] Train(int build, int train, Action? after = null)
    {
        using EventSource events = Make(60, seed: 1);
        using VoxelNetwork network = Network.Build(build);
        Trainer.For(network).Epochs(2).BatchSize(10).Seed(train).Fit(Voxelizer, events, progress: new Watch(_ => after?.Invoke()));
        return [.. network.Weights().SelectMany(weight => weight.Values.ToArray())];
    }

    private static void Put(float[] images, int index, int row, int column, float energy, Random random)
    {
        int place = (index * ImageShape.Crop32.Values) + (((row * 32) + column) * 2);
        images[place] = energy;
        images[place + 1] = (random.NextSingle() - 0.5f) * 0.15f;
    }
}
