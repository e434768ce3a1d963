using System.Runtime.CompilerServices;

namespace ParticleImages.Search;

/// <summary>
/// How the variance of a function of independent parameters divides among them. What each does alone is known exactly; what several do together, the rest, is asked at pairs of points that have one coordinate exchanged
/// (Jansen's totals: Saltelli et al., Computer Physics Communications 181, 2010, formula f).
/// </summary>
internal static class VarianceShares
{
    // What several do together within a twentieth of itself, which is less than what a forest gets wrong.
    private const int Points = 1024;

    public static (double[] Alone, double[] Total) Of(ImportanceForest function)
    {
        int width = function.Axes.Length;
        MainEffect[] axes = Array.ConvertAll(function.Axes, axis => new MainEffect(axis));
        // At the ones, and for each axis at the ones with the others' places on it.
        int[][] parts = Array.ConvertAll(Strides(2 * width), Spread);
        double[][] places = [.. parts.Select((numbers, i) => Array.ConvertAll(numbers, axes[i % width].PlaceOf))];
        double[][] ones = places[..width];
        var answers = new double[width + 1][];
        double[][] effects = [];
        Parallel.Invoke(
            () => effects = function.MainEffects(axes),
            () => Parallel.For(0, width + 1, i => answers[i] = function.Predict(i == width ? ones : [.. ones[..i], places[width + i], .. ones[(i + 1)..]])));
        double mean = effects[0].Average();
        effects = Array.ConvertAll(effects, effect => Array.ConvertAll(effect, value => value - mean));
        double[] alone = Array.ConvertAll(effects, effect => effect.Average(Square));
        double[] total = [.. alone.Select((share, axis) => share + (MeanSquareOfChanges(answers[axis], answers[width], effects[axis], parts[width + axis], parts[axis]) / 2))];
        double variance = alone.Sum() + MeanSquareOfRest(answers[width], mean, effects, parts);
        return variance > 0 ? (Array.ConvertAll(alone, share => share / variance), Array.ConvertAll(total, share => Math.Min(1, share / variance))) : (new double[width], new double[width]);
    }

    // The rest is what the effects of the single axes leave.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double MeanSquareOfRest(double[] answers, double mean, double[][] effects, int[][] parts)
    {
        double sum = 0;
        for (int i = 0; i < answers.Length; i++)
        {
            double rest = answers[i] - mean;
            for (int axis = 0; axis < effects.Length; axis++)
            {
                rest -= effects[axis][parts[axis][i]];
            }

            sum += rest * rest;
        }

        return sum / answers.Length;
    }

    // By how much the rest is another where one coordinate is exchanged.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double MeanSquareOfChanges(double[] exchanged, double[] answers, double[] effect, int[] exchangedParts, int[] parts)
    {
        double sum = 0;
        for (int i = 0; i < answers.Length; i++)
        {
            double change = exchanged[i] - answers[i] - (effect[exchangedParts[i]] - effect[parts[i]]);
            sum += change * change;
        }

        return sum / answers.Length;
    }

    // Multiples of irrational strides fill the cube more evenly than chance does: powers of the number x for which x to the (n + 1) is x + 1
    // (Roberts, "The unreasonable effectiveness of quasirandom sequences", 2018).
    private static double[] Strides(int count)
    {
        double root = 2;
        for (int i = 0; i < 64; i++)
        {
            root = Math.Pow(1 + root, 1.0 / (count + 1));
        }

        return [.. Enumerable.Range(1, count).Select(power => Math.Pow(root, -power))];
    }

    private static int[] Spread(double stride) => [.. Enumerable.Range(1, Points).Select(i => (int)((0.5 + (i * stride)) % 1 * MainEffect.Parts))];

    private static double Square(double value) => value * value;
}
