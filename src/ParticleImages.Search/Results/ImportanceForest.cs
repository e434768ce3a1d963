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
        int count = responses.Length;
        var unseen = new double[Trees][];
        Parallel.For(0, Trees, tree =>
        {
            var random = new SplitMix64(SplitMix64.Mix(seed, (ulong)tree));
            double[][] places = Array.ConvertAll(axes, axis => Completed(axis, ref random));
            int[] sample = new int[Math.Min(count, MostInTree)];
            var isSeen = new bool[count];
            for (int i = 0; i < sample.Length; i++)
            {
                sample[i] = random.Below(count);
                isSeen[sample[i]] = true;
            }

            RegressionTree grown = RegressionTree.Grow(places, Array.ConvertAll(axes, axis => axis.IsOrdered), responses, sample);
            trees[tree] = grown;
            unseen[tree] = [.. isSeen.Select((seen, i) => seen ? double.NaN : grown.Predict(Array.ConvertAll(places, axis => axis[i])))];
        });
        Explained = Determination(responses, unseen);
    }

    /// <summary>The coefficient of determination over trials that a tree has not seen; NaN where there is none.</summary>
    public double Explained { get; }

    public double Predict(double[] point)
    {
        double sum = 0;
        foreach (RegressionTree tree in trees)
        {
            sum += tree.Predict(point);
        }

        return sum / trees.Length;
    }

    // What had no value had no influence, so that any value is as true: each tree is told another.
    private static double[] Completed(ImportanceAxis axis, ref SplitMix64 random)
    {
        double[] places = [.. axis.Places];
        foreach (ref double place in places.AsSpan())
        {
            place = double.IsNaN(place) ? axis.At(random.Fraction()) : place;
        }

        return places;
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
