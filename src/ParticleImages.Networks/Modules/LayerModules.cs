using static TorchSharp.torch;

namespace ParticleImages.Networks.Modules;

/// <summary>Makes the module that computes a layer, with all that it keeps on a device.</summary>
internal static class LayerModules
{
    public static nn.Module<Tensor, Tensor> Create(NetworkLayer layer, FeatureShape input, LayerPosition at, Device device) => layer switch
    {
        ConvLayer conv => new Convolution(input, conv, device),
        ActivationLayer activation => new ActivationUnit(activation.Function),
        DropoutLayer dropout => new SeededDropout(dropout.Rate, wholeMaps: false, input.Channels, device),
        ChannelDropoutLayer dropout => new SeededDropout(dropout.Rate, wholeMaps: true, input.Channels, device),
        BatchNormLayer norm => new BatchNormalization(input.Channels, norm, device),
        GroupNormLayer norm => new GroupNormalization(input.Channels, norm, device),
        LayerNormLayer norm => new LayerNormalization(input, norm, device),
        MaxPoolLayer pool => new MaxPooling(input, pool.Window),
        AveragePoolLayer pool => new AveragePooling(input, pool.Window, device),
        GlobalMaxPoolLayer => new GlobalMaxPooling(input),
        GlobalAveragePoolLayer => new GlobalAveragePooling(),
        ScaleLayer scale => new Scaling(input, scale, device),
        ResidualLayer block => new ResidualBlock(block, input, at, device),
        BranchesLayer block => new ParallelBranches(block, input, at, device),
        FlattenLayer => nn.Flatten(),
        DenseLayer dense => new FullyConnected(input.Channels, dense, device),
        _ => throw new NotSupportedException($"No torch module is known for the layer {layer.Kind}."),
    };

    /// <summary>The parts of a block, registered in it by their names among the weights.</summary>
    public static IReadOnlyList<LayerChain> CreateParts(
        nn.Module block, NetworkLayer layer, FeatureShape input, LayerPosition at, Device device)
    {
        var parts = new List<LayerChain>();
        foreach (BlockPart part in layer.Parts)
        {
            var chain = new LayerChain(part.Layers, input, at.Inside(layer, part), device);
            parts.Add(chain);
            block.register_module(part.Name, chain);
        }

        return parts;
    }
}
