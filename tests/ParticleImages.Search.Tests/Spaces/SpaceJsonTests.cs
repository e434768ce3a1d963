namespace ParticleImages.Search.Tests;

public sealed class SpaceJsonTests
{
    [Fact]
    public void Every_kind_of_axis_is_read_and_written()
    {
        var space = SearchSpace.Parse("""
            {
              // Comments and a comma too many are let pass.
              "parameters": [
                {"name": "activation", "values": ["relu", "elu"]},
                {"name": "filters", "values": [32, 64.0]},
                {"name": "any", "values": [1, "one", true]},
                {"name": "cumulative", "values": [false, true]},
                {"name": "kernel", "kind": "integer", "low": 1, "high": 5, "step": 2},
                {"name": "rate", "kind": "log-uniform", "low": 1e-5, "high": 1e-2},
                {"name": "dropout", "kind": "real", "low": 0, "high": 0.5},
                {"name": "step", "kind": "real", "low": 0.005, "high": 0.025, "step": 0.005},
                {"name": "decade", "kind": "log-uniform", "low": 1, "high": 100, "count": 3},
              ],
              "conditions": [{"parameter": "dropout", "on": "activation", "values": ["relu"]}],
              "constraints": ["kernel < filters"]
            }
            """);

        Assert.Equal([2, 2, 3, 2, 3, null, null, 5, 3], space.Parameters.Select(parameter => parameter.Count));
        Assert.Equal(space.Identity, SearchSpace.Parse(space.ToJson()).Identity);
        Assert.Equal(["kernel < filters"], space.Constraints);
        Assert.Equal("'dropout' has a value where 'activation' is relu", Assert.Single(space.Conditions).ToString());
    }

    [Theory]
    [InlineData("""{"parameters": [{"name": "x", "values": []}]}""", "Parameter 'x' has no values. Give one or more.")]
    [InlineData("""{"parameters": [{"name": "x", "values": [1]}, {"name": "x", "values": [1]}]}""", "Two parameters have the name 'x'")]
    [InlineData("""{"parameters": [{"name": "x", "kind": "real", "low": 2, "high": 1}]}""", "Parameter 'x' would go from 2 to 1.")]
    [InlineData("""{"parameters": [{"name": "x", "kind": "real", "low": 2}]}""", "Parameter 'x' has no \"high\".")]
    [InlineData("""{"parameters": [{"name": "x", "kind": "float", "low": 2}]}""", "Parameter 'x' is of the kind 'float'. Kinds are integer, real and log-uniform")]
    [InlineData("""{"parameters": [{"name": "x", "kind": "integer", "low": 0.5, "high": 2}]}""", "\"low\" of Parameter 'x' is a whole number.")]
    [InlineData("""{"parameters": [{"name": "x", "values": [1], "default": 1}]}""", "Parameter 'x' has no \"default\". Known are name, values.")]
    [InlineData("""{"parameters": [{"name": "x", "values": [null]}]}""", "A value is a number, a text, true or false, not null.")]
    [InlineData("""{"parameters": [{"values": [1]}]}""", "A parameter has no \"name\".")]
    [InlineData("""{"parameters": []}""", "A search space has one parameter or more.")]
    [InlineData("""{"parameter": []}""", "The space has no \"parameter\". Known are parameters, conditions, constraints.")]
    [InlineData("""{"parameters": [{"name": "x", "values": [1]}], "constraints": ["y > 1"]}""", "The constraint 'y > 1' names 'y', which is no parameter of the space. It has 'x'")]
    [InlineData("""{"parameters": [{"name": "x", "values": [1]}], "conditions": [{"parameter": "x", "on": "y", "values": [1]}]}""", "The space has no parameter 'y'.")]
    [InlineData("[]", "The space is an object, not [].")]
    [InlineData("{", "")]
    public void What_is_no_space_is_refused_in_words(string json, string problem)
    {
        FormatException refusal = Assert.Throws<FormatException>(() => SearchSpace.Parse(json));

        Assert.StartsWith($"This is no search space: {problem}", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("(Parameter '", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_file_cannot_hold_is_not_written()
    {
        SearchSpace space = SearchSpace.Of(Parameter.OneOf("x", 1, 2)).Where("x is one", configuration => configuration["x"].AsInteger() == 1);

        Assert.StartsWith("The constraint 'x is one' is code, which a file cannot hold.", Assert.Throws<InvalidOperationException>(space.ToJson).Message, StringComparison.Ordinal);
        Assert.Equal("The constraint 'x is one' does not hold.", space.Refusal(space.At(1)));
    }
}
