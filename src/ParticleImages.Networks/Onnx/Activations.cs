using static ParticleImages.Networks.Onnx.GraphWriter;

namespace ParticleImages.Networks.Onnx;

/// <summary>Functions of every value. What operator set 17 has no node for is composed of those that it has.</summary>
internal static class Activations
{
    // Klambauer et al., arXiv 1706.02515, as many digits as torch has.
    private const double SeluScale = 1.0507009873554804934193349852946;
    private const double SeluAlpha = 1.6732632423543772848170429916717;

    public static string Append(GraphWriter graph, Activation function, string name, string from) => function switch
    {
        Activation.Relu => graph.Node("Relu", name, [from]),
        Activation.Elu => graph.Node("Elu", name, [from], Attribute("alpha", 1.0)),
        Activation.Tanh => graph.Node("Tanh", name, [from]),
        Activation.Gelu => Gelu(graph, name, from),
        Activation.Selu => graph.Node("Selu", name, [from], Attribute("alpha", SeluAlpha), Attribute("gamma", SeluScale)),
        Activation.LeakyRelu => graph.Node("LeakyRelu", name, [from], Attribute("alpha", 0.01)),
        Activation.Sigmoid => graph.Node("Sigmoid", name, [from]),
        Activation.Silu => graph.Node("Mul", name, [from, graph.Node("Sigmoid", $"{name}.sigmoid", [from])]),
        Activation.Softplus => graph.Node("Softplus", name, [from]),
        Activation.Softsign => graph.Node("Softsign", name, [from]),
        Activation.Mish => graph.Node("Mul", name, [from, graph.Node("Tanh", $"{name}.tanh", [graph.Node("Softplus", $"{name}.softplus", [from])])]),
        Activation.Relu6 => graph.Node("Clip", name, [from, graph.Constant($"{name}.least", 0), graph.Constant($"{name}.most", 6)]),
        Activation.Exponential => graph.Node("Exp", name, [from]),
        _ => throw new NotSupportedException($"No ONNX node is known for the function {function}."),
    };

    // The exact form, x (1 + erf(x / √2)) / 2.
    private static string Gelu(GraphWriter graph, string name, string from)
    {
        string scaled = graph.Node("Mul", $"{name}.scaled", [from, graph.Constant($"{name}.root_of_half", Math.Sqrt(0.5))]);
        string integral = graph.Node("Add", $"{name}.integral", [graph.Node("Erf", $"{name}.erf", [scaled]), graph.Constant($"{name}.one", 1)]);
        return graph.Node("Mul", name, [graph.Node("Mul", $"{name}.doubled", [from, integral]), graph.Constant($"{name}.half", 0.5)]);
    }
}
