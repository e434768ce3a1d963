using System.Collections.Immutable;

namespace ParticleImages.Networks.Tests.Modules;

/// <summary>
/// What a description computes for one event after training, in plain loops and double precision, written from the layers' definitions and not from torch.
/// Values are in order channels, frames, rows, columns.
/// </summary>
internal sealed class PlainLoops(IReadOnlyDictionary<string, double[]> weights)
{
    public (Maps Output, bool IsFlat) Run(Cnn3d network, double[] input) => Run(
        network.Layers, new Maps(input, network.Input.Channels, [network.Input.Frames, network.Input.Height, network.Input.Width]), isFlat: false, prefix: "");

    private (Maps Output, bool IsFlat) Run(ImmutableArray<NetworkLayer> layers, Maps input, bool isFlat, string prefix)
    {
        (Maps Maps, bool IsFlat) now = (input, isFlat);
        for (int i = 0; i < layers.Length; i++)
        {
            now = Layer(layers[i], now.Maps, now.IsFlat, $"{prefix}{i + 1}_{layers[i].Kind.ToLowerInvariant()}.");
        }

        return now;
    }

    private (Maps Output, bool IsFlat) Layer(NetworkLayer layer, Maps input, bool isFlat, string name)
    {
        switch (layer)
        {
            case ConvLayer conv:
                return (Convolve(conv, input, weights[name + "weight"], weights[name + "bias"]), false);
            case MaxPoolLayer pool:
                return (Pool(input, Sides(pool.Size), Sides(pool.Stride), pool.Padding, values => values.Max()), false);
            case AveragePoolLayer pool:
                return (Pool(input, Sides(pool.Size), Sides(pool.Stride), pool.Padding, values => values.Average()), false);
            case GlobalMaxPoolLayer:
                return (Row([.. Enumerable.Range(0, input.Channels).Select(channel => input.Channel(channel).Max())]), true);
            case GlobalAveragePoolLayer:
                return (Row([.. Enumerable.Range(0, input.Channels).Select(channel => input.Channel(channel).Average())]), true);
            case ActivationLayer activation:
                return (input.Each((_, x) => Activate(activation.Function, x)), isFlat);
            case BatchNormLayer norm:
                double[] mean = weights[name + "running_mean"], variance = weights[name + "running_var"];
                return (Affine(input.Each((channel, x) => (x - mean[channel]) / Math.Sqrt(variance[channel] + norm.Epsilon)), name), isFlat);
            case GroupNormLayer norm:
                int size = input.Channels / norm.Groups * input.Places;
                return (Affine(input with { Values = [.. input.Values.Chunk(size).SelectMany(group => Normal(group, norm.Epsilon))] }, name), isFlat);
            case LayerNormLayer norm:
                return (Affine(EachPlace(input, norm.Epsilon), name), isFlat);
            case DropoutLayer or ChannelDropoutLayer:
                return (input, isFlat);
            case ScaleLayer scale:
                return (input.Each((channel, x) => (Of(scale.Factors, channel) * x) + Of(scale.Offsets, channel)), isFlat);
            case FlattenLayer:
                return (Row(input.Values), true);
            case DenseLayer dense:
                return (Row(Multiply(weights[name + "weight"], weights[name + "bias"], input.Values)), true);
            case ResidualLayer block:
                (Maps branch, bool ends) = Run(block.Branch, input, isFlat, name + "branch.");
                Maps shortcut = Run(block.Shortcut, input, isFlat, name + "shortcut.").Output;
                return (branch with { Values = [.. branch.Values.Zip(shortcut.Values, (one, other) => one + other)] }, ends);
            case BranchesLayer block:
                (Maps Maps, bool IsFlat)[] all = [.. block.Branches.Select((layers, i) => Run(layers, input, isFlat, $"{name}{i + 1}."))];
                return (new Maps([.. all.SelectMany(part => part.Maps.Values)], all.Sum(part => part.Maps.Channels), all[0].Maps.Sides), all[0].IsFlat);
            default:
                throw new NotSupportedException(layer.Kind);
        }
    }

    private static Maps Convolve(ConvLayer layer, Maps input, double[] weight, double[] bias)
    {
        int[] kernel = Sides(layer.Kernel), stride = Sides(layer.Stride);
        (int[] places, int[] before) = Window(input.Sides, kernel, stride, layer.Padding);
        var output = new double[layer.Filters * Product(places)];
        int next = 0;
        for (int filter = 0; filter < layer.Filters; filter++)
        {
            foreach (int[] place in Indices(places))
            {
                double sum = bias[filter];
                for (int channel = 0; channel < input.Channels; channel++)
                {
                    int tap = (filter * input.Channels + channel) * Product(kernel);
                    foreach (int[] offset in Indices(kernel))
                    {
                        sum += weight[tap++] * (input.At(channel, Shift(place, stride, before, offset)) ?? 0);
                    }
                }

                output[next++] = sum;
            }
        }

        return new Maps(output, layer.Filters, places);
    }

    private static Maps Pool(Maps input, int[] size, int[] stride, Padding padding, Func<IEnumerable<double>, double> combine)
    {
        (int[] places, int[] before) = Window(input.Sides, size, stride, padding);
        var output = new List<double>();
        for (int channel = 0; channel < input.Channels; channel++)
        {
            output.AddRange(Indices(places).Select(place => combine(
                Indices(size).Select(offset => input.At(channel, Shift(place, stride, before, offset))).OfType<double>())));
        }

        return new Maps([.. output], input.Channels, places);
    }

    /// <summary>TensorFlow's notes on padding: https://www.tensorflow.org/api_docs/python/tf/nn#notes_on_padding_2.</summary>
    private static (int[] Places, int[] Before) Window(int[] bins, int[] size, int[] stride, Padding padding)
    {
        int[] places = new int[3], before = new int[3];
        for (int axis = 0; axis < 3; axis++)
        {
            int left = bins[axis] % stride[axis];
            places[axis] = (int)Math.Ceiling((padding == Padding.Same ? bins[axis] : bins[axis] - size[axis] + 1) / (double)stride[axis]);
            before[axis] = padding == Padding.Same ? Math.Max(size[axis] - (left == 0 ? stride[axis] : left), 0) / 2 : 0;
        }

        return (places, before);
    }

    private static Maps EachPlace(Maps input, double epsilon)
    {
        var output = new double[input.Values.Length];
        for (int place = 0; place < input.Places; place++)
        {
            double[] normal = Normal([.. Enumerable.Range(0, input.Channels).Select(channel => input.Channel(channel)[place])], epsilon);
            for (int channel = 0; channel < input.Channels; channel++)
            {
                output[(channel * input.Places) + place] = normal[channel];
            }
        }

        return input with { Values = output };
    }

    private static double[] Normal(double[] values, double epsilon)
    {
        double mean = values.Average();
        double variance = values.Average(x => (x - mean) * (x - mean));
        return [.. values.Select(x => (x - mean) / Math.Sqrt(variance + epsilon))];
    }

    private Maps Affine(Maps input, string name)
    {
        double[] scale = weights[name + "weight"], shift = weights[name + "bias"];
        return input.Each((channel, x) => (scale[channel] * x) + shift[channel]);
    }

    private static double[] Multiply(double[] weight, double[] bias, double[] input) =>
        [.. bias.Select((start, unit) => start + input.Select((x, i) => x * weight[(unit * input.Length) + i]).Sum())];

    /// <summary>The functions by their formulas; of SELU with the constants of Klambauer et al., arXiv 1706.02515.</summary>
    public static double Activate(Activation function, double x) => function switch
    {
        Activation.Relu => Math.Max(x, 0),
        Activation.Elu => x > 0 ? x : Math.Exp(x) - 1,
        Activation.Tanh => Math.Tanh(x),
        Activation.Gelu => x * (1 + ErrorFunction.Of(x / Math.Sqrt(2))) / 2,
        Activation.Selu => 1.0507009873554805 * (x > 0 ? x : 1.6732632423543772 * (Math.Exp(x) - 1)),
        Activation.LeakyRelu => x > 0 ? x : 0.01 * x,
        Activation.Sigmoid => 1 / (1 + Math.Exp(-x)),
        Activation.Silu => x / (1 + Math.Exp(-x)),
        Activation.Softplus => Math.Max(x, 0) + Math.Log(1 + Math.Exp(-Math.Abs(x))),
        Activation.Softsign => x / (1 + Math.Abs(x)),
        Activation.Mish => x * Math.Tanh(Math.Max(x, 0) + Math.Log(1 + Math.Exp(-Math.Abs(x)))),
        Activation.Relu6 => Math.Clamp(x, 0, 6),
        Activation.Exponential => Math.Exp(x),
        _ => throw new NotSupportedException($"{function}"),
    };

    private static Maps Row(double[] values) => new(values, values.Length, [1, 1, 1]);

    private static double Of(ImmutableArray<double> numbers, int channel) => numbers[numbers.Length == 1 ? 0 : channel];

    private static int[] Sides(Extent3d extent) => [extent.Frames, extent.Rows, extent.Columns];

    private static int Product(int[] sides) => sides[0] * sides[1] * sides[2];

    private static int[] Shift(int[] place, int[] stride, int[] before, int[] offset) =>
        [.. Enumerable.Range(0, 3).Select(axis => (place[axis] * stride[axis]) - before[axis] + offset[axis])];

    private static IEnumerable<int[]> Indices(int[] sides) =>
        from frame in Enumerable.Range(0, sides[0])
        from row in Enumerable.Range(0, sides[1])
        from column in Enumerable.Range(0, sides[2])
        select new[] { frame, row, column };

    internal sealed record Maps(double[] Values, int Channels, int[] Sides)
    {
        public int Places => Sides[0] * Sides[1] * Sides[2];

        public double[] Channel(int channel) => Values[(channel * Places)..((channel + 1) * Places)];

        public double? At(int channel, int[] index) =>
            Enumerable.Range(0, 3).All(axis => index[axis] >= 0 && index[axis] < Sides[axis])
                ? Values[(((channel * Sides[0]) + index[0]) * Sides[1] + index[1]) * Sides[2] + index[2]]
                : null;

        public Maps Each(Func<int, double, double> change) => this with { Values = [.. Values.Select((x, i) => change(i / Places, x))] };
    }
}
