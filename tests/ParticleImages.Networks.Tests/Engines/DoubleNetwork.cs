using TorchSharp;
using static TorchSharp.torch;

namespace ParticleImages.Networks.Tests.Engines;

/// <summary>
/// A network in float64, from torch's functions and none of the library's modules: what engines are judged by. It takes every layer that the sparse engine takes, and
/// rows of values with Dense, activations and batch norms.
/// </summary>
internal sealed class DoubleNetwork
{
    private static readonly Scalar One = 1.0;
    private static readonly Scalar Half = 0.5;
    private static readonly Scalar LeakySlope = 0.01;
    private static readonly Scalar Six = 6.0;
    private static readonly Scalar SeluScale = 1.0507009873554804934193349852946;
    private static readonly Scalar SeluAlpha = 1.6732632423543772848170429916717;
    private static readonly Scalar RootHalf = Math.Sqrt(0.5);

    private readonly Cnn3d description;
    private readonly Dictionary<string, Tensor> weights = [];
    private readonly float[][] dropoutFactors;
    private int dropouts;
    private bool training;

    /// <summary>Takes weights as an engine takes them.</summary>
    /// <param name="description">The network.</param>
    /// <param name="trained">What is fitted, in the description's order.</param>
    /// <param name="statistics">Running statistics, likewise.</param>
    /// <param name="dropoutFactors">For each dropout the factors of whole maps, (events, channels), or of all values; empty for none.</param>
    public DoubleNetwork(Cnn3d description, float[] trained, float[] statistics, float[][] dropoutFactors)
    {
        this.description = description;
        this.dropoutFactors = dropoutFactors;
        int fitted = 0;
        int running = 0;
        foreach ((string name, long[] shape) in WeightLayout.Of(description))
        {
            int count = (int)shape.Aggregate(1L, (size, bins) => size * bins);
            bool isRunning = name.Contains(".running_", StringComparison.Ordinal);
            double[] values = [.. (isRunning ? statistics.AsSpan(running, count) : trained.AsSpan(fitted, count)).ToArray().Select(value => (double)value)];
            (fitted, running) = isRunning ? (fitted, running + count) : (fitted + count, running);
            Tensor tensor = torch.tensor(values, shape, float64);
            weights.Add(name, isRunning ? tensor : tensor.requires_grad_());
        }
    }

    /// <summary>The gradients, by name, once <see cref="Run"/>'s result has been propagated back.</summary>
    public IEnumerable<(string Name, double[] Values)> Gradients => weights.Where(weight => weight.Value.requires_grad)
        .Select(weight => (weight.Key, weight.Value.grad!.contiguous().data<double>().ToArray()));

    /// <summary>The running statistics, by name.</summary>
    public IEnumerable<(string Name, double[] Values)> Statistics => weights.Where(weight => !weight.Value.requires_grad)
        .Select(weight => (weight.Key, weight.Value.data<double>().ToArray()));

    /// <summary>The two values of every event.</summary>
    public Tensor Run(Tensor voxels, bool training)
    {
        (this.training, dropouts) = (training, 0);
        Tensor current = voxels;
        foreach ((int number, NetworkLayer layer, FeatureShape input, FeatureShape output) in ShapeInference.Walk(description))
        {
            string name = $"{WeightLayout.NameOf(number, layer)}.";
            current = Compute(layer, name, current, input);
            Assert.Equal(output.Values, current.NumberOfElements / current.shape[0]);
        }

        return current;
    }

    private Tensor Compute(NetworkLayer layer, string name, Tensor x, FeatureShape input) => layer switch
    {
        ConvLayer conv => nn.functional.conv3d(Padded(x, conv.Window, input, 0), weights[name + "weight"], weights[name + "bias"], Stride(conv.Window)),
        ActivationLayer activation => Activate(x, activation.Function),
        BatchNormLayer norm => Normalize(x, norm, name),
        MaxPoolLayer pool => nn.functional.max_pool3d(Padded(x, pool.Window, input, double.NegativeInfinity), Size(pool.Window), Stride(pool.Window)),
        AveragePoolLayer pool => Mean(x, pool.Window, input),
        ChannelDropoutLayer or DropoutLayer => Drop(x),
        ScaleLayer scale => x.mul(Numbers(scale.Factors, x)).add(Numbers(scale.Offsets, x), One),
        FlattenLayer => x.flatten(1),
        GlobalAveragePoolLayer => x.mean([2, 3, 4]),
        GlobalMaxPoolLayer => nn.functional.max_pool3d(x, [input.Frames, input.Height, input.Width], [1, 1, 1]).flatten(1),
        DenseLayer => nn.functional.linear(x, weights[name + "weight"], weights[name + "bias"]),
        _ => throw new NotSupportedException(layer.Kind),
    };

    private static long[] Size(SlidingWindow window) => [window.Size.Frames, window.Size.Rows, window.Size.Columns];

    private static long[] Stride(SlidingWindow window) => [window.Stride.Frames, window.Stride.Rows, window.Stride.Columns];

    private static Tensor Padded(Tensor x, SlidingWindow window, FeatureShape input, double value)
    {
        (int b0, int e0) = window.Added(0, input.Frames);
        (int b1, int e1) = window.Added(1, input.Height);
        (int b2, int e2) = window.Added(2, input.Width);
        return nn.functional.pad(x, [b2, e2, b1, e1, b0, e0], PaddingModes.Constant, value);
    }

    private static Tensor Mean(Tensor x, SlidingWindow window, FeatureShape input)
    {
        Tensor sums = nn.functional.avg_pool3d(Padded(x, window, input, 0), Size(window), Stride(window));
        Tensor covered = nn.functional.avg_pool3d(Padded(ones_like(x), window, input, 0), Size(window), Stride(window));
        return sums / covered;
    }

    private static Tensor Numbers(IReadOnlyList<double> numbers, Tensor x)
    {
        double[] rounded = [.. numbers.Select(number => (double)(float)number)];
        return tensor(rounded, x.dim() == 2 ? [1, rounded.Length] : [1, rounded.Length, 1, 1, 1], float64);
    }

    private Tensor Drop(Tensor x)
    {
        float[] factors = dropoutFactors.Length == 0 ? [] : dropoutFactors[dropouts];
        dropouts++;
        return !training || factors.Length == 0 ? x : x * tensor(factors, factors.Length == x.NumberOfElements ? x.shape : [x.shape[0], x.shape[1], 1, 1, 1], float32).to(float64);
    }

    private Tensor Normalize(Tensor x, BatchNormLayer norm, string name)
    {
        long[] others = x.dim() == 2 ? [0] : [0, 2, 3, 4];
        long[] shape = x.dim() == 2 ? [1, -1] : [1, -1, 1, 1, 1];
        Tensor mean = training ? x.mean(others) : weights[name + "running_mean"];
        Tensor distance = x - mean.view(shape);
        Tensor variance = training ? (distance * distance).mean(others) : weights[name + "running_var"];
        if (training)
        {
            using IDisposable noGradient = no_grad();
            double count = x.NumberOfElements / x.shape[1];
            Blend(weights[name + "running_mean"], mean, norm.Momentum, 1);
            Blend(weights[name + "running_var"], variance, norm.Momentum, count / (count - 1));
        }

        Tensor deviation = variance.add(tensor(norm.Epsilon, float64), One).sqrt();
        return (distance / deviation.view(shape) * weights[name + "weight"].view(shape)).add(weights[name + "bias"].view(shape), One);
    }

    private static void Blend(Tensor running, Tensor batch, double momentum, double factor)
    {
        double[] seen = batch.detach().data<double>().ToArray();
        double[] before = running.data<double>().ToArray();
        running.copy_(tensor([.. before.Zip(seen, (old, now) => (momentum * old) + ((1 - momentum) * factor * now))], float64));
    }

    private static Tensor Activate(Tensor x, Activation function) => function switch
    {
        Activation.Relu => x.relu(),
        Activation.Elu => where(x.gt(zeros_like(x)), x, x.minimum(zeros_like(x)).expm1()),
        Activation.Tanh => x.tanh(),
        Activation.Gelu => x.mul(Half).mul(x.mul(RootHalf).erf().add(ones_like(x), One)),
        Activation.Selu => where(x.gt(zeros_like(x)), x, x.minimum(zeros_like(x)).expm1().mul(SeluAlpha)).mul(SeluScale),
        Activation.LeakyRelu => where(x.gt(zeros_like(x)), x, x.mul(LeakySlope)),
        Activation.Sigmoid => x.sigmoid(),
        Activation.Silu => x * x.sigmoid(),
        Activation.Softplus => x.neg().sigmoid().log().neg(),
        Activation.Softsign => x / x.abs().add(ones_like(x), One),
        Activation.Mish => x * x.neg().sigmoid().log().neg().tanh(),
        Activation.Relu6 => x.clamp(zeros_like(x), zeros_like(x).add(ones_like(x), Six)),
        Activation.Exponential => x.exp(),
        _ => throw new NotSupportedException(function.ToString()),
    };
}
