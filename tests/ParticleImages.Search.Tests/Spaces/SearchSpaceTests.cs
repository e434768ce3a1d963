using System.Numerics;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace ParticleImages.Search.Tests;

[Properties(Arbitrary = [typeof(SearchSpaceTests)], MaxTest = 200)]
public sealed class SearchSpaceTests
{
    private static readonly Parameter<string> Optimizer = Parameter.OneOf("optimizer", "adam", "sgd");
    private static readonly Parameter<double> Momentum = Parameter.OneOf("momentum", 0.5, 0.9);
    private static readonly Parameter<int> Layers = Parameter.Integer("layers", 1, 3);

    public static Arbitrary<int> Seeds() => Gen.Choose(0, int.MaxValue).ToArbitrary();

    [Property]
    public void Grid_order_is_that_of_nested_loops_and_the_count_is_theirs(int seed)
    {
        SearchSpace space = new RandomSpaces(seed).Any();
        Configuration[] expected = [.. RandomSpaces.Enumerate(space)];

        Assert.Equal(expected.Length, space.Count);
        Assert.Equal(expected, Enumerable.Range(0, expected.Length).Select(index => space.At(index)));
        Assert.Equal(expected.Select(configuration => configuration.ToJson()), Enumerable.Range(0, expected.Length).Select(index => space.At(index).ToJson()));
        Assert.All(expected, configuration => Assert.Null(space.Refusal(configuration)));
    }

    [Property]
    public void A_point_leads_to_one_of_the_enumerated(int seed)
    {
        SearchSpace space = new RandomSpaces(seed).Any();
        var random = new Random(seed);

        Assert.Contains(space.At([.. space.Parameters.Select(_ => random.NextDouble())]), RandomSpaces.Enumerate(space));
    }

    [Property]
    public void A_space_comes_back_from_JSON_equal(int seed)
    {
        SearchSpace space = new RandomSpaces(seed).Any().Where("1 < 2 or p0 == p0");
        var read = SearchSpace.Parse(space.ToJson());

        Assert.Equal(space.Identity, read.Identity);
        Assert.Equal(space.ToJson(), read.ToJson());
        Assert.Equal(space.Count, read.Count);
        Assert.Equal(space.At(space.Count!.Value - 1), read.At(space.Count!.Value - 1));
    }

    [Property]
    public void A_value_too_many_or_too_few_is_refused(int seed)
    {
        SearchSpace space = new RandomSpaces(seed).Any();
        Configuration configuration = space.At(space.Count!.Value / 2);

        Assert.All(configuration, left => Assert.NotNull(space.Refusal(new Configuration(configuration.Where(pair => pair.Key != left.Key)))));
        Assert.All(space.Parameters.Where(parameter => !configuration.TryGet(parameter.Name, out _)), absent =>
            Assert.NotNull(space.Refusal(new Configuration([.. configuration, new(absent.Name, absent.At(0))]))));
    }

    [Fact]
    public void The_notebooks_space_has_1458_configurations_before_constraints()
    {
        IParameter[] six = [.. new[] { "filters_1", "filters_2", "dense_1", "dense_2" }.Select(name => Parameter.OneOf(name, 32, 64, 96)), Parameter.OneOf("kernal_1", 1, 3, 5), Parameter.OneOf("kernal_2", 1, 3, 5)];
        SearchSpace space = SearchSpace.Of([Parameter.OneOf("activation", "relu", "elu"), .. six]);

        Assert.Equal(1458, space.Count);
        Assert.Equal(1458, space.Where("filters_2 <= filters_1").Count);
        Assert.Equal(2 * 6 * 81, Enumerable.Range(0, 1458).Count(index => space.Where("filters_2 <= filters_1").Refusal(space.At(index)) is null));
    }

    /// <summary>10¹² points: what is asked of them takes memory for itself only.</summary>
    [Fact]
    public void A_space_of_a_million_million_points_takes_no_more_memory_than_a_small_one()
    {
        SearchSpace space = SearchSpace.Of([.. Enumerable.Range(0, 4).Select(i => Parameter.Integer($"x{i}", 0, 999))]);
        ISearchStrategy strategy = SearchStrategy.Random(trials: 1).Method;
        var history = new TrialHistory(ScriptedScan.Loss);
        _ = strategy.Propose(space, history, seed: 1);
        long before = GC.GetAllocatedBytesForCurrentThread();

        Assert.Equal(BigInteger.Pow(10, 12), space.Count);
        Assert.Equal(Configuration.Of(("x0", 999), ("x1", 999), ("x2", 999), ("x3", 998)), space.At(space.Count!.Value - 2));
        Assert.NotNull(strategy.Propose(space, history, seed: 1));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100_000);
    }

    [Fact]
    public void Axes_without_a_count_make_a_continuum_even_where_they_hang_below_others()
    {
        SearchSpace space = SearchSpace.Of(Optimizer, Parameter.Real("beta", 0, 1)).When(Parameter.Real("beta", 0, 1), Optimizer, "adam");

        Assert.Null(space.Count);
        Assert.StartsWith("The space has a continuum of configurations, because of 'beta'.", Assert.Throws<InvalidOperationException>(() => space.At(BigInteger.Zero)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_makes_no_space_is_refused_in_words()
    {
        SearchSpace space = SearchSpace.Of(Optimizer, Momentum, Layers);
        Refused("A search space has one parameter or more.", () => SearchSpace.Of());
        Refused("Parameter 'order' has 2432902008176640000 values. Beyond 2^53 = 9007199254740992 neighbours have the same place", () => SearchSpace.Of(new Endless()));
        Refused("Two parameters have the name 'layers', number 0 and number 2. Give one of them another.", () => SearchSpace.Of(Layers, Momentum, Layers));
        Refused("The space has no parameter 'rate'. It has 'optimizer', 'momentum', 'layers'.", () => space.When(Parameter.Real("rate", 0, 1), Optimizer, "sgd"));
        Refused("'momentum' would never have a value. Say with which values of 'optimizer' it has one.", () => space.When(Momentum, Optimizer));
        Refused("Parameter 'optimizer' has no value adamw. It has adam, sgd.", () => space.When(Momentum, Optimizer, "adamw"));
        Refused("'momentum' has a value where 'optimizer' is sgd already. Let the other dependence be a constraint.", () => space.When(Momentum, Optimizer, "sgd").When(Momentum, Layers, 1));
        Refused(
            "Parameters depend on each other in a circle: 'momentum' has a value where 'layers' is 2; 'layers' has a value where 'momentum' is 0.5.",
            () => space.When(Momentum, Layers, 2).When(Layers, Momentum, 0.5));
        Refused("Parameters depend on each other in a circle: 'layers' has a value where 'layers' is 2.", () => space.When(Layers, Layers, 2));
        Refused("'momentum' cannot depend on 'beta', which has more than 10000 values.", () => SearchSpace.Of(Momentum, Parameter.Real("beta", 0, 1)).When(Momentum, Parameter.Real("beta", 0, 1), 0.5));
    }

    [Fact]
    public void Refusals_say_what_is_wrong()
    {
        SearchSpace space = SearchSpace.Of(Optimizer, Momentum, Layers).When(Momentum, Optimizer, "sgd").Where("layers < 3");

        Assert.Equal("Parameter 'layers' has no value.", space.Refusal(Configuration.Of(("optimizer", "adam"))));
        Assert.Equal("The constraint 'layers < 3' does not hold.", space.Refusal(Configuration.Of(("optimizer", "adam"), ("layers", 3))));
        Assert.Equal("Parameter 'momentum' has the value 0.5, but 'momentum' has a value where 'optimizer' is sgd only.", space.Refusal(Configuration.Of(("optimizer", "adam"), ("momentum", 0.5), ("layers", 1))));
        Assert.Equal("Parameter 'layers' has no value 7. It has whole numbers from 1 to 3.", space.Refusal(Configuration.Of(("optimizer", "adam"), ("layers", 7))));
        Assert.Equal("The space has no parameter 'epochs'. It has 'optimizer', 'momentum', 'layers'.", space.Refusal(Configuration.Of(("optimizer", "adam"), ("layers", 1), ("epochs", 5))));
    }

    private static void Refused(string message, Func<object> make) => Assert.StartsWith(message, Assert.ThrowsAny<ArgumentException>(() => _ = make()).Message, StringComparison.Ordinal);

    // Orders of twenty things.
    private sealed class Endless : IParameter
    {
        public string Name => "order";

        public long? Count => 2_432_902_008_176_640_000;

        public bool IsOrdered => false;

        public ParameterValue At(double position) => ParameterValue.Of(position);

        public double PositionOf(ParameterValue value) => value.AsNumber();
    }
}
