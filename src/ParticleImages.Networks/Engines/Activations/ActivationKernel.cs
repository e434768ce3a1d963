using System.Runtime.CompilerServices;
using ParticleImages.Networks.Engines.Lanes;

namespace ParticleImages.Networks.Engines.Activations;

/// <summary>
/// The functions in float64, each value rounded once at the end: the last bits of float32 are worth a conversion, since an exponential costs more than it.
/// </summary>
internal sealed unsafe class ActivationKernel<T> : IActivationKernel
    where T : struct, IDoubles<T>
{
    public void Run(Activation function, float* values, float* derivatives, int rows, int count, int stride)
    {
        switch (function)
        {
            case Activation.Relu: Run<Relu>(values, derivatives, rows, count, stride); break;
            case Activation.Elu: Run<Elu>(values, derivatives, rows, count, stride); break;
            case Activation.Tanh: Run<Tanh>(values, derivatives, rows, count, stride); break;
            case Activation.Gelu: Run<Gelu>(values, derivatives, rows, count, stride); break;
            case Activation.Selu: Run<Selu>(values, derivatives, rows, count, stride); break;
            case Activation.LeakyRelu: Run<LeakyRelu>(values, derivatives, rows, count, stride); break;
            case Activation.Sigmoid: Run<Sigmoid>(values, derivatives, rows, count, stride); break;
            case Activation.Silu: Run<Silu>(values, derivatives, rows, count, stride); break;
            case Activation.Softplus: Run<Softplus>(values, derivatives, rows, count, stride); break;
            case Activation.Softsign: Run<Softsign>(values, derivatives, rows, count, stride); break;
            case Activation.Mish: Run<Mish>(values, derivatives, rows, count, stride); break;
            case Activation.Relu6: Run<Relu6>(values, derivatives, rows, count, stride); break;
            case Activation.Exponential: Run<Exponential>(values, derivatives, rows, count, stride); break;
            default: throw new NotSupportedException($"No formula is known for the activation {function}.");
        }
    }

    private static void Run<TFunction>(float* values, float* derivatives, int rows, int count, int stride)
        where TFunction : struct, IActivationFunction
    {
        for (int row = 0; row < rows; row++)
        {
            Run<TFunction>(values + ((long)row * stride), derivatives + ((long)row * stride), count);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Run<TFunction>(float* values, float* derivatives, int count)
        where TFunction : struct, IActivationFunction
    {
        int i = 0;
        for (; i + T.Width <= count; i += T.Width)
        {
            (T value, T derivative) = TFunction.Of(T.Load(values + i));
            T.Store(value, values + i);
            T.Store(derivative, derivatives + i);
        }

        if (i < count)
        {
            int rest = count - i;
            float* last = stackalloc float[2 * T.Width];
            new Span<float>(last, T.Width).Clear();
            new Span<float>(values + i, rest).CopyTo(new Span<float>(last, rest));
            (T value, T derivative) = TFunction.Of(T.Load(last));
            T.Store(value, last);
            T.Store(derivative, last + T.Width);
            new Span<float>(last, rest).CopyTo(new Span<float>(values + i, rest));
            new Span<float>(last + T.Width, rest).CopyTo(new Span<float>(derivatives + i, rest));
        }
    }
}
