namespace ParticleImages.Search.Tests;

public sealed class ParameterTests
{
    [Fact]
    public void A_range_by_count_has_both_ends_and_equal_distances()
    {
        Parameter<double> range = Parameter.Range("cut", 0, 0.3, count: 4);

        Assert.Equal([0, 0.1, 0.2, 0.3], Values(range), (one, other) => Math.Abs(one - other) < 1e-12);
        Assert.Equal(0.3, Values(range)[^1]);
        Assert.Equal([1e-3, 1e-2, 1e-1], Values(Parameter.Range("rate", 1e-3, 1e-1, count: 3, logarithmic: true)), (one, other) => Math.Abs(one - other) < 1e-12);
    }

    [Fact]
    public void Steps_include_the_end_if_they_lead_there()
    {
        Assert.Equal(21, Parameter.Steps("cut", 0, 0.1, step: 0.005).Count);
        Assert.Equal(6, Parameter.Steps("cut", 0, 0.55, step: 0.1).Count);
        Assert.Equal(1, Parameter.Steps("cut", 2, 2, step: 0.1).Count);
    }

    [Fact]
    public void Integers_in_steps_end_where_the_steps_do() =>
        Assert.Equal([1, 3, 5, 7, 9], Values(Parameter.Integer("kernel", 1, 10, step: 2)).Select(value => (int)value));

    [Fact]
    public void Numbers_that_go_one_way_are_ordered_and_others_are_not()
    {
        Assert.True(Parameter.OneOf("x", 1, 2, 5).IsOrdered);
        Assert.True(Parameter.OneOf("x", 5.5, 2, 1).IsOrdered);
        Assert.False(Parameter.OneOf("x", 1, 5, 2).IsOrdered);
        Assert.False(Parameter.OneOf("x", "a", "b").IsOrdered);
    }

    [Fact]
    public void Places_of_a_logarithmic_axis_are_decades() =>
        Assert.Equal(1e-4, Parameter.LogUniform("rate", 1e-5, 1e-3).At(0.5).AsNumber(), 1e-12);

    [Fact]
    public void What_makes_no_axis_is_refused_in_words()
    {
        Refused("A parameter has a name: the column of its values in tables.", () => Parameter.OneOf(" ", 1));
        Refused("Parameter 'filters' has no values. Give one or more.", () => Parameter.OneOf<int>("filters"));
        Refused("Parameter 'filters' has 32 twice, as values 0 and 2. Leave one out.", () => Parameter.OneOf("filters", 32, 64, 32));
        Refused("Parameter 'filters' has 3 twice, as values 0 and 1. Leave one out.", () => Parameter.OneOf<object>("filters", 3, 3.0));
        Refused("Value 1 of parameter 'name' is null.", () => Parameter.OneOf("name", "a", null));
        Refused("Parameter 'kernel' would go from 5 to 3. The lower end comes first, and both are finite.", () => Parameter.Integer("kernel", 5, 3));
        Refused("Parameter 'cut' would go from 0.5 to 0.1. The lower end comes first, and both are finite.", () => Parameter.Real("cut", 0.5, 0.1));
        Refused("Parameter 'cut' would go from 0 to Infinity. The lower end comes first, and both are finite.", () => Parameter.Real("cut", 0, double.PositiveInfinity));
        Refused("Parameter 'rate': a logarithmic axis begins above 0, for example at 1e-5.", () => Parameter.LogUniform("rate", 0, 1));
        Refused("Parameter 'cut': a range has 2 numbers or more. One value is OneOf.", () => Parameter.Range("cut", 0, 1, count: 1));
        Refused("Parameter 'cut': a step is above 0 and leads from 0 to 1 in at most a million numbers.", () => Parameter.Steps("cut", 0, 1, step: 0));
        Refused("A parameter's value is a number, a truth value, a text or of an enumeration, not Object. Take names as values", () => Parameter.OneOf("thing", new object()));
    }

    [Fact]
    public void A_value_that_an_axis_has_not_is_named_with_those_that_it_has()
    {
        Refused("Parameter 'filters' has no value 48. It has 32, 64.", () => Parameter.OneOf("filters", 32, 64).PositionOf(ParameterValue.Of(48)));
        Refused("Parameter 'kernel' has no value 2. It has whole numbers from 1 to 5 in steps of 2.", () => Parameter.Integer("kernel", 1, 5, step: 2).PositionOf(ParameterValue.Of(2)));
        Refused("Parameter 'rate' has no value 1. It has numbers from 1E-05 to 0.01, by decades.", () => Parameter.LogUniform("rate", 1e-5, 1e-2).PositionOf(ParameterValue.Of(1)));
    }

    private static void Refused(string beginning, Func<object> make) => Assert.StartsWith(beginning, Assert.ThrowsAny<ArgumentException>(() => _ = make()).Message, StringComparison.Ordinal);

    private static double[] Values<T>(Parameter<T> parameter) => [.. Enumerable.Range(0, (int)parameter.Count!).Select(cell => parameter.At((cell + 0.5) / parameter.Count.Value).AsNumber())];
}
