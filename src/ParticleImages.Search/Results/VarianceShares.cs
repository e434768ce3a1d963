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
        double[][] effects = function.MainEffects(axes);
        double mean = effects[0].Average();
        effects = Array.ConvertAll(effects, effect => Array.ConvertAll(effect, value => value - mean));
        int[][] parts = Array.ConvertAll(Strides(2 * width), Spread);
        int[][] ones = parts[..width];

        // At the ones, and for each axis at the ones with the others' part of it.
        int[][][] points = [ones, .. Enumerable.Range(0, width).Select(axis => (int[][])[.. ones[..axis], parts[width + axis], .. ones[(axis + 1)..]])];
        var rest = new double[points.Length][];
        Parallel.For(0, points.Length, i =>
        {
            rest[i] = function.Predict([.. points[i].Select((numbers, axis) => Array.ConvertAll(numbers, axes[axis].PlaceOf))]);
            for (int point = 0; point < Points; point++)
            {
                rest[i][point] -= mean + points[i].Select((numbers, axis) => effects[axis][numbers[point]]).Sum();
            }
        });

        double[] alone = Array.ConvertAll(effects, effect => effect.Average(Square));
        double[] total = [.. alone.Select((share, axis) => share + rest[0].Zip(rest[axis + 1], (one, exchanged) => Square(one - exchanged) / 2).Average())];
        double variance = alone.Sum() + rest[0].Average(Square);
        return variance > 0 ? (Array.ConvertAll(alone, share => share / variance), Array.ConvertAll(total, share => Math.Min(1, share / variance))) : (new double[width], new double[width]);
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
