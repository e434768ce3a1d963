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

    /// <summary>What is foretold of pairs of points, and of the first of each with one coordinate of the second.</summary>
    /// <param name="ones">Points, one after the other.</param>
    /// <param name="others">As many.</param>
    /// <param name="at">Receives for each pair the answer at the one, at the other, and for each axis at the one with the other's place on it.</param>
    public void Exchange(ReadOnlySpan<double> ones, ReadOnlySpan<double> others, Span<double> at)
    {
        int width = Axes.Length;
        double[] point = new double[width];
        int[] asked = new int[width];
        at.Clear();

        // Tree by tree, since one fits into the fastest memory and all do not.
        foreach (RegressionTree tree in trees)
        {
            for (int i = 0; i < ones.Length / width; i++)
            {
                ReadOnlySpan<double> other = others.Slice(i * width, width);
                Span<double> answers = at.Slice(i * (width + 2), width + 2);
                ones.Slice(i * width, width).CopyTo(point);
                double atOne = tree.Predict(point, asked.AsSpan());
                answers[0] += atOne / Trees;
                answers[1] += tree.Predict(other) / Trees;
                for (int axis = 0; axis < width; axis++)
                {
                    if (asked[axis] < 0)
                    {
                        answers[axis + 2] += atOne / Trees;
                        continue;
                    }

                    double own = point[axis];
                    point[axis] = other[axis];
                    answers[axis + 2] += tree.Predict(point, asked[axis]) / Trees;
                    point[axis] = own;
                }
            }
        }
    }

    private static double[] Unseen(RegressionTree tree, double[][] places, int[] weights)
    {
        var predictions = new double[weights.Length];
        var point = new double[places.Length];
        for (int i = 0; i < weights.Length; i++)
        {
            for (int axis = 0; axis < places.Length; axis++)
            {
                point[axis] = places[axis][i];
            }

            predictions[i] = weights[i] > 0 ? double.NaN : tree.Predict(point);
        }

        return predictions;
    }

    // Of each trial the mean of what the trees foretell that have not seen it.
    private static double Determination(double[] responses, double[][] unseen)
    {
        (double Response, double Prediction)[] judged =
        [
            .. responses
                .Select((response, i) => (response, unseen.Select(tree => tree[i]).Where(prediction => !double.IsNaN(prediction)).DefaultIfEmpty(double.NaN).Average()))
                .Where(pair => !double.IsNaN(pair.Item2)),
        ];
        double mean = judged.Length > 0 ? judged.Average(pair => pair.Response) : double.NaN;
        double spread = judged.Sum(pair => (pair.Response - mean) * (pair.Response - mean));
        return spread > 0 ? 1 - (judged.Sum(pair => (pair.Response - pair.Prediction) * (pair.Response - pair.Prediction)) / spread) : double.NaN;
    }
}
