using ParticleImages.Search;

namespace ParticleImages.Plotting.Tests;

public class ParameterAxisTests
{
    [Fact]
    public void Few_values_are_categories_in_cells_of_one_size()
    {
        ParameterAxis axis = ParameterAxis.Of(Parameter.OneOf("t_step", 0.0049, 0.0099, 0.0249, 0.1 + 0.2), []);
        Assert.Equal(4, axis.Categories);
        Assert.Equal([(0.125, "0.0049"), (0.375, "0.0099"), (0.625, "0.0249"), (0.875, "0.3")], axis.Ticks(2));
        Assert.Equal(0.375, axis.PlaceOf(Configuration.Of(("t_step", 0.0099))));
    }

    [Fact]
    public void Numbers_have_as_many_digits_as_tell_them_apart()
    {
        Assert.Equal(["60000", "60000.2", "60000.4", "60000.6", "60000.8", "60001"], Names(Parameter.Real("mjd", 60000, 60001)));
        Assert.Equal(["100000000", "100000010", "100000020"], Names(Parameter.Integer("n", 100000000, 100000020), about: 3));
        Assert.Equal(["0.123456", "0.123457", "0.123458"], Names(Parameter.OneOf("close", 0.123456, 0.123457, 0.123458)));
        Assert.Equal(["1234567", "1234568", "1"], Names(Parameter.OneOf("big", 1234567.0, 1234568.0, 1.0)));
        Assert.Equal(["0.30000000000000004", "0.3"], Names(Parameter.OneOf("nearly", 0.1 + 0.2, 0.3)));

        static IEnumerable<string> Names(IParameter parameter, int about = 6) => ParameterAxis.Of(parameter, []).Ticks(about).Select(tick => tick.Name);
    }

    [Fact]
    public void Names_that_are_cut_stay_different()
    {
        string[] long3 = [.. Enumerable.Range(1, 3).Select(i => $"adam_with_a_long_prefix_{i}")];
        Assert.Equal(["adam…1", "adam…2", "adam…3", "sgd"], DistinctNames.Cut([.. long3, "sgd"], 65, 14));
        Assert.Equal(["adam_with_…1", "adam_with_…2", "adam_with_…3"], DistinctNames.Cut(long3, 110, 14));
        Assert.Equal(["…1", "…2", "…3"], DistinctNames.Cut(long3, 30, 14));
        Assert.Equal(long3, DistinctNames.Cut(long3, 400, 14));
        Assert.Equal("a…", DistinctNames.Cut(["a name that is too long", "b"], 30, 14)[0]);
        Assert.Equal(["same_…", "same_…"], DistinctNames.Cut(["same_name_twice", "same_name_twice"], 65, 14));

        // The font has neither letter.
        Assert.Equal(["\uFFFD", "\uFFFD"], DistinctNames.Cut(["学", "校"], 80, 14));
        ScanResult scan = ScanSamples.Of(SearchSpace.Of(Parameter.OneOf("opt", long3)), [.. long3.Select((name, i) => new ScanSamples.MadeTrial(Configuration.Of(("opt", name)), TrialState.Finished, new MetricValue(i)))]);
        Assert.Contains(Svg.Of(Picture.ParallelCoordinates(scan)).Texts, text => text.StartsWith("adam", StringComparison.Ordinal) && text.EndsWith("…2", StringComparison.Ordinal));
    }

    [Fact]
    public void What_has_no_value_or_one_that_the_axis_does_not_know_has_no_place()
    {
        ParameterAxis axis = ParameterAxis.Of(Parameter.OneOf("name", "a", "b"), []);
        Assert.Null(axis.PlaceOf(Configuration.Of(("other", 1))));
        Assert.Null(axis.PlaceOf(Configuration.Of(("name", "c"))));
    }

    [Theory]
    [InlineData(1e-5, 1e-1, 5, new[] { "1e−5", "0.0001", "0.001", "0.01", "0.1" })]
    [InlineData(1e-5, 1e-1, 3, new[] { "0.0001", "0.01" })]
    [InlineData(0.01, 1, 8, new[] { "0.01", "0.02", "0.05", "0.1", "0.2", "0.5", "1" })]
    [InlineData(0.3, 0.4, 5, new[] { "0.3", "0.32", "0.34", "0.36", "0.38", "0.4" })]
    public void A_logarithmic_axis_has_round_numbers_at_their_logarithms(double low, double high, int about, string[] names)
    {
        ParameterAxis axis = ParameterAxis.Of(Parameter.LogUniform("rate", low, high), []);
        Assert.Null(axis.Categories);
        IReadOnlyList<(double Place, string Name)> ticks = axis.Ticks(about);
        Assert.Equal(names, ticks.Select(tick => tick.Name));
        foreach ((double place, string name) in ticks)
        {
            double number = double.Parse(name.Replace('−', '-'), System.Globalization.CultureInfo.InvariantCulture);
            Assert.Equal(Math.Log(number / low) / Math.Log(high / low), place, 1e-9);
        }
    }

    [Fact]
    public void Whole_numbers_and_ranges_have_round_numbers_in_proportion()
    {
        IReadOnlyList<(double Place, string Name)> whole = ParameterAxis.Of(Parameter.Integer("n", 1, 1000), []).Ticks(5);
        Assert.Equal(["200", "400", "600", "800", "1000"], whole.Select(tick => tick.Name));
        Assert.Equal(199.5 / 1000, whole[0].Place, 1e-9);
        IReadOnlyList<(double Place, string Name)> range = ParameterAxis.Of(Parameter.Range("x", -1, 1, 50), []).Ticks(4);
        Assert.Equal(["−1", "−0.5", "0", "0.5", "1"], range.Select(tick => tick.Name));
        Assert.Equal(0.5, range[2].Place, 1e-9);

        // Numbers that fall are ordered, too.
        IReadOnlyList<(double Place, string Name)> falling = ParameterAxis.Of(Parameter.OneOf("y", [.. Enumerable.Range(0, 20).Select(i => 19 - i)]), []).Ticks(4);
        Assert.Equal([(19.5 / 20, "0"), (14.5 / 20, "5"), (9.5 / 20, "10"), (4.5 / 20, "15")], falling);
    }

    [Fact]
    public void A_decades_list_of_many_numbers_is_logarithmic()
    {
        IReadOnlyList<(double Place, string Name)> ticks = ParameterAxis.Of(Parameter.Range("rate", 1e-4, 1, 41, logarithmic: true), []).Ticks(5);
        Assert.Equal(["0.0001", "0.001", "0.01", "0.1", "1"], ticks.Select(tick => tick.Name));
        Assert.Equal(20.5 / 41, ticks[2].Place, 1e-6);
    }

    [Fact]
    public void Of_many_names_those_of_the_best_are_shown_and_the_others_together()
    {
        var parameter = Parameter.OneOf("crystal", [.. Enumerable.Range(0, 100).Select(i => $"c{i}")]);
        ParameterAxis axis = ParameterAxis.Of(parameter, Enumerable.Range(0, 30).Select(i => Configuration.Of(("crystal", $"c{99 - i}"))));
        Assert.Equal(12, axis.Categories);
        IReadOnlyList<(double Place, string Name)> ticks = axis.Ticks(4);
        Assert.Equal(["c99", "c98", "c97", "c96", "c95", "c94", "c93", "c92", "c91", "c90", "c89", "19 others"], ticks.Select(tick => tick.Name));
        Assert.Equal(11.5 / 12, axis.PlaceOf(Configuration.Of(("crystal", "c5"))));
        Assert.Equal(0.5 / 12, axis.PlaceOf(Configuration.Of(("crystal", "c99"))));

        // Those that are few enough stand in the parameter's order.
        ParameterAxis few = ParameterAxis.Of(parameter, [Configuration.Of(("crystal", "c7")), Configuration.Of(("crystal", "c3"))]);
        Assert.Equal([(0.25, "c3"), (0.75, "c7")], few.Ticks(4));
        Assert.Null(few.PlaceOf(Configuration.Of(("crystal", "c5"))));
    }

    [Fact]
    public void Truth_values_are_two_categories()
    {
        Assert.Equal(["false", "true"], ParameterAxis.Of(Parameter.Boolean("batch_norm"), []).Ticks(2).Select(tick => tick.Name).Order());
    }
}
