namespace ParticleImages.Search.Tests.Results;

/// <summary>A tree beside one that looks at every split there is: every threshold on every ordered axis, every division of the values of the others.</summary>
public class TreeGrowerTests
{
    private const int FewestInLeaf = 2;

    [Fact]
    public void Every_split_is_the_best_there_is()
    {
        for (int seed = 1; seed <= 150; seed++)
        {
            var random = new Random(seed);
            int trials = random.Next(1, 40);
            Parameter<string> name = Parameter.OneOf("name", "a", "b", "c", "d", "e");
            Parameter<int> whole = Parameter.Integer("whole", 1, random.Next(2, 8));
            Parameter<double> real = Parameter.Real("real", 0, 1);
            Configuration[] tried = [.. Enumerable.Range(0, trials).Select(_ => SearchSpace.Of(name, whole, real).At([random.NextDouble(), random.NextDouble(), random.NextDouble()]))];

            // Values in the order of their means hold every best division only where no leaf can be too small.
            bool hasNames = seed % 2 == 0;
            ForestAxis[] axes = [.. new IParameter[] { name, whole, real }.Skip(hasNames ? 0 : 1).Select(parameter => new ForestAxis(ImportanceAxis.Of(parameter, tried)))];
            double[][] places = [.. axes.Select(axis => axis.Places)];
            double[] responses = [.. tried.Select(_ => random.NextDouble())];
            int[] weights = [.. tried.Select(_ => random.Next(4) * (hasNames ? FewestInLeaf : 1))];
            weights[0] += FewestInLeaf;

            RegressionTree tree = TreeGrower.Grow(axes, places, responses, weights);

            double[] expected = new double[trials];
            Fill(expected, axes, responses, weights, [.. Enumerable.Range(0, trials).Where(trial => weights[trial] > 0)]);
            int[] rows = [.. Enumerable.Range(0, trials).Where(trial => weights[trial] > 0)];
            var found = new double[trials];
            tree.AddTo(found, places, [.. rows], new int[rows.Length]);
            Assert.All(rows, trial => Assert.Equal(expected[trial], found[trial], 1e-12));
        }
    }

    private static void Fill(double[] expected, ForestAxis[] axes, double[] responses, int[] weights, int[] rows)
    {
        (int[] Lows, int[] Highs) best = ([], []);
        double most = Gain(rows) * (1 + 1e-12);
        foreach (int[] lows in axes.SelectMany(axis => Divisions(axis, rows)))
        {
            int[] highs = [.. rows.Except(lows)];
            if (Count(lows) >= FewestInLeaf && Count(highs) >= FewestInLeaf && Gain(lows) + Gain(highs) > most)
            {
                most = Gain(lows) + Gain(highs);
                best = (lows, highs);
            }
        }

        if (best.Lows.Length == 0)
        {
            Array.ForEach(rows, row => expected[row] = Sum(rows) / Count(rows));
            return;
        }

        Fill(expected, axes, responses, weights, best.Lows);
        Fill(expected, axes, responses, weights, best.Highs);

        int Count(int[] some) => some.Sum(row => weights[row]);
        double Sum(int[] some) => some.Sum(row => weights[row] * responses[row]);
        double Gain(int[] some) => Sum(some) * Sum(some) / Count(some);
    }

    private static IEnumerable<int[]> Divisions(ForestAxis axis, int[] rows)
    {
        double[] values = [.. rows.Select(row => axis.Places[row]).Distinct().Order()];
        return axis.IsOrdered
            ? values.SkipLast(1).Select(value => Array.FindAll(rows, row => axis.Places[row] <= value))
            : Enumerable.Range(1, (1 << values.Length) - 2).Select(set => Array.FindAll(rows, row => (set >> Array.IndexOf(values, axis.Places[row]) & 1) != 0));
    }
}
