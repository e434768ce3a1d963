using ParticleImages.Voxelization;

namespace ParticleImages.Networks.Tests.Engines;

/// <summary>Networks of the layers that the sparse engine takes, and events for them, drawn from a seed.</summary>
internal sealed class SparseDescriptions
{
    private readonly Random random;

    /// <summary>Draws.</summary>
    /// <param name="seed">What from.</param>
    /// <param name="withLongKernels">Whether some convolution is long enough along time, and has enough to multiply, for blocks of frames.</param>
    public SparseDescriptions(int seed, bool withLongKernels = false)
    {
        random = new Random(seed);
        Events = Draw(random.Next(2, 9));
        Network = withLongKernels ? DescribeLong() : Describe();
    }

    public SparseVoxels Events { get; }

    public Cnn3d Network { get; }

    private SparseVoxels Draw(int count)
    {
        var shape = new ImageShape(random.Next(3, 12), random.Next(3, 12));
        var offsets = new long[count + 1];
        var pixels = new List<ushort>();
        bool allEmpty = random.Next(15) == 0;
        for (int i = 0; i < count; i++)
        {
            int hits = allEmpty ? 0 : random.Next(6) switch
            {
                0 => 0,
                1 => shape.Pixels,
                _ => random.Next(1, 8),
            };
            int[] all = [.. Enumerable.Range(0, shape.Pixels)];
            random.Shuffle(all);
            pixels.AddRange(all[..Math.Min(hits, all.Length)].Order().Select(pixel => (ushort)pixel));
            offsets[i + 1] = pixels.Count;
        }

        var drawn = new HitEvents(
            shape,
            offsets,
            [.. pixels],
            [.. pixels.Select(_ => 0.01f + random.NextSingle())],
            [.. pixels.Select(_ => random.Next(8) == 0 ? -0.99f : (random.NextSingle() * 2) - 1)],
            [.. Enumerable.Range(0, count).Select(i => i % 2)]);
        VoxelChannel[] channels = [VoxelChannel.Energy, VoxelChannel.Time, VoxelChannel.Hit];
        Voxelizer voxelizer = Voxelizer.Over(TimeAxis.Regular(-1, 1, random.Next(3, 80) is var bins && bins > 20 ? random.Next(3, 9) : bins))
            .WithChannels(channels[..random.Next(1, 4)]);
        voxelizer = random.Next(3) == 0 ? voxelizer : voxelizer.Cumulative();
        if (random.Next(3) == 0 && pixels.Count > 2)
        {
            voxelizer = voxelizer.ScaleEnergy(VoxelScaling.Standardise(true)).Fit(drawn);
        }

        return voxelizer.BinSparse(drawn);
    }

    private Cnn3d Describe()
    {
        Cnn3d network = Cnn3d.For(Events.Shape);
        for (int i = random.Next(2, 9); i > 0; i--)
        {
            Cnn3d longer = Layer(network);
            network = Fits(longer) && !IsUndone(longer) ? longer : network;
        }

        network = random.Next(4) switch
        {
            0 => network.GlobalAveragePool(),
            1 => network.GlobalMaxPool(),
            _ => network.Flatten(),
        };
        network = random.Next(3) == 0 ? network : network.Dense(random.Next(1, 70));

        // No batch norm there: over a few events it leaves too little of float32 for any engine, and torch computes the head anyway.
        return (random.Next(2) == 0 ? network : network.Elu()).Dense(2);
    }

    private Cnn3d DescribeLong()
    {
        Cnn3d network = Cnn3d.For(Events.Shape).Conv(random.Next(8, 24), Extent(3), padding: Padding.Same);
        network = random.Next(2) == 0 ? network : network.Activate(random.Next(2) == 0 ? Activation.Relu : Activation.Elu);
        network = random.Next(3) == 0 ? network : network.BatchNorm(momentum: 0.8);
        network = random.Next(3) == 0 ? network : network.MaxPool(new Extent3d(1, random.Next(1, 3), random.Next(1, 3)));
        for (int i = 0; i < 4; i++)
        {
            var kernel = new Extent3d(random.Next(4, 8), random.Next(3, 6), random.Next(3, 6));
            Cnn3d longer = network.Conv(random.Next(1, 40), kernel, stride: new Extent3d(1, random.Next(1, 3), random.Next(1, 3)), padding: (Padding)random.Next(2));
            network = Fits(longer, most: 30_000) ? longer : network;
            network = random.Next(3) == 0 ? network : network.Relu();
        }

        return network.Flatten().Dense(random.Next(1, 70)).Elu().Dense(2);
    }

    /// <summary>Whether a batch norm's scale is undone by the next one, so that its gradient is nothing but what ε leaves of it.</summary>
    private static bool IsUndone(Cnn3d network)
    {
        bool isNormal = false;
        foreach (NetworkLayer layer in network.Layers)
        {
            if (layer is BatchNormLayer && isNormal)
            {
                return true;
            }

            isNormal = layer is BatchNormLayer || (isNormal && layer is not ActivationLayer);
        }

        return false;
    }

    private static bool Fits(Cnn3d network, int most = 6000)
    {
        try
        {
            return network.Summary().Layers[^1].Output.Values < most;
        }
        catch (NetworkShapeException)
        {
            return false;
        }
    }

    private Cnn3d Layer(Cnn3d network) => random.Next(12) switch
    {
        < 4 => network.Conv(random.Next(1, 40), Extent(5), stride: random.Next(3) == 0 ? Extent(2) : 1, padding: (Padding)random.Next(2)),
        < 6 => network.BatchNorm(momentum: 0.8),
        6 => network.Relu(),
        7 => network.Activate(Enum.GetValues<Activation>()[random.Next(13)]),
        8 => network.MaxPool(Extent(3), random.Next(2) == 0 ? Extent(2) : default, (Padding)random.Next(2)),
        9 => network.AveragePool(Extent(3), random.Next(2) == 0 ? Extent(2) : default, (Padding)random.Next(2)),
        10 => network.ChannelDropout(0.3),
        _ => network.Scale(random.Next(2) == 0 ? 3 : -0.7, offset: random.Next(2) * 0.1),
    };

    private Extent3d Extent(int most) => new(random.Next(1, most + 1), random.Next(1, most + 1), random.Next(1, most + 1));
}
