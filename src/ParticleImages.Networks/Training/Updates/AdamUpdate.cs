using System.Numerics;

namespace ParticleImages.Networks.Training;

/// <summary>Adam, and with a weight decay AdamW: ε outside the corrected root, as in PyTorch.</summary>
internal sealed class AdamUpdate(Optimizer numbers, int weights) : WeightUpdate(memories: 2, weights)
{
    protected override void Apply(Range part, Span<Vector<float>> weights, ReadOnlySpan<Vector<float>> gradient, double rate)
    {
        Span<Vector<float>> means = Memory(0, part);
        Span<Vector<float>> squares = Memory(1, part);
        (float beta1, float beta2) = ((float)numbers.Momentum, (float)numbers.SquareDecay);

        // Rounded once: 1 − 0.999f is off by 5·10⁻⁵.
        (float freshMean, float freshSquare) = ((float)(1 - numbers.Momentum), (float)(1 - numbers.SquareDecay));
        var step = (float)(rate / (1 - Math.Pow(numbers.Momentum, Steps)));
        var rootCorrection = (float)(1 / Math.Sqrt(1 - Math.Pow(numbers.SquareDecay, Steps)));
        var kept = (float)(1 - (rate * numbers.WeightDecay));
        var epsilon = new Vector<float>((float)numbers.Epsilon);
        for (int i = 0; i < weights.Length; i++)
        {
            Vector<float> slope = gradient[i];
            means[i] = (beta1 * means[i]) + (freshMean * slope);
            squares[i] = (beta2 * squares[i]) + (freshSquare * slope * slope);
            Vector<float> root = (Vector.SquareRoot(squares[i]) * rootCorrection) + epsilon;
            weights[i] = (kept * weights[i]) - (step * means[i] / root);
        }
    }
}
