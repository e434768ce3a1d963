namespace ParticleImages.Search.Tests;

/// <summary>What every axis holds for. Inherit it and make the axis; nothing else is needed.</summary>
public abstract class ParameterContract<T>
{
    // Of an axis with more values the first, the last and some between are looked at.
    private const int MostValues = 1000;

    protected abstract IParameter<T> Create();

    [Fact]
    public void It_has_a_name_and_a_value_at_least()
    {
        IParameter<T> parameter = Create();

        Assert.False(string.IsNullOrWhiteSpace(parameter.Name));
        Assert.True(parameter.Count is null or >= 1);
    }

    [Fact]
    public void Every_place_has_a_value_and_every_value_its_place()
    {
        IParameter<T> parameter = Create();

        Assert.All(Places(), place =>
        {
            ParameterValue value = parameter.At(place);
            double its = parameter.PositionOf(value);

            Assert.InRange(its, 0, 1);
            if (parameter.Count is not null)
            {
                Assert.Equal(value, parameter.At(its));
            }

            Assert.Equal(its, parameter.PositionOf(parameter.At(its)), 1e-9);
        });
    }

    [Fact]
    public void A_finite_axis_has_as_many_equal_cells_as_values_all_different()
    {
        IParameter<T> parameter = Create();
        if (parameter.Count is not { } count)
        {
            return;
        }

        long[] cells = count <= MostValues
            ? [.. Enumerable.Range(0, (int)count).Select(cell => (long)cell)]
            : [.. Enumerable.Range(0, MostValues).Select(cell => cell * (count / MostValues)), count - 1];
        Assert.Equal(cells.Length, cells.Select(cell => parameter.At((cell + 0.5) / count)).Distinct().Count());
        Assert.All(cells, cell =>
        {
            ParameterValue value = parameter.At((cell + 0.5) / count);

            Assert.Equal((cell + 0.5) / count, parameter.PositionOf(value), 1e-12);
            Assert.Equal(value, parameter.At((cell + 0.01) / count));
            Assert.Equal(value, parameter.At((cell + 0.99) / count));
        });
    }

    [Fact]
    public void Numbers_in_order_go_one_way_along_the_axis()
    {
        IParameter<T> parameter = Create();
        ParameterValue[] values = [.. Places().Order().Select(parameter.At)];
        if (!parameter.IsOrdered || !values.All(value => value.IsNumber))
        {
            return;
        }

        double[] steps = [.. values.Zip(values.Skip(1), (one, next) => next.AsNumber() - one.AsNumber())];
        Assert.True(steps.All(step => step >= 0) || steps.All(step => step <= 0));
    }

    [Theory]
    [InlineData(-0.001)]
    [InlineData(1.001)]
    [InlineData(double.NaN)]
    public void There_is_nothing_beyond_the_ends(double place) =>
        Assert.ThrowsAny<ArgumentException>(() => Create().At(place));

    [Fact]
    public void A_value_that_it_has_not_is_refused() =>
        Assert.ThrowsAny<ArgumentException>(() => Create().PositionOf(ParameterValue.Of("a text that no axis has")));

    [Fact]
    public void A_value_stands_for_the_same_thing_every_time()
    {
        IParameter<T> parameter = Create();

        Assert.All(Places(), place => Assert.Equal(parameter.Read(parameter.At(place)), parameter.Read(parameter.At(place))));
    }

    [Fact]
    public void Two_that_are_made_alike_are_alike()
    {
        IParameter<T> one = Create();
        IParameter<T> other = Create();

        Assert.Equal((one.Name, one.Count, one.IsOrdered), (other.Name, other.Count, other.IsOrdered));
        Assert.All(Places(), place => Assert.Equal(one.At(place), other.At(place)));
    }

    [Fact]
    public void Values_survive_a_file()
    {
        IParameter<T> parameter = Create();

        Assert.All(Places(), place =>
        {
            var configuration = new Configuration(new KeyValuePair<string, ParameterValue>(parameter.Name, parameter.At(place)));
            Assert.Equal(configuration, Configuration.Parse(configuration.ToJson()));
        });
    }

    private static IEnumerable<double> Places()
    {
        var random = new Random(7);
        return [0, 1, 0.5, double.Epsilon, Math.BitDecrement(1.0), .. Enumerable.Range(0, 200).Select(_ => random.NextDouble())];
    }
}
