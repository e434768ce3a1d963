using ParticleImages.Networks.Onnx.Format;
using static ParticleImages.Networks.Onnx.GraphWriter;

namespace ParticleImages.Networks.Onnx;

/// <summary>Layers that move a window over their input: convolutions and pools.</summary>
internal static class Windows
{
    public static string Conv(GraphWriter graph, ConvLayer layer, string name, string from, FeatureShape input) => graph.Node(
        "Conv", name, [from, graph.Weight($"{name}.weight"), graph.Weight($"{name}.bias")], Of(layer.Window, input));

    public static string MaxPool(GraphWriter graph, MaxPoolLayer layer, string name, string from, FeatureShape input) =>
        graph.Node("MaxPool", name, [from], Of(layer.Window, input));

    public static string AveragePool(GraphWriter graph, AveragePoolLayer layer, string name, string from, FeatureShape input) =>
        graph.Node("AveragePool", name, [from], [.. Of(layer.Window, input), Attribute("count_include_pad", 0L)]);

    private static AttributeProto[] Of(SlidingWindow window, FeatureShape input)
    {
        (int Begin, int End)[] added = [window.Added(0, input.Frames), window.Added(1, input.Height), window.Added(2, input.Width)];
        return
        [
            Sides("kernel_shape", window.Size),
            Sides("strides", window.Stride),

            // In numbers: ONNX' own words for «same» are deprecated.
            Attribute("pads", [.. added.Select(side => (long)side.Begin), .. added.Select(side => (long)side.End)]),
        ];
    }

    private static AttributeProto Sides(string name, Extent3d extent) => Attribute(name, [extent.Frames, extent.Rows, extent.Columns]);
}
