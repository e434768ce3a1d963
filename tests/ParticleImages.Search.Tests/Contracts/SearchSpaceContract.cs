using System.Numerics;

namespace ParticleImages.Search.Tests;

/// <summary>What every space holds for. Inherit it, make the space and one that differs from it.</summary>
public abstract class SearchSpaceContract
{
    private const int MostEnumerated = 2000;

    protected abstract ISearchSpace Create();

    /// <summary>Another space, however little it differs.</summary>
    protected abstract ISearchSpace CreateOther();

    [Fact]
    public void The_names_of_the_axes_are_all_different()
    {
        ISearchSpace space = Create();

        Assert.NotEmpty(space.Parameters);
        Assert.Equal(space.Parameters.Count, space.Parameters.Select(parameter => parameter.Name).Distinct().Count());
    }

    [Fact]
    public void Its_identity_is_the_same_for_equal_spaces_only()
    {
        Assert.Equal(Create().Identity, Create().Identity);
        Assert.NotEqual(Create().Identity, CreateOther().Identity);
    }

    [Fact]
    public void Every_number_has_a_configuration_of_its_own()
    {
        ISearchSpace space = Create();
        if (space.Count is not { } count)
        {
            Assert.Throws<InvalidOperationException>(() => space.At(BigInteger.Zero));
            return;
        }

        Configuration[] all = [.. Indices(count).Select(space.At)];
        Assert.Equal(all.Length, all.Distinct().Count());
        Assert.Equal(all, Indices(count).Select(space.At));
        Assert.Throws<ArgumentOutOfRangeException>(() => space.At(count));
        Assert.Throws<ArgumentOutOfRangeException>(() => space.At(BigInteger.MinusOne));
    }

    [Fact]
    public void Something_may_be_tried_and_values_are_those_of_the_axes()
    {
        ISearchSpace space = Create();
        Configuration[] all = [.. Points(space, 500).Select(point => space.At(point))];

        Assert.Contains(all, configuration => space.Refusal(configuration) is null);
        Assert.All(all, configuration => Assert.All(configuration, pair =>
            Assert.InRange(space.Parameters.Single(parameter => parameter.Name == pair.Key).PositionOf(pair.Value), 0, 1)));
    }

    /// <summary>Strategies that learn move by places: where the values of a configuration stand, it is again.</summary>
    [Fact]
    public void A_configuration_is_where_its_values_stand()
    {
        ISearchSpace space = Create();

        Assert.All(Points(space, 500), point =>
        {
            Configuration configuration = space.At(point);
            double[] places = [.. space.Parameters.Select((parameter, axis) => configuration.TryGet(parameter.Name, out ParameterValue value) ? parameter.PositionOf(value) : point[axis])];
            Configuration again = space.At(places);

            Assert.Equal(configuration.Names, again.Names);
            Assert.All(space.Parameters.Where(parameter => configuration.TryGet(parameter.Name, out _)), parameter =>
                Assert.Equal(parameter.PositionOf(configuration[parameter.Name]), parameter.PositionOf(again[parameter.Name]), 1e-9));
        });
    }

    [Fact]
    public void Points_lead_to_every_configuration_of_a_small_space_and_to_no_other()
    {
        ISearchSpace space = Create();
        if (space.Count is not { } count || count > 200)
        {
            return;
        }

        HashSet<Configuration> reached = [.. Points(space, 100 * (int)count).Select(point => space.At(point))];
        Assert.Equal(Indices(count).Select(space.At).ToHashSet(), reached);
    }

    [Fact]
    public void More_or_fewer_places_than_axes_are_refused()
    {
        ISearchSpace space = Create();

        Assert.ThrowsAny<ArgumentException>(() => space.At(new double[space.Parameters.Count + 1]));
        Assert.ThrowsAny<ArgumentException>(() => space.At(new double[space.Parameters.Count - 1]));
    }

    [Fact]
    public void What_is_not_of_the_space_is_refused_with_a_reason()
    {
        ISearchSpace space = Create();
        Configuration allowed = Points(space, 500).Select(point => space.At(point)).First(configuration => space.Refusal(configuration) is null);

        Assert.False(string.IsNullOrWhiteSpace(space.Refusal(new Configuration())));
        Assert.False(string.IsNullOrWhiteSpace(space.Refusal(new Configuration([.. allowed, new("a name that no axis has", ParameterValue.Of(1))]))));
        Assert.False(string.IsNullOrWhiteSpace(space.Refusal(new Configuration(allowed.Select(pair => new KeyValuePair<string, ParameterValue>(pair.Key, ParameterValue.Of("a text that no axis has")))))));
    }

    [Fact]
    public void What_comes_from_a_file_is_judged_alike()
    {
        ISearchSpace space = Create();

        Assert.All(Points(space, 200).Select(point => space.At(point)), configuration =>
            Assert.Equal(space.Refusal(configuration), space.Refusal(Configuration.Parse(configuration.ToJson()))));
    }

    private static IEnumerable<BigInteger> Indices(BigInteger count) => count <= MostEnumerated
        ? Enumerable.Range(0, (int)count).Select(index => (BigInteger)index)
        : Enumerable.Range(0, MostEnumerated).Select(index => index * (count - 1) / (MostEnumerated - 1));

    private static IEnumerable<double[]> Points(ISearchSpace space, int count)
    {
        var random = new Random(11);
        return [.. Enumerable.Range(0, count).Select(_ => space.Parameters.Select(_ => random.NextDouble()).ToArray())];
    }
}
