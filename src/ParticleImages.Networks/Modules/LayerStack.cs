using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ParticleImages.Networks.Modules;

/// <summary>A description as torch modules: one a layer, in order, computed one after the other.</summary>
internal sealed class LayerStack : nn.Module<Tensor, Tensor>
{
    private readonly List<nn.Module<Tensor, Tensor>> layers = [];

    public LayerStack(Cnn3d description)
        : base(nameof(LayerStack))
    {
        foreach ((int number, NetworkLayer layer, FeatureShape input, _) in ShapeInference.Walk(description))
        {
            nn.Module<Tensor, Tensor> module = Create(layer, input);
            layers.Add(module);
            register_module($"{number}_{layer.Kind.ToLowerInvariant()}", module);
        }
    }

    /// <summary>
    /// Draws weights as Keras does: uniform within ±√(6 / (inputs + outputs)), biases 0 (Glorot and Bengio 2010). Batch norms
    /// begin with γ 1 and β 0, and dropout with the same masks again.
    /// </summary>
    public void Initialize(int seed)
    {
        using var noGradient = no_grad();
        using DisposeScope scope = NewDisposeScope();
        using var generator = new Generator((ulong)(uint)seed);
        foreach (nn.Module<Tensor, Tensor> module in layers)
        {
            (Tensor? weight, Tensor? bias) = module switch
            {
                Conv3d conv => (conv.weight, conv.bias),
                Linear linear => (linear.weight, linear.bias),
                _ => (null, null),
            };
            if (weight is not null)
            {
                long receptive = weight.shape.Skip(2).Aggregate(1L, (product, side) => product * side);
                double bound = Math.Sqrt(6.0 / (receptive * (weight.shape[0] + weight.shape[1])));
                weight.uniform_(-bound, bound, generator);
                bias?.zero_();
            }
        }

        SeedDropout(seed);
    }

    /// <summary>Starts the masks of every dropout layer anew; the layers draw from streams of their own.</summary>
    public void SeedDropout(int seed)
    {
        for (int i = 0; i < layers.Count; i++)
        {
            (layers[i] as SeededDropout)?.Seed(((long)(uint)seed << 16) + i);
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

    /// <summary>Copies of all float32 parameters and running statistics, by name.</summary>
    public IReadOnlyList<(string Name, long[] Shape, ReadOnlyMemory<byte> Values)> Weights() =>
        [.. Named().Select(named => (named.Name, named.Tensor.shape, (ReadOnlyMemory<byte>)named.Tensor.bytes.ToArray()))];

    /// <summary>Takes over saved weights: all of them, or none when one does not fit.</summary>
    /// <exception cref="FormatException">A weight is missing, unknown or of another shape.</exception>
    public void Restore(IReadOnlyDictionary<string, (long[] Shape, ReadOnlyMemory<byte> Values)> weights)
    {
        List<(string Name, Tensor Tensor)> named = Named();
        foreach (string name in weights.Keys.Except(named.Select(own => own.Name)))
        {
            throw new FormatException($"it holds a weight '{name}' that the network does not have.");
        }

        foreach ((string name, Tensor tensor) in named)
        {
            if (!weights.TryGetValue(name, out (long[] Shape, ReadOnlyMemory<byte> Values) saved))
            {
                throw new FormatException($"it lacks the weight '{name}'; it has {string.Join(", ", weights.Keys)}.");
            }

            if (!saved.Shape.SequenceEqual(tensor.shape))
            {
                throw new FormatException(
                    $"the weight '{name}' has shape ({string.Join(", ", saved.Shape)}); the network's is ({string.Join(", ", tensor.shape)}).");
            }
        }

        foreach ((string name, Tensor tensor) in named)
        {
            weights[name].Values.Span.CopyTo(tensor.bytes);
        }
    }

    // A batch norm also counts its batches in int64, which nothing here reads.
    private List<(string Name, Tensor Tensor)> Named() =>
        [.. state_dict().Where(entry => entry.Value.dtype == ScalarType.Float32).Select(entry => (entry.Key, entry.Value))];

    private static nn.Module<Tensor, Tensor> Create(NetworkLayer layer, FeatureShape input) => layer switch
    {
        ConvLayer conv => nn.Conv3d(
            input.Channels,
            conv.Filters,
            (conv.Kernel.Frames, conv.Kernel.Rows, conv.Kernel.Columns),
            padding: Padding.Same),
        ActivationLayer { Function: Activation.Relu } => nn.ReLU(),
        ActivationLayer { Function: Activation.Elu } => nn.ELU(),
        ActivationLayer { Function: Activation.Tanh } => nn.Tanh(),
        DropoutLayer dropout => new SeededDropout(dropout.Rate),
        BatchNormLayer norm when input.IsFlat => nn.BatchNorm1d(input.Channels, norm.Epsilon, 1 - norm.Momentum),
        BatchNormLayer norm => nn.BatchNorm3d(input.Channels, norm.Epsilon, 1 - norm.Momentum),
        MaxPoolLayer pool => nn.MaxPool3d((pool.Size.Frames, pool.Size.Rows, pool.Size.Columns)),
        FlattenLayer => nn.Flatten(),
        DenseLayer dense => nn.Linear(input.Channels, dense.Units),
        _ => throw new NotSupportedException($"No torch module is known for the layer {layer.Kind}."),
    };
}
