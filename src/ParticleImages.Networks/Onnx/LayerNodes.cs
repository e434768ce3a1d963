using System.Collections.Immutable;
using static ParticleImages.Networks.Onnx.GraphWriter;

namespace ParticleImages.Networks.Onnx;

/// <summary>What each layer of a description is in an ONNX graph, as it computes when nothing is trained.</summary>
internal static class LayerNodes
{
    /// <summary>Appends layers in order.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="layers">The layers.</param>
    /// <param name="input">The shape of what they take.</param>
    /// <param name="first">Where the first stands.</param>
    /// <param name="prefix">What stands before their names among the weights, which become the names of their nodes.</param>
    /// <param name="from">The name of what they take.</param>
    /// <returns>The name of what they give.</returns>
    public static string Append(
        GraphWriter graph, ImmutableArray<NetworkLayer> layers, FeatureShape input, LayerPosition first, string prefix, string from)
    {
        foreach ((LayerPosition at, NetworkLayer layer, FeatureShape before, _) in ShapeInference.Walk(layers, input, first))
        {
            string name = prefix + WeightLayout.NameOf(at.Number, layer);
            string source = from;
            string[] parts = [.. layer.Parts.Select(part => Append(graph, part.Layers, before, at.Inside(layer, part), $"{name}.{part.Name}.", source))];
            from = Append(graph, layer, before, name, source, parts);
        }

        return from;
    }

    private static string Append(GraphWriter graph, NetworkLayer layer, FeatureShape input, string name, string from, string[] parts) => layer switch
    {
        ConvLayer conv => Windows.Conv(graph, conv, name, from, input),
        MaxPoolLayer pool => Windows.MaxPool(graph, pool, name, from, input),
        AveragePoolLayer pool => Windows.AveragePool(graph, pool, name, from, input),
        GlobalMaxPoolLayer => Flat(graph, name, graph.Node("GlobalMaxPool", $"{name}.maps", [from])),
        GlobalAveragePoolLayer => Flat(graph, name, graph.Node("GlobalAveragePool", $"{name}.maps", [from])),
        ActivationLayer activation => Activations.Append(graph, activation.Function, name, from),
        BatchNormLayer norm => Normalizations.Batch(graph, norm, name, from),
        GroupNormLayer norm => Normalizations.Group(graph, norm, name, from, input),
        LayerNormLayer norm => Normalizations.Layer(graph, norm, name, from, input),
        ScaleLayer scale => Scale(graph, scale, name, from, input),
        DropoutLayer or ChannelDropoutLayer => from,
        ResidualLayer => graph.Node("Add", name, parts),
        BranchesLayer => graph.Node("Concat", name, parts, Attribute("axis", 1L)),
        FlattenLayer => Flat(graph, name, from),
        DenseLayer => graph.Node("Gemm", name, [from, graph.Weight($"{name}.weight"), graph.Weight($"{name}.bias")], Attribute("transB", 1L)),
        _ => throw new NotSupportedException($"No ONNX node is known for the layer {layer.Kind}."),
    };

    private static string Flat(GraphWriter graph, string name, string from) => graph.Node("Flatten", name, [from], Attribute("axis", 1L));

    private static string Scale(GraphWriter graph, ScaleLayer layer, string name, string from, FeatureShape input)
    {
        string factor = graph.Constant($"{name}.factor", layer.Factors, Broadcast(layer.Factors.Length, input));
        if (layer.Offsets.All(offset => (float)offset == 0))
        {
            return graph.Node("Mul", name, [from, factor]);
        }

        string offset = graph.Constant($"{name}.offset", layer.Offsets, Broadcast(layer.Offsets.Length, input));
        return graph.Node("Add", name, [graph.Node("Mul", $"{name}.scaled", [from, factor]), offset]);
    }

    /// <summary>The shape of numbers, one a channel, that ONNX repeats over the places of maps; of a single number for all of them.</summary>
    public static long[] Broadcast(int numbers, FeatureShape input) => (numbers, input.IsFlat) switch
    {
        (1, _) => [],
        (_, true) => [numbers],
        _ => [numbers, 1, 1, 1],
    };
}
