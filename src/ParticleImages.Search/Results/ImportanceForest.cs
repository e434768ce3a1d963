using System.Runtime.CompilerServices;

namespace ParticleImages.Search;

/// <summary>Regression trees, each grown on a sample of the trials drawn with replacement (Breiman, Machine Learning 45, 2001).</summary>
internal sealed class ImportanceForest
{
    private const int Trees = 64;

    // More sharpen the trees no further than a share of the spread is of interest, and cost time.
    private const int MostInTree = 2000;

    private readonly RegressionTree[] trees = new RegressionTree[Trees];

    public ImportanceForest(ImportanceAxis[] axes, double[] responses, ulong seed)
    {
        Axes = Array.ConvertAll(axes, axis => new ForestAxis(axis));
        int count = responses.Length;
        var unseen = new double[Trees][];
        Parallel.For(0, Trees, tree =>
        {
            var random = new SplitMix64(SplitMix64.Mix(seed, (ulong)tree));
            double[][] places = Array.ConvertAll(Axes, axis => axis.Completed(ref random));
            var weights = new int[count];
            for (int i = 0; i < Math.Min(count, MostInTree); i++)
            {
                weights[random.Below(count)]++;
            }

            RegressionTree grown = TreeGrower.Grow(Axes, places, responses, weights);
            trees[tree] = grown;
            unseen[tree] = Unseen(grown, places, weights);
        });
        Explained = Determination(responses, unseen);
    }

    public ForestAxis[] Axes { get; }

    /// <summary>The coefficient of determination over trials that a tree has not seen; NaN where there is none.</summary>
    public double Explained { get; }

    /// <summary>What is foretold of points.</summary>
    /// <param name="places">Each axis' places, a point each.</param>
    public double[] Predict(double[][] places)
    {
        var sums = new double[places[0].Length];
        int[] rows = [.. Enumerable.Range(0, sums.Length)];
        var spare = new int[rows.Length];
        foreach (RegressionTree tree in trees)
        {
            tree.AddTo(sums, places, rows, spare);
        }

        return Array.ConvertAll(sums, sum => sum / Trees);
    }

    /// <summary>What is foretold on average at each part of each axis.</summary>
    public double[][] MainEffects(MainEffect[] effects)
    {
        Array.ForEach(trees, tree => tree.AddTo(effects));
        return Array.ConvertAll(effects, effect => Array.ConvertAll(effect.ToArray(), sum => sum / Trees));
    }

    // NaN for what the tree has seen.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double[] Unseen(RegressionTree tree, double[][] places, int[] weights)
    {
        var predictions = new double[weights.Length];
        var rows = new int[weights.Length];
        int count = 0;
        for (int row = 0; row < weights.Length; row++)
        {
            bool isUnseen = weights[row] == 0;
            predictions[row] = isUnseen ? 0 : double.NaN;
            rows[count] = row;
            count += isUnseen ? 1 : 0;
        }

        tree.AddTo(predictions, places, rows.AsSpan(0, count), new int[count]);
        return predictions;
    }

    // Of each trial the mean of what the trees foretell that have not seen it.
    private static double Determination(double[] responses, double[][] unseen)
    {
        var predictions = new double[responses.Length];
        var counts = new int[responses.Length];
        foreach (double[] tree in unseen)
        {
            for (int i = 0; i < tree.Length; i++)
            {
                if (!double.IsNaN(tree[i]))
                {
                    predictions[i] += tree[i];
                    counts[i]++;
                }
            }
        }

        int[] judged = [.. Enumerable.Range(0, counts.Length).Where(i => counts[i] > 0)];
        double mean = judged.Length > 0 ? judged.Average(i => responses[i]) : double.NaN;
        double spread = judged.Sum(i => Square(responses[i] - mean));
        return spread > 0 ? 1 - (judged.Sum(i => Square(responses[i] - (predictions[i] / counts[i]))) / spread) : double.NaN;
    }

    private static double Square(double value) => value * value;
}
