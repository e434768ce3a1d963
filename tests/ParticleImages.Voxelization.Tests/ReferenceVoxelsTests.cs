using ParticleImages.Numpy;

namespace ParticleImages.Voxelization.Tests;

/// <summary>
/// Bit for bit against arrays that numpy computed; Data/README.md says what stands in them. Images and hits both.
/// </summary>
public sealed class ReferenceVoxelsTests
{
    [Fact]
    public void The_edges_of_both_modes_are_those_of_numpy()
    {
        using NpzFile file = NpzFile.Open(TestFiles.Data("voxels-default.npz"));
        Parameters usual = Parameters.Of(file);
        Assert.True(Bits.Same(file.Read<double>("documented_edges").Values, usual.Axis.Edges));
        Assert.True(Bits.Same(file.Read<double>("notebook_edges").Values, usual.Notebook.Axis.Edges));
    }

    [Theory]
    [InlineData("documented_exclusive")]
    [InlineData("documented_cumulative")]
    [InlineData("notebook_exclusive")]
    [InlineData("notebook_cumulative")]
    public void The_usual_axis_gives_the_reference_voxels(string name)
    {
        using NpzFile file = NpzFile.Open(TestFiles.Data("voxels-default.npz"));
        Parameters usual = Parameters.Of(file);
        Voxelizer voxelizer = name.StartsWith("notebook", StringComparison.Ordinal)
            ? usual.Notebook
            : Voxelizer.Over(usual.Axis).KeepTimeWithin(usual.Window);
        Holds(file, name, voxelizer.KeepEnergyAbove(usual.Threshold));
    }

    [Theory]
    [InlineData("window_drop_exclusive")]
    [InlineData("window_drop_cumulative")]
    [InlineData("window_nearest_exclusive")]
    [InlineData("window_nearest_cumulative")]
    [InlineData("nowindow_drop_exclusive")]
    [InlineData("nowindow_drop_cumulative")]
    [InlineData("nowindow_nearest_exclusive")]
    [InlineData("nowindow_nearest_cumulative")]
    public void Exact_edges_give_the_reference_voxels(string name)
    {
        using NpzFile file = NpzFile.Open(TestFiles.Data("voxels-exact.npz"));
        OutsideTime policy = name.Contains("nearest", StringComparison.Ordinal) ? OutsideTime.Nearest : OutsideTime.Drop;
        Voxelizer voxelizer = Voxelizer.Over(TimeAxis.FromEdges(file.Read<double>("edges").Values).Outside(policy))
            .KeepEnergyAbove(0.1);
        Holds(file, name, name.StartsWith("window", StringComparison.Ordinal) ? voxelizer.KeepTimeWithin(0.7) : voxelizer);
    }

    private static void Holds(NpzFile file, string name, Voxelizer voxelizer)
    {
        voxelizer = name.EndsWith("cumulative", StringComparison.Ordinal) ? voxelizer.Cumulative() : voxelizer.Exclusive();
        NumpyArray<float> images = file.Read<float>("images");
        NumpyArray<float> expected = file.Read<float>(name);
        var batch = new EventBatch(ImageShape.Crop32, images.Values, new int[images.Shape[0]]);
        foreach (VoxelGrid grid in new[] { voxelizer.Bin(batch), voxelizer.Bin(HitEvents.From(batch)) })
        {
            (int frames, int height, int width) = grid.Shape;
            Assert.Equal(expected.Shape, [grid.Count, frames, height, width]);
            Assert.True(Bits.Same(expected.Values, grid.Voxels));
        }
    }

    private sealed record Parameters(double Threshold, double Window, double Start, double Stop, double Step)
    {
        public TimeAxis Axis => TimeAxis.Range(Start, Stop, Step);

        public Voxelizer Notebook => Voxelizer.NotebookCompatible(Start, Stop, Step);

        public static Parameters Of(NpzFile file)
        {
            double[] values = file.Read<double>("parameters").Values;
            return new Parameters(values[0], values[1], values[2], values[3], values[4]);
        }
    }
}
