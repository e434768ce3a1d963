using ParticleImages.Networks.Tests.Modules;

namespace ParticleImages.Networks.Tests.Engines;

/// <summary>Activation functions and their derivatives in double, by formulas other than the engines': each is good to the last digits wherever it does not cross 0.</summary>
internal static class ActivationReference
{
    private const double SeluScale = 1.0507009873554804934193349852946;
    private const double SeluAlpha = 1.6732632423543772848170429916717;

    public static (double Value, double Derivative) Of(Activation function, double x) => function switch
    {
        Activation.Relu => (double.IsNaN(x) ? x : Math.Max(x, 0), x > 0 ? 1 : 0),
        Activation.Elu => x > 0 ? (x, 1) : (LessOne(x), Math.Exp(x)),
        Activation.Tanh => (Math.Tanh(x), 1 / Math.Cosh(x) / Math.Cosh(x)),
        Activation.Gelu => (x * Integral(x), Integral(x) + (x * Math.Exp(-x * x / 2) / Math.Sqrt(2 * Math.PI))),
        Activation.Selu => x > 0 ? (SeluScale * x, SeluScale) : (SeluScale * SeluAlpha * LessOne(x), SeluScale * SeluAlpha * Math.Exp(x)),
        Activation.LeakyRelu => x > 0 ? (x, 1) : (0.01 * x, 0.01),
        Activation.Sigmoid => (Sigmoid(x), 0.25 / Math.Cosh(x / 2) / Math.Cosh(x / 2)),
        Activation.Silu => (x * Sigmoid(x), Sigmoid(x) + (x * Sigmoid(x) * Sigmoid(-x))),
        Activation.Softplus => (Softplus(x), Sigmoid(x)),
        Activation.Softsign => (x / (1 + Math.Abs(x)), Math.Pow(1 + Math.Abs(x), -2)),
        Activation.Mish => (x * Math.Tanh(Softplus(x)), Math.Tanh(Softplus(x)) + (x * Math.Pow(Math.Cosh(Softplus(x)), -2) * Sigmoid(x))),
        Activation.Relu6 => (double.IsNaN(x) ? x : Math.Clamp(x, 0, 6), x is > 0 and < 6 ? 1 : 0),
        Activation.Exponential => (Math.Exp(x), Math.Exp(x)),
        _ => throw new NotSupportedException($"{function}"),
    };

    private static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));

    private static double Softplus(double x) => Math.Max(x, 0) + LogarithmOfOneAnd(Math.Exp(-Math.Abs(x)));

    // eˣ − 1 and ln(1 + x) of small x: the framework's ExpM1 and LogP1 are the differences and sums as they stand, without the digits that these are asked for.
    private static double LessOne(double x) => x < -1 ? Math.Exp(x) - 1 : 2 * Math.Sinh(x / 2) * Math.Exp(x / 2);

    private static double LogarithmOfOneAnd(double x) => 2 * Math.Atanh(x / (2 + x));

    private static double Integral(double x) => ErrorFunction.Complement(-x / Math.Sqrt(2)) / 2;
}
