namespace ParticleImages.Voxelization.Tests;

public sealed class VoxelizerVerbTests
{
    private static readonly TimeAxis Axis = TimeAxis.Range(-0.1, 0.1, step: 0.0099);

    private static readonly Voxelizer Plain = Voxelizer.Over(Axis);

    [Fact]
    public void A_new_voxelizer_cuts_nothing()
    {
        Assert.Equal(Axis, Plain.Axis);
        Assert.Null(Plain.EnergyThreshold);
        Assert.Null(Plain.TimeWindow);
        Assert.Null(Plain.CropSize);
        Assert.Empty(Plain.EnergyScaling);
        Assert.False(Plain.IsCumulative);
        Assert.False(Plain.IsNotebookCompatible);
    }

    [Fact]
    public void A_verb_sets_a_slot_of_a_copy_and_the_last_call_wins()
    {
        Voxelizer all = Plain.KeepEnergyAbove(1).KeepEnergyAbove(0.005).KeepTimeWithin(1).KeepTimeWithin(0.1)
            .Cumulative().Crop(2).Crop(22).ScaleEnergy(2).ScaleEnergy(50);
        Assert.Equal(0.005, all.EnergyThreshold);
        Assert.Equal(0.1, all.TimeWindow);
        Assert.Equal(22, all.CropSize);
        Assert.Equal([VoxelScaling.GeV], all.EnergyScaling);
        Assert.True(all.IsCumulative);
        Assert.False(all.Exclusive().IsCumulative);
        Assert.Equal(Voxelizer.Over(Axis), Plain);
    }

    [Fact]
    public void Voxelizers_are_equal_when_all_slots_are()
    {
        Voxelizer one = Plain.KeepEnergyAbove(0.005).Crop(22);
        Voxelizer other = Voxelizer.Over(TimeAxis.FromEdges(Axis.Edges)).Crop(22).KeepEnergyAbove(0.005);
        Assert.Equal(one, other);
        Assert.Equal(one.GetHashCode(), other.GetHashCode());
        Assert.NotEqual(one, one.KeepEnergyAbove(0.006));
        Assert.NotEqual(one, one.KeepTimeWithin(0.1));
        Assert.NotEqual(one, one.Cumulative());
        Assert.NotEqual(one, one.Crop(20));
        Assert.NotEqual(one, one.ScaleEnergy(2));
        Assert.NotEqual(
            Voxelizer.NotebookCompatible(0, 1, 0.25),
            Voxelizer.Over(TimeAxis.Range(0, 0.75, 0.25)).KeepTimeWithin(100));
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(1e39)]
    public void A_threshold_that_float32_cannot_hold_is_refused(double threshold) =>
        Assert.Throws<ArgumentOutOfRangeException>(nameof(threshold), () => Plain.KeepEnergyAbove(threshold));

    [Theory]
    [InlineData(0)]
    [InlineData(-0.1)]
    [InlineData(1e-50)]
    [InlineData(1e39)]
    [InlineData(double.NaN)]
    public void A_window_or_scale_that_is_not_a_positive_float32_is_refused(double value)
    {
        Assert.Throws<ArgumentOutOfRangeException>("window", () => Plain.KeepTimeWithin(value));
        Assert.Throws<ArgumentOutOfRangeException>("factor", () => Plain.ScaleEnergy(value));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-2)]
    [InlineData(21)]
    public void An_odd_or_empty_crop_is_refused(int size) =>
        Assert.Throws<ArgumentOutOfRangeException>(nameof(size), () => Plain.Crop(size));

    [Fact]
    public void The_output_has_the_bins_and_the_image_or_the_crop()
    {
        Assert.Equal(new VoxelShape(21, 32, 32), Plain.OutputShape(ImageShape.Crop32));
        Assert.Equal(new VoxelShape(21, 5, 9), Plain.OutputShape(new ImageShape(5, 9)));
        Assert.Equal(new VoxelShape(21, 22, 22), Plain.Crop(22).OutputShape(ImageShape.Crop32));
        Assert.Equal(
            new VoxelShape(21, 32, 32), Voxelizer.NotebookCompatible(-0.1, 0.1, 0.0099).OutputShape(ImageShape.Crop32));
    }

    [Fact]
    public void A_crop_beyond_the_image_is_refused_when_the_image_is_known()
    {
        var failure = Assert.Throws<ArgumentException>("shape", () => Plain.Crop(8).OutputShape(new ImageShape(7, 32)));
        Assert.Contains("8 × 8", failure.Message, StringComparison.Ordinal);
        Assert.Contains("7 × 32", failure.Message, StringComparison.Ordinal);
        Assert.Contains("6 or less", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_shape_that_was_never_set_is_refused() =>
        Assert.Throws<ArgumentException>("shape", () => Plain.OutputShape(default));

    [Fact]
    public void More_voxels_than_an_array_holds_are_refused_before_anything_is_allocated()
    {
        Voxelizer fine = Voxelizer.Over(TimeAxis.Range(0, 1, 1.0 / 65536));
        Assert.Throws<ArgumentOutOfRangeException>("frames", () => fine.OutputShape(new ImageShape(256, 256)));

        var batch = new EventBatch(ImageShape.Crop32, new float[32 * 2048], new int[32]);
        var failure = Assert.Throws<ArgumentException>("batch", () => fine.Bin(batch));
        Assert.Contains("31 events", failure.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>("hits", () => fine.Bin(HitEvents.From(batch)));
    }

    [Fact]
    public void The_notebook_mode_fills_one_bin_fewer_than_it_has_frames()
    {
        Voxelizer notebook = Voxelizer.NotebookCompatible(-0.1, 0.1, 0.0099);
        Assert.True(notebook.IsNotebookCompatible);
        Assert.Equal(20, notebook.Axis.Bins);
        Assert.Equal(100, notebook.TimeWindow);
        Assert.Null(notebook.EnergyThreshold);
        Assert.False(notebook.IsCumulative);
    }

    [Fact]
    public void The_notebook_mode_refuses_another_time_window()
    {
        var failure = Assert.Throws<InvalidOperationException>(
            () => Voxelizer.NotebookCompatible(-0.1, 0.1, 0.0099).KeepTimeWithin(0.1));
        Assert.Contains("|time| < 100", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_notebook_mode_refuses_a_single_edge_and_bad_ranges()
    {
        Assert.Throws<ArgumentOutOfRangeException>("step", () => Voxelizer.NotebookCompatible(0, 1, 1));
        Assert.Throws<ArgumentOutOfRangeException>("step", () => Voxelizer.NotebookCompatible(0, 1, 0));
        Assert.Throws<ArgumentOutOfRangeException>("stop", () => Voxelizer.NotebookCompatible(1, 0, 0.1));
    }

    [Fact]
    public void Null_is_refused_by_name()
    {
        Assert.Throws<ArgumentNullException>("axis", () => Voxelizer.Over(null!));
        Assert.Throws<ArgumentNullException>("batch", () => Plain.Bin((EventBatch)null!));
        Assert.Throws<ArgumentNullException>("hits", () => Plain.Bin((HitEvents)null!));
        Assert.Throws<ArgumentNullException>("json", () => Voxelizer.FromJson(null!));
    }

    [Fact]
    public void The_text_says_what_is_set()
    {
        Voxelizer voxelizer = Voxelizer.Over(TimeAxis.FromEdges(0, 0.5, 1));
        Assert.Equal("2 bins from 0 to 1, exclusive", voxelizer.ToString());
        Assert.Equal(
            "2 bins from 0 to 1, energy > 0.005, |time| < 0.1, cumulative, central 22 × 22, energy × 50",
            voxelizer.KeepEnergyAbove(0.005).KeepTimeWithin(0.1).Cumulative().Crop(22).ScaleEnergy(50).ToString());
        Assert.Equal(
            "notebook-compatible, 3 bins from 0 to 0.75, |time| < 100, exclusive",
            Voxelizer.NotebookCompatible(0, 1, 0.25).ToString());
    }
}
