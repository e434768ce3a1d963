using System.Numerics;

namespace ParticleImages.Networks.Training;

/// <summary>RMSprop as PyTorch has it: ε outside the root, the momentum sums scaled gradients.</summary>
internal sealed class RmsPropUpdate(Optimizer numbers, int weights) : WeightUpdate(memories: numbers.Momentum > 0 ? 2 : 1, weights)
{
    protected override void Apply(Range part, Span<Vector<float>> weights, ReadOnlySpan<Vector<float>> gradient, double rate)
    {
        (float step, float decay, float momentum) = ((float)rate, (float)numbers.SquareDecay, (float)numbers.Momentum);
        var fresh = (float)(1 - numbers.SquareDecay);
        var epsilon = new Vector<float>((float)numbers.Epsilon);
        Span<Vector<float>> squares = Memory(0, part);
        Span<Vector<float>> sums = momentum > 0 ? Memory(1, part) : [];
        for (int i = 0; i < weights.Length; i++)
        {
            squares[i] = (decay * squares[i]) + (fresh * gradient[i] * gradient[i]);
            Vector<float> scaled = gradient[i] / (Vector.SquareRoot(squares[i]) + epsilon);
            if (momentum > 0)
            {
                sums[i] = (momentum * sums[i]) + scaled;
                scaled = sums[i];
            }

            weights[i] -= step * scaled;
        }
    }
}
