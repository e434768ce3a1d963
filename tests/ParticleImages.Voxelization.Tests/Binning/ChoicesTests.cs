namespace ParticleImages.Voxelization.Tests;

/// <summary>Crops, projections and channels on an event small enough to see through.</summary>
public sealed class ChoicesTests
{
    private static readonly ImageShape Shape = new(4, 6);

    private static readonly Voxelizer Plain = Voxelizer.Over(TimeAxis.FromEdges(0, 1, 2));

    // (row 1, column 4): 5 at time 1; (1, 5): 2 at time 2; (3, 4): 1 at time 1.5; (0, 0): 9 at time 3, outside the axis.
    private static readonly HitEvents Hits = new(
        Shape, [0, 4], [10, 11, 22, 0], [5, 2, 1, 9], [1, 2, 1.5f, 3], [1]);

    [Fact]
    public void A_crop_around_a_pixel_has_it_in_its_centre()
    {
        VoxelGrid grid = Plain.Crop(2, row: 2, column: 5).Bin(Hits);
        Assert.Equal([5, 0, 0, 0, 0, 2, 0, 0], grid.Voxels.ToArray());
        Assert.Equal(Plain.Crop(4), Plain.Crop(2, 1, 1).Crop(4));
    }

    [Theory]
    [InlineData(4, 1, 3, "row")]
    [InlineData(4, 2, 1, "column")]
    [InlineData(3, 2, 2, "size")]
    public void A_crop_that_begins_before_the_image_is_refused(int size, int row, int column, string name) =>
        Assert.Throws<ArgumentOutOfRangeException>(name, () => Plain.Crop(size, row, column));

    [Fact]
    public void A_crop_that_ends_beyond_the_image_is_refused_when_the_image_is_known()
    {
        var failure = Assert.Throws<ArgumentException>("hits", () => Plain.Crop(2, row: 3, column: 6).Bin(Hits));
        Assert.Contains("2 × 2 around row 3 column 6 reaches beyond images of 4 × 6 pixels: there its centre is at most row 3 column 5", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(int.MaxValue, 2)]
    [InlineData(2, int.MaxValue)]
    [InlineData(int.MaxValue - 1, int.MaxValue)]
    public void A_crop_whose_end_overflows_is_refused(int row, int column)
    {
        Voxelizer far = Plain.Crop(2, row, column);
        var voxels = new float[8];
        Assert.Throws<ArgumentException>("shape", () => far.OutputShape(Shape));
        Assert.Throws<ArgumentException>("hits", () => far.Bin(Hits));
        Assert.Throws<ArgumentException>("hits", () => far.BinSparse(Hits));
        Assert.Throws<ArgumentException>("shape", () => far.Bin(new float[Shape.Values], Shape, voxels));
        Assert.Throws<ArgumentException>(() => far.CountCuts(Hits));
    }

    [Fact]
    public void Own_spans_are_hits_and_what_is_none_is_passed_over()
    {
        var voxels = new float[2 * 24];
        Plain.Bin(new Hits([10, 11, 12, 13, 14], [5, float.NaN, float.PositiveInfinity, 0, 7], [1, 1, 1, 1, float.NaN]), Shape, voxels);
        Assert.Equal(5, voxels[10]);
        Assert.Equal(5, voxels.Sum());
        Assert.Contains("2 pixels, 1 energies and 2 times", Assert.Throws<ArgumentException>(
            "pixels", () => new Hits([1, 2], [1], [1, 2]).Count).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_crop_around_the_hottest_hit_follows_the_cuts_and_pads_with_nothing()
    {
        // 9 is the hottest, but outside the window; then 5. Rows −1 to 2, columns 2 to 5.
        VoxelGrid grid = Plain.KeepTimeWithin(2.5).CropAroundHottest(4).Bin(Hits);
        Assert.Equal(5, grid[0, 0, 2, 2]);
        Assert.Equal(2, grid[0, 1, 2, 3]);
        Assert.Equal(7, grid.Voxels.ToArray().Sum());

        // Without the window the hottest is in the corner, and has left the axis when the voxels are made.
        Assert.Equal(0, Plain.CropAroundHottest(2).Bin(Hits).Voxels.ToArray().Sum());
        Assert.Equal(new VoxelShape(2, 4, 4), Plain.CropAroundHottest(4).OutputShape(Shape));
        Assert.Throws<ArgumentException>("shape", () => Plain.CropAroundHottest(6).OutputShape(Shape));
    }

    [Fact]
    public void The_origin_of_a_crop_says_which_pixels_its_voxels_show()
    {
        var image = new float[2 * Shape.Values];
        foreach ((int place, float energy, float time) in new[] { (10, 5f, 1f), (11, 2, 2), (22, 1, 1.5f), (0, 9, 3) })
        {
            image[Shape.Values + (2 * place)] = energy;
            image[Shape.Values + (2 * place) + 1] = time;
        }

        var batch = new EventBatch(Shape, image, [0, 1]);
        Assert.Equal((0, 0), Plain.CropOrigin(batch, 1));
        Assert.Equal((1, 2), Plain.Crop(2).CropOrigin(batch, 1));
        Assert.Equal((1, 4), Plain.Crop(2, row: 2, column: 5).CropOrigin(batch, 1));
        Assert.Equal((-1, 2), Plain.KeepTimeWithin(2.5).CropAroundHottest(4).CropOrigin(batch, 1));
        Assert.Equal((-2, -2), Plain.CropAroundHottest(4).CropOrigin(batch, 1));

        // Event 0 has no hits; an axis need not be fitted to know where the crop is.
        Assert.Equal((0, 1), Plain.CropAroundHottest(4).CropOrigin(batch, 0));
        Assert.Equal((-1, 2), Voxelizer.Over(TimeAxis.Quantiles(3)).KeepTimeWithin(2.5).CropAroundHottest(4).CropOrigin(batch, 1));
        Assert.Throws<ArgumentOutOfRangeException>("index", () => Plain.CropOrigin(batch, 2));
        Assert.Throws<ArgumentException>("batch", () => Plain.Crop(6).CropOrigin(batch, 0));
    }

    [Fact]
    public void Projections_add_along_the_third_axis()
    {
        Voxelizer lingering = Plain.Cumulative();
        Assert.Equal(new VoxelShape(1, 4, 6), Plain.Project(VoxelProjection.XY).OutputShape(Shape));
        Assert.Equal(new VoxelShape(2, 1, 6), Plain.Project(VoxelProjection.XT).OutputShape(Shape));
        Assert.Equal(new VoxelShape(2, 4, 1), Plain.Project(VoxelProjection.YT).OutputShape(Shape));
        Assert.Equal([0, 0, 0, 0, 5, 0, 0, 0, 0, 0, 1, 2], Plain.Project(VoxelProjection.XT).Bin(Hits).Voxels.ToArray());
        Assert.Equal([0, 0, 0, 0, 5, 0, 0, 0, 0, 0, 6, 2], lingering.Project(VoxelProjection.XT).Bin(Hits).Voxels.ToArray());
        Assert.Equal([0, 5, 0, 0, 0, 2, 0, 1], Plain.Project(VoxelProjection.YT).Bin(Hits).Voxels.ToArray());
        Assert.Equal([0, 5, 0, 0, 0, 7, 0, 1], lingering.Project(VoxelProjection.YT).Bin(Hits).Voxels.ToArray());

        // Every hit once, cumulative or not.
        Assert.Equal(Plain.Project(VoxelProjection.XY).Bin(Hits).Voxels.ToArray(), lingering.Project(VoxelProjection.XY).Bin(Hits).Voxels.ToArray());
        Assert.Throws<ArgumentOutOfRangeException>("projection", () => Plain.Project((VoxelProjection)4));
    }

    [Fact]
    public void Channels_stand_one_after_the_other()
    {
        Voxelizer voxelizer = Plain.Project(VoxelProjection.YT).WithChannels(VoxelChannel.Hit, VoxelChannel.Time, VoxelChannel.Energy);
        VoxelGrid grid = voxelizer.Cumulative().Bin(Hits);
        Assert.Equal(new VoxelShape(2, 4, 1, channels: 3), grid.Shape);
        Assert.Equal(
            [
                0, 1, 0, 0, 0, 1, 0, 1,
                0, 1, 0, 0, 0, 1, 0, 1.5f,
                0, 5, 0, 0, 0, 7, 0, 1,
            ],
            grid.Voxels.ToArray());
        Assert.Equal(7, grid[0, 2, 1, 1, 0]);
        Assert.Equal(1, grid[0, 1, 1, 0]);
        Assert.Throws<ArgumentOutOfRangeException>("channel", () => grid[0, 3, 0, 0, 0]);
    }

    [Fact]
    public void Channels_that_cannot_be_are_refused()
    {
        Assert.Contains("none", Assert.Throws<ArgumentException>("channels", () => Plain.WithChannels()).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>("channels", () => Plain.WithChannels(VoxelChannel.Hit, VoxelChannel.Hit));
        Assert.Throws<ArgumentException>("channels", () => Plain.WithChannels((VoxelChannel)3));
    }

    [Fact]
    public void Hits_that_meet_in_a_voxel_are_summed_in_double_and_the_earliest_time_counts()
    {
        var hits = new HitEvents(Shape, [0, 3], [7, 7, 7], [1, 1e-8f, -1], [0.5f, 0.25f, 0.75f], [0]);
        VoxelGrid grid = Plain.WithChannels(VoxelChannel.Energy, VoxelChannel.Time).Bin(hits);

        // In float32 1 + 1e-8 − 1 would be 0.
        Assert.Equal(1e-8f, grid[0, 0, 0, 1, 1], 1e-15f);
        Assert.Equal(0.25f, grid[0, 1, 0, 1, 1]);
    }

    [Fact]
    public void Sparse_voxels_list_what_is_there()
    {
        SparseVoxels sparse = Plain.Cumulative().BinSparse(Hits);
        SparseEvent entries = sparse[0];
        Assert.Equal([10, 11, 22], entries.Pixels.ToArray());
        Assert.Equal([0, 1, 1], entries.Frames.ToArray());
        Assert.Equal([5, 2, 1], entries.Values.ToArray());
        Assert.Equal(2, entries.End(0));
        Assert.Throws<IndexOutOfRangeException>(() => sparse[0].End(3));
        Assert.Equal("1 event of 2 × 4 × 6 voxels, 3 entries", sparse.ToString());
        Assert.Equal("1 event of 2 × 4 × 6 voxels", sparse.ToDense().ToString());
        Assert.Equal((1, 3L, 2, true), (sparse.Count, sparse.EntryCount, sparse.FilledFrames, sparse.IsCumulative));
        Assert.Equal((3 * 8) + 4 + 16, sparse.Bytes);
        Assert.Throws<ArgumentOutOfRangeException>("index", () => sparse[1].Count);
        var voxels = new float[47];
        Assert.Contains("needs 48 values; the buffer holds 47", Assert.Throws<ArgumentException>("voxels", () => sparse.CopyTo(0, voxels)).Message, StringComparison.Ordinal);
    }
}
