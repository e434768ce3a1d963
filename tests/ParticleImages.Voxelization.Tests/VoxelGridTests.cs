namespace ParticleImages.Voxelization.Tests;

public sealed class VoxelGridTests
{
    private static readonly VoxelShape Shape = new(2, 3, 4);

    private static readonly VoxelGrid Grid =
        new(Shape, [.. Enumerable.Range(0, 2 * 24).Select(i => (float)i)], [1, 0]);

    [Fact]
    public void Voxels_stand_in_C_order()
    {
        Assert.Equal(2, Grid.Count);
        Assert.Equal(Shape, Grid.Shape);
        Assert.Equal(48, Grid.Voxels.Length);
        Assert.Equal([1, 0], Grid.Labels.ToArray());
        Assert.Equal(24 + 12 + 8 + 3, Grid[1, 1, 2, 3]);
        Assert.Equal(24, Grid.Event(1)[0]);
        Assert.Equal(24, Grid.Event(1).Length);
    }

    [Theory]
    [InlineData(2, 0, 0, 0, "index")]
    [InlineData(0, 2, 0, 0, "frame")]
    [InlineData(0, 0, 3, 0, "row")]
    [InlineData(0, 0, 0, 4, "column")]
    [InlineData(0, 0, 0, -1, "column")]
    public void A_voxel_outside_is_refused_by_the_name_of_its_side(int index, int frame, int row, int column, string name)
    {
        Assert.Throws<ArgumentOutOfRangeException>(name, () => Grid[index, frame, row, column]);
    }

    [Fact]
    public void An_event_outside_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>("index", () => Grid.Event(2).Length);

    [Fact]
    public void Arrays_that_do_not_match_the_shape_are_refused()
    {
        var failure = Assert.Throws<ArgumentException>("voxels", () => new VoxelGrid(Shape, new float[47], [1, 0]));
        Assert.Contains("48", failure.Message, StringComparison.Ordinal);
        Assert.Contains("47", failure.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>("labels", () => new VoxelGrid(Shape, new float[24], [2]));
        Assert.Throws<ArgumentException>("shape", () => new VoxelGrid(default, [], []));
        Assert.Throws<ArgumentNullException>("voxels", () => new VoxelGrid(Shape, null!, []));
        Assert.Throws<ArgumentNullException>("labels", () => new VoxelGrid(Shape, [], null!));
    }
}
