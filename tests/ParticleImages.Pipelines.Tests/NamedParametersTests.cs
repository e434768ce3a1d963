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
}
