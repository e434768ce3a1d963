using ParticleImages.Networks;
using ParticleImages.Search;
using ParticleImages.Voxelization;

namespace ParticleImages.Pipelines.Tests;

public sealed class NamedParametersTests
{
    private static readonly NamedParameters Usual = new();

    [Fact]
    public void Names_of_the_notebook_and_of_the_tool_mean_the_same()
    {
        Voxelizer voxelizer = Usual.VoxelizerOf(Configuration.Of(("t_step", 0.05), ("energy_above", 0.02), ("crop", 8), ("cumulative", false)));
        Cnn3d network = Usual.NetworkOf(Configuration.Of(("filters_1", 4), ("kernal_1", 5), ("filters_2", 6), ("pool_2", 1), ("dense_1", 10), ("activation", "elu"), ("dropout", 0.3)), new VoxelShape(4, 8, 8));

        Assert.Equal(Voxelizer.Over(TimeAxis.Range(-0.1, 0.1, 0.05)).KeepEnergyAbove(0.02).KeepTimeWithin(0.1).Crop(8).Exclusive(), voxelizer);
        Assert.Equal(
            Cnn3d.For(new VoxelShape(4, 8, 8)).Scale(50)
                .Conv(4, 5).Elu().BatchNorm().MaxPool(2).Conv(6, 3).Elu().BatchNorm()
                .Flatten().Dense(10).Elu().Dropout(0.3).Dense(2).ToJson(),
            network.ToJson());
    }

    [Fact]
    public void What_a_configuration_does_not_name_is_as_the_tool_has_it()
    {
        Configuration nothing = Configuration.Of();

        Assert.Equal(Voxelizer.Over(TimeAxis.Range(-0.1, 0.1, 0.0099)).KeepEnergyAbove(0.005).KeepTimeWithin(0.1).Cumulative(), Usual.VoxelizerOf(nothing));
        Assert.Equal(Cnn3d.Stable(new VoxelShape(21, 32, 32)).ToJson(), Usual.NetworkOf(nothing, new VoxelShape(21, 32, 32)).ToJson());
    }

    [Theory]
    [InlineData("filter_1", "Nothing here is called 'filter_1'")]
    [InlineData("filters_0", "Nothing here is called 'filters_0'")]
    [InlineData("t_step", "are the same thing")]
    public void A_parameter_that_means_nothing_or_the_same_as_another_is_refused(string name, string expected)
    {
        SearchSpace space = SearchSpace.Of(Parameter.OneOf(name, 1, 2), Parameter.OneOf("time_step", 1, 2));

        Assert.Contains(expected, Assert.Throws<ArgumentException>(() => NamedParameters.Check(space)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Values_that_a_meaning_does_not_take_are_refused_before_anything_is_tried()
    {
        foreach ((IParameter parameter, string expected) in new (IParameter, string)[]
        {
            (Parameter.Real("filters_1", 4, 64), "'filters_1' has the value 26.0"),
            (Parameter.Real("crop", 8, 32), "Give it a list of values, or the kind integer, instead of a continuum."),
            (Parameter.OneOf("network", 1, 2), "it takes one of the texts stable, small, notebook"),
            (Parameter.OneOf("optimizer", "adam", "adamm"), "has the value the text 'adamm'; it takes one of the texts adam, adamw"),
            (Parameter.OneOf("batch_size", 0, 32), "'batch_size' has the value 0; it takes a whole number, 1 or more: events a step."),
            (Parameter.OneOf("epochs", 2.5), "'epochs' has the value 2.5"),
            (Parameter.Real("dropout", 0, 1), "'dropout' has the value 1; it takes a number from 0 to below 1"),
            (Parameter.OneOf("cumulative", 0, 1), "it takes true or false"),
            (Parameter.OneOf("t_step", 0.0, 0.01), "'t_step' has the value 0; it takes a number above 0"),
        })
        {
            Assert.Contains(expected, Assert.Throws<ArgumentException>(() => NamedParameters.Check(SearchSpace.Of(parameter))).Message, StringComparison.Ordinal);
        }

        NamedParameters.Check(SearchSpace.Of(
            Parameter.Integer("filters_1", 4, 64), Parameter.Boolean("cumulative"), Parameter.LogUniform("learning_rate", 1e-5, 1e-1), Parameter.Real("energy_above", 0, 1), Parameter.OneOf("activation", "relu", "elu")));
    }
}
