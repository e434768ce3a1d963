using System.Collections.Immutable;
using ParticleImages.Voxelization;

namespace ParticleImages.Networks.Tests;

/// <summary>Descriptions of every kind of layer, drawn from a seed.</summary>
internal sealed class RandomDescriptions(int seed)
{
    private readonly Random random = new(seed);

    /// <summary>Layers that need not fit each other.</summary>
    public Cnn3d Any() => Cnn3d.Of(Input(most: 40), Layers(random.Next(8), depth: 3));

    /// <summary>Layers that fit: those that do not are left out.</summary>
    public Cnn3d Fitting()
    {
        Cnn3d network = Cnn3d.For(Input(most: 6));
        for (int i = random.Next(1, 7); i > 0; i--)
        {
            Cnn3d longer = Cnn3d.Of(network.Input, network.Layers.Add(Layer(depth: 2)));
            if (Fits(longer))
            {
                network = longer;
            }
        }

        return network;
    }

    /// <summary>A network of one layer that fits.</summary>
    public Cnn3d Single(Func<NetworkLayer, bool> isWanted)
    {
        while (true)
        {
            Cnn3d network = Cnn3d.Of(Input(most: 6), [Layer(depth: 2)]);
            if (isWanted(network.Layers[0]) && Fits(network))
            {
                return network;
            }
        }
    }

    private static bool Fits(Cnn3d network)
    {
        try
        {
            return network.Summary().Layers[^1].Output.Values < 3000;
        }
        catch (NetworkShapeException)
        {
            return false;
        }
    }

    private VoxelShape Input(int most) => new(random.Next(1, most), random.Next(1, most), random.Next(1, most), random.Next(1, 4));

    private ImmutableArray<NetworkLayer> Layers(int count, int depth) => [.. Enumerable.Range(0, count).Select(_ => Layer(depth))];

    private NetworkLayer Layer(int depth) => random.Next(depth > 0 ? 19 : 16) switch
    {
        0 or 1 => new ConvLayer(random.Next(1, 5), Extent(4), random.Next(2) == 0 ? default : Extent(4), Padding()),
        2 or 3 => new MaxPoolLayer(Extent(4), random.Next(2) == 0 ? default : Extent(4), Padding()),
        4 or 5 => new AveragePoolLayer(Extent(4), random.Next(2) == 0 ? default : Extent(4), Padding()),
        6 => new ActivationLayer(random.GetItems(Enum.GetValues<Activation>(), 1)[0]),
        7 => new BatchNormLayer(random.NextDouble(), 1e-3 + random.NextDouble()),
        8 => new GroupNormLayer(random.Next(1, 4), 1e-2 + random.NextDouble()),
        9 => new LayerNormLayer(1e-2 + random.NextDouble()),
        10 => new DropoutLayer(random.NextDouble()),
        11 => new ChannelDropoutLayer(random.NextDouble()),
        12 => new ScaleLayer(Numbers(), [random.NextDouble() - 0.5]),
        13 => random.Next(2) == 0 ? new GlobalMaxPoolLayer() : new GlobalAveragePoolLayer(),
        14 => new FlattenLayer(),
        15 => new DenseLayer(random.Next(1, 6)),
        16 => new ResidualLayer(Layers(random.Next(1, 3), depth - 1), Layers(random.Next(2), depth - 1)),
        17 => Added(random.Next(1, 4)),
        _ => new BranchesLayer([.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => Layers(random.Next(3), depth - 1))]),
    };

    // One that fits more often than layers drawn at random.
    private ResidualLayer Added(int filters)
    {
        Extent3d stride = Extent(3);
        return new ResidualLayer(
            [new ConvLayer(filters, Extent(3), stride), new ActivationLayer(Activation.Elu), new ConvLayer(filters, Extent(2))], [new ConvLayer(filters, 1, stride)]);
    }

    private ImmutableArray<double> Numbers() => [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => 0.1 + random.NextDouble())];

    private Padding Padding() => random.Next(2) == 0 ? Networks.Padding.Same : Networks.Padding.Valid;

    private Extent3d Extent(int most) => new(random.Next(1, most + 1), random.Next(1, most + 1), random.Next(1, most + 1));
}
