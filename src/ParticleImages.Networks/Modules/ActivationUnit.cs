using TorchSharp;
using static TorchSharp.torch;

namespace ParticleImages.Networks.Modules;

/// <summary>
/// An activation function. Its number objects live as long as the program: those that TorchSharp's modules make a call may be freed by the garbage
/// collector while torch reads them.
/// </summary>
internal sealed class ActivationUnit(Activation function) : nn.Module<Tensor, Tensor>(nameof(ActivationUnit))
{
    private static readonly Scalar One = 1.0f;
    private static readonly Scalar Slope = LeakySlope;

    /// <summary>The slope of the leaky ReLU below 0.</summary>
    private const double LeakySlope = 0.01;

    public override Tensor forward(Tensor input) => function switch
    {
        Activation.Relu => input.relu(),
        Activation.Elu => input.elu(One, One, One),
        Activation.Tanh => input.tanh(),
        Activation.Gelu => input.gelu(),
        Activation.Selu => input.selu(),
        Activation.LeakyRelu => input.leaky_relu(Slope),
        Activation.Sigmoid => input.sigmoid(),
        Activation.Silu => input.silu(),
        Activation.Softplus => Softplus(input),
        Activation.Softsign => Softsign(input),
        Activation.Mish => Mish(input),
        Activation.Relu6 => input.relu6(),
        Activation.Exponential => input.exp(),
        _ => throw new NotSupportedException($"No torch function is known for the activation {function}."),
    };

    // ln(1 + e^x) = −ln(1 / (1 + e^−(−x))): torch's softplus takes numbers that TorchSharp makes on the way.
    private static Tensor Softplus(Tensor input)
    {
        using Tensor negative = input.neg();
        using Tensor logarithm = negative.log_sigmoid();
        return logarithm.neg();
    }

    private static Tensor Softsign(Tensor input)
    {
        using Tensor size = input.abs();
        using Tensor divisor = size.add(One, One);
        return input.div(divisor);
    }

    private static Tensor Mish(Tensor input)
    {
        using Tensor soft = Softplus(input);
        using Tensor gate = soft.tanh();
        return input.mul(gate);
    }
}
