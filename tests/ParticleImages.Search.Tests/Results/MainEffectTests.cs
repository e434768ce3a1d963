namespace ParticleImages.Search.Tests.Results;

/// <summary>What a tree foretells on average along one axis, beside asking it at every point of a grid.</summary>
public class MainEffectTests
{
    [Fact]
    public void They_are_the_means_over_all_other_axes()
    {
        for (int seed = 1; seed <= 20; seed++)
        {
            // Values that divide the parts without a rest, so that few points are all there are.
            var random = new Random(seed);
            IParameter[] parameters = [Parameter.Integer("whole", 1, 8), Parameter.OneOf("name", "a", "b", "c", "d"), Parameter.Integer("other", 1, 4), Parameter.OneOf("colour", "red", "green")];
            int[] counts = [8, 4, 4, 2];
            Configuration[] tried = [.. Enumerable.Range(0, random.Next(3, 60)).Select(_ => SearchSpace.Of(parameters).At([.. parameters.Select(_ => random.NextDouble())]))];
            ForestAxis[] axes = [.. parameters.Select(parameter => new ForestAxis(ImportanceAxis.Of(parameter, tried)))];
            double[] responses = [.. tried.Select(_ => random.NextDouble())];
            RegressionTree tree = TreeGrower.Grow(axes, [.. axes.Select(axis => axis.Places)], responses, [.. tried.Select(_ => 1 + random.Next(2))]);

            int all = counts.Aggregate((product, count) => product * count);
            int[][] numbers = [.. counts.Select((count, axis) => Enumerable.Range(0, all).Select(point => point / counts[..axis].Aggregate(1, (product, before) => product * before) % count).ToArray())];
            double[][] places = [.. numbers.Select((values, axis) => Array.ConvertAll(values, value => axes[axis].At((value + 0.5) / counts[axis])))];
            var asked = new double[all];
            tree.AddTo(asked, places, [.. Enumerable.Range(0, all)], new int[all]);

            MainEffect[] effects = Array.ConvertAll(axes, axis => new MainEffect(axis));
            tree.AddTo(effects);

            for (int axis = 0; axis < axes.Length; axis++)
            {
                double[] found = effects[axis].ToArray();
                for (int value = 0; value < counts[axis]; value++)
                {
                    double expected = asked.Where((_, point) => numbers[axis][point] == value).Average();
                    int width = MainEffect.Parts / counts[axis];
                    Assert.All(found[(value * width)..((value + 1) * width)], effect => Assert.Equal(expected, effect, 1e-9));
                }
            }
        }
    }
}
