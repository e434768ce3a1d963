using ParticleImages.Networks.Training;
using static TorchSharp.torch;

namespace ParticleImages.Networks.Modules;

/// <summary>A description as torch modules: one a layer, in order, computed one after the other, float32 on the CPU.</summary>
internal sealed class LayerStack : nn.Module<Tensor, Tensor>
{
    private readonly IReadOnlyList<(string Name, long[] Shape)> layout;
    private readonly List<nn.Module<Tensor, Tensor>> layers = [];
    private readonly List<Tensor> kept;

    public LayerStack(Cnn3d description)
        : base(nameof(LayerStack))
    {
        layout = WeightLayout.Of(description);
        foreach ((int number, NetworkLayer layer, FeatureShape input, _) in ShapeInference.Walk(description))
        {
            nn.Module<Tensor, Tensor> module = Create(layer, input);
            layers.Add(module);
            register_module(WeightLayout.NameOf(number, layer), module);
        }

        kept = [.. parameters(), .. buffers()];
    }

    /// <summary>Draws all weights; biases begin with 0, batch norms with γ 1 and β 0, and dropout with the same masks again.</summary>
    public void Initialize(int seed)
    {
        using var generator = new Generator((ulong)(uint)seed);
        foreach (nn.Module<Tensor, Tensor> module in layers)
        {
            (module as SamePaddedConv)?.Initialize(generator);
            (module as FullyConnected)?.Initialize(generator);
        }

    }

    /// <summary>Starts the masks of every dropout layer anew; the layers draw from streams of their own.</summary>
    public void SeedDropout(ulong seed)
    {
        for (int i = 0; i < layers.Count; i++)
        {
            (layers[i] as SeededDropout)?.Seed((long)SplitMix64.Mix(seed, (ulong)i));
        }
    }

    public override Tensor forward(Tensor input)
    {
        Tensor current = input;
        foreach (nn.Module<Tensor, Tensor> module in layers)
        {
            Tensor next = module.call(current);

            // While training, autograd holds what it still needs; this only lets go of the rest at once.
            if (!ReferenceEquals(current, input))
            {
                current.Dispose();
            }

            current = next;
        }

        return current;
    }

    /// <summary>Copies of all parameters and running statistics, by name.</summary>
    public IReadOnlyList<(string Name, long[] Shape, ReadOnlyMemory<byte> Values)> Weights()
    {
        Dictionary<string, Tensor> tensors = state_dict();
        return [.. layout.Select(weight => (weight.Name, weight.Shape, (ReadOnlyMemory<byte>)tensors[weight.Name].bytes.ToArray()))];
    }

    /// <summary>Takes over saved weights, which fit (<see cref="WeightLayout.Check"/>).</summary>
    public void Restore(IReadOnlyDictionary<string, (long[] Shape, ReadOnlyMemory<byte> Values)> weights)
    {
        foreach ((string name, Tensor tensor) in state_dict())
        {
            weights[name].Values.Span.CopyTo(tensor.bytes);
            GC.KeepAlive(tensor);
        }
    }

    /// <summary>Frees the weights at once; torch's modules leave their handles to the garbage collector, which never notices them.</summary>
    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing)
        {
            kept.ForEach(tensor => tensor.Dispose());
        }
    }

    private static nn.Module<Tensor, Tensor> Create(NetworkLayer layer, FeatureShape input) => layer switch
    {
        ConvLayer conv => new SamePaddedConv(input.Channels, conv),
        ActivationLayer { Function: Activation.Relu } => nn.ReLU(),
        ActivationLayer { Function: Activation.Elu } => new ExponentialUnit(),
        ActivationLayer { Function: Activation.Tanh } => nn.Tanh(),
        DropoutLayer dropout => new SeededDropout(dropout.Rate),
        BatchNormLayer norm => new BatchNormalization(input.Channels, norm),
        MaxPoolLayer pool => nn.MaxPool3d((pool.Size.Frames, pool.Size.Rows, pool.Size.Columns)),
        FlattenLayer => nn.Flatten(),
        DenseLayer dense => new FullyConnected(input.Channels, dense),
        _ => throw new NotSupportedException($"No torch module is known for the layer {layer.Kind}."),
    };
}
