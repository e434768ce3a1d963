using System.Numerics;
using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace ParticleImages.Networks.Training;

/// <summary>
/// Adam (Kingma and Ba, arXiv 1412.6980), with PyTorch's numbers: β₁ 0.9, β₂ 0.999, ε 10⁻⁸ outside the corrected root.
/// </summary>
/// <remarks>
/// One pass over parameter, gradient and both moments in place. TorchSharp's own optimizer passes numbers to torch in objects that the
/// garbage collector may free too early, and walks the memory several times.
/// </remarks>
internal sealed class Adam
{
    private const float Beta1 = 0.9f;
    private const float Beta2 = 0.999f;
    private const float Epsilon = 1e-8f;

    private readonly (Tensor Parameter, float[] First, float[] Second)[] states;
    private int steps;

    public Adam(IEnumerable<Tensor> parameters)
    {
        states = [.. parameters.Select(parameter => (
            parameter, new float[parameter.NumberOfElements], new float[parameter.NumberOfElements]))];
    }

    public void ZeroGradients()
    {
        foreach ((Tensor parameter, _, _) in states)
        {
            using Tensor? gradient = parameter.grad;
            gradient?.zero_();
        }
    }

    public void Step(double learningRate)
    {
        steps++;
        var rate = (float)(learningRate / (1 - Math.Pow(Beta1, steps)));
        var rootCorrection = (float)(1 / Math.Sqrt(1 - Math.Pow(Beta2, steps)));
        foreach ((Tensor parameter, float[] first, float[] second) in states)
        {
            using Tensor gradient = parameter.grad
                ?? throw new InvalidOperationException($"The parameter {parameter.name} has no gradient; run backward before a step.");
            using Tensor contiguous = gradient.contiguous();
            Update(
                MemoryMarshal.Cast<byte, float>(parameter.bytes),
                MemoryMarshal.Cast<byte, float>(contiguous.bytes),
                first,
                second,
                rate,
                rootCorrection);
            GC.KeepAlive(parameter);
            GC.KeepAlive(contiguous);
        }
    }

    public bool HasFiniteParameters()
    {
        foreach ((Tensor parameter, _, _) in states)
        {
            foreach (float value in MemoryMarshal.Cast<byte, float>(parameter.bytes))
            {
                if (!float.IsFinite(value))
                {
                    return false;
                }
            }
        }

        return true;
    }

    private static void Update(
        Span<float> values, ReadOnlySpan<float> gradients, Span<float> first, Span<float> second, float rate, float rootCorrection)
    {
        int i = 0;
        for (; i <= values.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            var gradient = new Vector<float>(gradients[i..]);
            Vector<float> mean = (Beta1 * new Vector<float>(first[i..])) + ((1 - Beta1) * gradient);
            Vector<float> square = (Beta2 * new Vector<float>(second[i..])) + ((1 - Beta2) * gradient * gradient);
            Vector<float> root = (Vector.SquareRoot(square) * rootCorrection) + new Vector<float>(Epsilon);
            (new Vector<float>(values[i..]) - (rate * mean / root)).CopyTo(values[i..]);
            mean.CopyTo(first[i..]);
            square.CopyTo(second[i..]);
        }

        for (; i < values.Length; i++)
        {
            first[i] = (Beta1 * first[i]) + ((1 - Beta1) * gradients[i]);
            second[i] = (Beta2 * second[i]) + ((1 - Beta2) * gradients[i] * gradients[i]);
            values[i] -= rate * first[i] / ((MathF.Sqrt(second[i]) * rootCorrection) + Epsilon);
        }
    }
}
