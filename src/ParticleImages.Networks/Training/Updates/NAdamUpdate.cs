using System.Numerics;

namespace ParticleImages.Networks.Training;

/// <summary>NAdam as PyTorch has it: the momentum grows towards β₁ by 1 − 0.96^(0.004 t) / 2.</summary>
internal sealed class NAdamUpdate(Optimizer numbers, int weights) : WeightUpdate(memories: 2, weights)
{
    private const double MomentumDecay = 0.004;

    private double product = 1;
    private int multiplied;

    protected override void BeginStep()
    {
        // The product is made anew from the number of steps after a checkpoint, and where a training has gone back.
        if (multiplied >= Steps)
        {
            (product, multiplied) = (1, 0);
        }

        for (; multiplied < Steps; multiplied++)
        {
            product *= MomentumAt(multiplied + 1);
        }
    }

    protected override void Apply(Range part, Span<Vector<float>> weights, ReadOnlySpan<Vector<float>> gradient, double rate)
    {
        Span<Vector<float>> means = Memory(0, part);
        Span<Vector<float>> squares = Memory(1, part);
        (float beta1, float beta2) = ((float)numbers.Momentum, (float)numbers.SquareDecay);

        // Rounded once: 1 − 0.999f is off by 5·10⁻⁵.
        (float freshMean, float freshSquare) = ((float)(1 - numbers.Momentum), (float)(1 - numbers.SquareDecay));
        double next = MomentumAt(Steps + 1);
        var ofGradient = (float)(rate * (1 - MomentumAt(Steps)) / (1 - product));
        var ofMean = (float)(rate * next / (1 - (product * next)));
        var rootCorrection = (float)(1 / Math.Sqrt(1 - Math.Pow(numbers.SquareDecay, Steps)));
        var epsilon = new Vector<float>((float)numbers.Epsilon);
        for (int i = 0; i < weights.Length; i++)
        {
            Vector<float> slope = gradient[i];
            means[i] = (beta1 * means[i]) + (freshMean * slope);
            squares[i] = (beta2 * squares[i]) + (freshSquare * slope * slope);
            Vector<float> root = (Vector.SquareRoot(squares[i]) * rootCorrection) + epsilon;
            weights[i] -= ((ofGradient * slope) + (ofMean * means[i])) / root;
        }
    }

    private double MomentumAt(int step) => numbers.Momentum * (1 - (0.5 * Math.Pow(0.96, step * MomentumDecay)));
}
