namespace ParticleImages.Voxelization.Tests;

public sealed class VoxelShapeTests
{
    [Fact]
    public void A_shape_knows_its_sides_and_its_voxels()
    {
        var shape = new VoxelShape(21, 32, 16);
        (int frames, int height, int width) = shape;
        Assert.Equal((21, 32, 16), (frames, height, width));
        Assert.Equal(21 * 32 * 16, shape.Voxels);
        Assert.Equal("21 × 32 × 16", shape.ToString());
        Assert.Equal(new VoxelShape(21, 32, 16), shape);
    }

    [Theory]
    [InlineData(0, 1, 1, "frames")]
    [InlineData(1, 0, 1, "height")]
    [InlineData(1, 1, -1, "width")]
    [InlineData(65536, 256, 256, "frames")]
    [InlineData(int.MaxValue, int.MaxValue, int.MaxValue, "frames")]
    public void A_side_below_one_or_too_many_voxels_are_refused(int frames, int height, int width, string name) =>
        Assert.Throws<ArgumentOutOfRangeException>(name, () => new VoxelShape(frames, height, width));

    [Fact]
    public void The_largest_shape_fits_an_array() =>
        Assert.Equal(Array.MaxLength, new VoxelShape(1, 1, Array.MaxLength).Voxels);
}
