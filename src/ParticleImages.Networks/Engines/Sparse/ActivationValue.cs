namespace ParticleImages.Networks.Engines.Sparse;

/// <summary>Activation functions of one value, with their derivatives, computed in double.</summary>
internal static class ActivationValue
{
    // Klambauer et al., arXiv 1706.02515.
    private const double SeluScale = 1.0507009873554804934193349852946;
    private const double SeluAlpha = 1.6732632423543772848170429916717;
    private const double LeakySlope = 0.01;

    /// <summary>The value and the derivative there.</summary>
    public static (float Value, float Derivative) Of(Activation function, float at)
    {
        double x = at;
        (double value, double derivative) = function switch
        {
            Activation.Relu => double.IsNaN(x) ? (x, 0) : x > 0 ? (x, 1) : (0, 0),
            Activation.Elu => x > 0 ? (x, 1) : (double.ExpM1(x), Math.Exp(x)),
            Activation.Tanh => Tanh(x),
            Activation.Gelu => Gelu(x),
            Activation.Selu => x > 0 ? (SeluScale * x, SeluScale) : (SeluScale * SeluAlpha * double.ExpM1(x), SeluScale * SeluAlpha * Math.Exp(x)),
            Activation.LeakyRelu => x > 0 ? (x, 1) : (LeakySlope * x, LeakySlope),
            Activation.Sigmoid => Sigmoid(x),
            Activation.Silu => Silu(x),
            Activation.Softplus => (Softplus(x), Sigmoid(x).Value),
            Activation.Softsign => (x / (1 + Math.Abs(x)), 1 / ((1 + Math.Abs(x)) * (1 + Math.Abs(x)))),
            Activation.Mish => Mish(x),
            Activation.Relu6 => double.IsNaN(x) ? (x, 0) : x <= 0 ? (0, 0) : x < 6 ? (x, 1) : (6, 0),
            Activation.Exponential => (Math.Exp(x), Math.Exp(x)),
            _ => throw new NotSupportedException($"No formula is known for the activation {function}."),
        };
        return ((float)value, (float)derivative);
    }

    private static (double Value, double Derivative) Tanh(double x)
    {
        double value = Math.Tanh(x);
        return (value, 1 - (value * value));
    }

    private static (double Value, double Derivative) Sigmoid(double x)
    {
        double value = 1 / (1 + Math.Exp(-x));
        return (value, value * (1 - value));
    }

    private static (double Value, double Derivative) Silu(double x)
    {
        double gate = Sigmoid(x).Value;
        return (x * gate, gate + (x * gate * (1 - gate)));
    }

    private static double Softplus(double x) => Math.Max(x, 0) + double.LogP1(Math.Exp(-Math.Abs(x)));

    private static (double Value, double Derivative) Mish(double x)
    {
        double gate = Math.Tanh(Softplus(x));
        return (x * gate, gate + (x * (1 - (gate * gate)) * Sigmoid(x).Value));
    }

    private static (double Value, double Derivative) Gelu(double x)
    {
        double share = 0.5 * (1 + ErrorFunction.Of(x / Math.Sqrt(2)));
        return (x * share, share + (x * Math.Exp(-x * x / 2) / Math.Sqrt(2 * Math.PI)));
    }
}
