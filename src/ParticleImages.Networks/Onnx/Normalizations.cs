using static ParticleImages.Networks.Onnx.GraphWriter;

namespace ParticleImages.Networks.Onnx;

/// <summary>Layers that normalize.</summary>
internal static class Normalizations
{
    public static string Batch(GraphWriter graph, BatchNormLayer layer, string name, string from) => graph.Node(
        "BatchNormalization",
        name,
        [
            from, graph.Weight($"{name}.weight"), graph.Weight($"{name}.bias"), graph.Weight($"{name}.running_mean"),
            graph.Weight($"{name}.running_var"),
        ],
        Attribute("epsilon", layer.Epsilon));

    /// <summary>
    /// ONNX has no node for groups before operator set 18: each group becomes one channel, which InstanceNormalization normalizes over all its values.
    /// </summary>
    public static string Group(GraphWriter graph, GroupNormLayer layer, string name, string from, FeatureShape input)
    {
        long[] shape = input.IsFlat ? [0, input.Channels] : [0, input.Channels, input.Frames, input.Height, input.Width];
        string groups = graph.Node("Reshape", $"{name}.groups", [from, graph.Shape($"{name}.groups_shape", 0, layer.Groups, -1)]);
        string normalized = graph.Node(
            "InstanceNormalization",
            $"{name}.normalized_groups",
            [
                groups,
                graph.Constant($"{name}.ones", Enumerable.Repeat(1.0, layer.Groups).ToArray(), layer.Groups),
                graph.Constant($"{name}.zeros", new double[layer.Groups], layer.Groups),
            ],
            Attribute("epsilon", layer.Epsilon));
        string channels = graph.Node("Reshape", $"{name}.normalized", [normalized, graph.Shape($"{name}.shape", shape)]);

        long[] weights = input.IsFlat ? [input.Channels] : [input.Channels, 1, 1, 1];
        string scaled = graph.Node("Mul", $"{name}.scaled", [channels, graph.Weight($"{name}.weight", weights)]);
        return graph.Node("Add", name, [scaled, graph.Weight($"{name}.bias", weights)]);
    }

    /// <summary>ONNX normalizes the last axes; the channels of maps go there and back.</summary>
    public static string Layer(GraphWriter graph, LayerNormLayer layer, string name, string from, FeatureShape input)
    {
        if (input.IsFlat)
        {
            return Normalize(name, from);
        }

        string last = graph.Node("Transpose", $"{name}.channels_last", [from], Attribute("perm", [0, 2, 3, 4, 1]));
        return graph.Node("Transpose", name, [Normalize($"{name}.normalized", last)], Attribute("perm", [0, 4, 1, 2, 3]));

        string Normalize(string node, string source) => graph.Node(
            "LayerNormalization",
            node,
            [source, graph.Weight($"{name}.weight"), graph.Weight($"{name}.bias")],
            Attribute("axis", -1L),
            Attribute("epsilon", layer.Epsilon));
    }
}
