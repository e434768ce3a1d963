using static TorchSharp.torch;

namespace ParticleImages.Networks.Modules;

/// <summary>A description as torch modules: one a layer, in order, computed one after the other, float32 on one device.</summary>
internal sealed class LayerStack : LayerChain
{
    private readonly IReadOnlyList<(string Name, long[] Shape)> layout;
    private readonly IReadOnlyList<SeededDropout> dropouts;
    private readonly List<Tensor> kept;

    public LayerStack(Cnn3d description, Device device)
        : base(description.Layers, ShapeInference.InputOf(description), LayerPosition.First(description), device)
    {
        layout = WeightLayout.Of(description);
        dropouts = [.. Leaves().OfType<SeededDropout>()];
        kept = [.. parameters(), .. buffers()];
    }

    /// <summary>
    /// Draws all weights; biases begin with 0, norms with γ 1 and β 0, and dropout with the same masks again. The same seed gives the same weights on every device.
    /// </summary>
    public void Initialize(int seed)
    {
        using var generator = new Generator((ulong)(uint)seed);
        foreach (nn.Module<Tensor, Tensor> module in Leaves())
        {
            (module as Convolution)?.Initialize(generator);
            (module as FullyConnected)?.Initialize(generator);
        }

        SeedDropout((ulong)(uint)seed);
    }

    /// <summary>
    /// Starts the masks of every dropout layer anew, each from a mix of the seed and its number among them. Cheap enough for every step: a training then needs no
    /// state of random numbers to go on from where it was.
    /// </summary>
    public void SeedDropout(ulong seed)
    {
        for (int i = 0; i < dropouts.Count; i++)
        {
            dropouts[i].Seed(SplitMix64.Mix(seed, (ulong)i));
        }
    }

    /// <summary>Draws the factors of every dropout of whole maps, (events, channels), by its number among all dropouts; empty for those of single values.</summary>
    public float[][] ChannelDropoutFactors(int events) => [.. dropouts.Select(dropout => dropout.ChannelFactors(events))];

    /// <summary>Copies of all parameters and running statistics, by name.</summary>
    public IReadOnlyList<(string Name, long[] Shape, ReadOnlyMemory<byte> Values)> Weights()
    {
        Dictionary<string, Tensor> tensors = state_dict();
        return [.. layout.Select(weight => (weight.Name, weight.Shape, (ReadOnlyMemory<byte>)Bytes(tensors[weight.Name])))];
    }

    /// <summary>Takes over saved weights, which fit (<see cref="WeightLayout.Check"/>).</summary>
    public void Restore(IReadOnlyDictionary<string, (long[] Shape, ReadOnlyMemory<byte> Values)> weights)
    {
        using var noGradient = no_grad();
        foreach ((string name, Tensor tensor) in state_dict())
        {
            using Tensor saved = empty(tensor.shape, float32, CPU);
            weights[name].Values.Span.CopyTo(saved.bytes);
            tensor.copy_(saved);
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

    private static byte[] Bytes(Tensor tensor)
    {
        using Tensor here = tensor.cpu();
        return here.bytes.ToArray();
    }
}
