using System.Numerics;

namespace ParticleImages.Networks.Training;

/// <summary>Stochastic gradient descent as PyTorch has it: the momentum sums gradients and begins with the first.</summary>
internal sealed class SgdUpdate(Optimizer numbers, int weights) : WeightUpdate(memories: numbers.Momentum > 0 ? 1 : 0, weights)
{
    protected override void Apply(Range part, Span<Vector<float>> weights, ReadOnlySpan<Vector<float>> gradient, double rate)
    {
        (float step, float decay, float momentum) = ((float)rate, (float)numbers.WeightDecay, (float)numbers.Momentum);
        if (momentum == 0)
        {
            for (int i = 0; i < weights.Length; i++)
            {
                weights[i] -= step * (gradient[i] + (decay * weights[i]));
            }

            return;
        }

        Span<Vector<float>> sums = Memory(0, part);
        for (int i = 0; i < weights.Length; i++)
        {
            Vector<float> slope = gradient[i] + (decay * weights[i]);
            sums[i] = (momentum * sums[i]) + slope;
            weights[i] -= step * (numbers.IsNesterov ? slope + (momentum * sums[i]) : sums[i]);
        }
    }
}
