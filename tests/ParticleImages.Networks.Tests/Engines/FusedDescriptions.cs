using ParticleImages.Networks.Engines.Fused;
using ParticleImages.Voxelization;

namespace ParticleImages.Networks.Tests.Engines;

/// <summary>Networks with dropout between their other layers, and events for them, drawn from a seed.</summary>
internal sealed class FusedDescriptions
{
    public FusedDescriptions(int seed, bool drops)
    {
        var sparse = new SparseDescriptions(seed);
        var random = new Random(seed);
        Events = sparse.Events;
        Network = sparse.Network;

        // Where no event holds anything, a mask is all that varies and the next batch norm undoes its scale: gradients are what ε leaves of them.
        bool isEmpty = Enumerable.Range(0, Events.Count).All(i => Events[i].Count == 0);
        drops &= !isEmpty;
        for (int i = sparse.Network.Layers.Length; i > 0; i--)
        {
            bool isMap = ShapeInference.Walk(sparse.Network).ElementAt(i - 1) is { Output.IsFlat: false };
            if (isMap && drops && random.Next(3) == 0)
            {
                Network = Cnn3d.Of(Network.Input, Network.Layers.Insert(i, random.Next(4) == 0 ? new ChannelDropoutLayer(0.4) : new DropoutLayer(0.3)));
            }
        }

        // More of what is computed fastest than the sparse networks have.
        if (random.Next(3) == 0 && Network.Layers[0] is not MaxPoolLayer && Network.Input is { Frames: > 3, Height: > 3, Width: > 3 })
        {
            Network = Cnn3d.Of(
                Network.Input,
                [
                    new ConvLayer(random.Next(1, 9), 3), new ActivationLayer(random.Next(3) == 0 ? Activation.Elu : Activation.Relu), .. drops ? [new DropoutLayer(0.2)] : Array.Empty<NetworkLayer>(),
                    new BatchNormLayer(0.9, 1e-3), new MaxPoolLayer(2), new FlattenLayer(), new DenseLayer(2),
                ]);
        }
    }

    public SparseVoxels Events { get; }

    public Cnn3d Network { get; }

    /// <summary>The factors of every dropout, as <see cref="DropoutMask"/> says.</summary>
    public static float[][] Masks(Cnn3d network, int events, ulong seed)
    {
        var masks = new List<float[]>();
        foreach ((_, NetworkLayer layer, FeatureShape input, _) in ShapeInference.Walk(network))
        {
            if (layer is DropoutLayer or ChannelDropoutLayer)
            {
                int number = masks.Count;
                masks.Add([.. Enumerable.Range(0, events * input.Channels).SelectMany(map =>
                {
                    var factors = new float[layer is DropoutLayer ? input.Positions : 1];
                    double rate = layer is DropoutLayer single ? single.Rate : ((ChannelDropoutLayer)layer).Rate;
                    DropoutMask.Fill(DropoutMask.Stream(seed, number, map / input.Channels, map % input.Channels), rate, factors);
                    return factors;
                })]);
            }
        }

        return [.. masks];
    }
}
