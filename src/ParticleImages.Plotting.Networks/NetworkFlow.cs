using System.Collections.Immutable;
using System.Globalization;
using ParticleImages.Networks;
using ParticleImages.Plotting.Drawing;
using ScottPlot;

namespace ParticleImages.Plotting.Networks;

/// <summary>A network's layers as the parts of a diagram.</summary>
internal static class NetworkFlow
{
    private static readonly Color Data = Color.FromHex("#FFFFFF");
    private static readonly Color Convolution = Color.FromHex("#CFE3F2");
    private static readonly Color Dense = Color.FromHex("#F8DCC8");
    private static readonly Color Pooling = Color.FromHex("#D2ECE2");
    private static readonly Color Normalisation = Color.FromHex("#F1DFEA");
    private static readonly Color Function = Color.FromHex("#FBEBCB");
    private static readonly Color Other = Color.FromHex("#EDEDED");

    public static FlowColumn Of(Cnn3d description, NetworkSummary summary) => new(
    [
        new FlowBox("Input", ShapeOf(summary.Input), Data),
        .. Parts(description.Layers, summary.Layers),
    ]);

    /// <summary>Parameters and work of the whole.</summary>
    public static string Totals(NetworkSummary summary) =>
        $"{Parameters(summary.Parameters)}, {PictureStyle.Count(summary.Trainable)} trainable; {PictureStyle.Count(summary.MultiplyAdds)} multiply-adds an event";

    private static IEnumerable<FlowPart> Parts(ImmutableArray<NetworkLayer> layers, IEnumerable<LayerSummary> rows) =>
        layers.Zip(rows).Select(pair => PartOf(pair.First, pair.Second));

    private static FlowPart PartOf(NetworkLayer layer, LayerSummary row) => layer switch
    {
        ResidualLayer residual => Split(row, "Add", [residual.Branch, residual.Shortcut]),
        BranchesLayer branches => Split(row, "Concatenate", branches.Branches),
        _ => Box(layer, row),
    };

    private static FlowSplit Split(LayerSummary row, string join, ImmutableArray<ImmutableArray<NetworkLayer>> parts)
    {
        var lanes = new List<FlowColumn>();
        int next = 0;
        foreach (ImmutableArray<NetworkLayer> part in parts)
        {
            lanes.Add(new FlowColumn([.. Parts(part, row.Inner.Skip(next).Take(part.Length))]));
            next += part.Length;
        }

        return new FlowSplit(lanes, new FlowBox(join, ShapeOf(row.Output), Data));
    }

    // A layer that neither has parameters nor changes the shape needs no second line.
    private static FlowBox Box(NetworkLayer layer, LayerSummary row)
    {
        (string name, Color fill) = layer switch
        {
            ConvLayer conv => ($"Conv {conv.Filters}, {conv.Kernel}{Window(conv.Stride, 1, conv.Padding, Padding.Same)}", Convolution),
            DenseLayer dense => ($"Dense {dense.Units}", Dense),
            MaxPoolLayer pool => ($"Max pool {pool.Size}{Window(pool.Stride, pool.Size, pool.Padding, Padding.Valid)}", Pooling),
            AveragePoolLayer pool => ($"Average pool {pool.Size}{Window(pool.Stride, pool.Size, pool.Padding, Padding.Valid)}", Pooling),
            GlobalMaxPoolLayer => ("Global max pool", Pooling),
            GlobalAveragePoolLayer => ("Global average pool", Pooling),
            BatchNormLayer => ("Batch norm", Normalisation),
            GroupNormLayer norm => ($"Group norm, {norm.Groups} groups", Normalisation),
            LayerNormLayer => ("Layer norm", Normalisation),
            DropoutLayer dropout => ($"Dropout {Number(dropout.Rate)}", Other),
            ChannelDropoutLayer dropout => ($"Channel dropout {Number(dropout.Rate)}", Other),
            ScaleLayer scale => (ScaleOf(scale), Other),
            ActivationLayer activation => (NameOf(activation.Function), Function),
            _ => (layer.Kind, Other),
        };
        bool isPlain = layer is DropoutLayer or ChannelDropoutLayer or ScaleLayer or ActivationLayer;
        string detail = row.Parameters == 0 ? ShapeOf(row.Output) : $"{ShapeOf(row.Output)} · {Parameters(row.Parameters)}";
        return new FlowBox(name, isPlain ? "" : detail, fill);
    }

    private static string Window(Extent3d stride, Extent3d usualStride, Padding padding, Padding usualPadding) =>
        $"{(stride == usualStride ? "" : $", stride {stride}")}{(padding == usualPadding ? "" : padding == Padding.Same ? ", padded" : ", unpadded")}";

    private static string ScaleOf(ScaleLayer scale)
    {
        if (scale.Factors.Length > 1 || scale.Offsets.Length > 1)
        {
            return "Scale, by channel";
        }

        double offset = scale.Offsets[0];
        return $"Scale × {Number(scale.Factors[0])}{(offset == 0 ? "" : $" {(offset < 0 ? '−' : '+')} {Number(Math.Abs(offset))}")}";
    }

    private static string NameOf(Activation function) => function switch
    {
        Activation.Relu => "ReLU",
        Activation.Elu => "ELU",
        Activation.Gelu => "GELU",
        Activation.Selu => "SELU",
        Activation.Tanh => "tanh",
        Activation.LeakyRelu => "Leaky ReLU",
        Activation.Silu => "SiLU",
        Activation.Relu6 => "ReLU6",
        _ => function.ToString(),
    };

    private static string ShapeOf(FeatureShape shape) => shape.IsFlat
        ? PictureStyle.Count(shape.Channels)
        : $"{shape.Frames} × {shape.Height} × {shape.Width}{(shape.Channels == 1 ? "" : $" × {shape.Channels}")}";

    private static string Parameters(long count) => $"{PictureStyle.Count(count)} {(count == 1 ? "parameter" : "parameters")}";

    private static string Number(double value) => value.ToString("0.####", CultureInfo.InvariantCulture).Replace('-', '−');
}
