namespace ParticleImages.Tests.Events;

public sealed class ImageShapeTests
{
    [Fact]
    public void A_shape_knows_its_pixels_and_values()
    {
        var shape = new ImageShape(5, 4);
        Assert.Equal((5, 4, 20, 40), (shape.Height, shape.Width, shape.Pixels, shape.Values));
        Assert.Equal("5 × 4", shape.ToString());
        Assert.Equal(new ImageShape(32, 32), ImageShape.Crop32);
        Assert.NotEqual(new ImageShape(4, 5), shape);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 0)]
    [InlineData(-32, -32)]
    [InlineData(65537, 1)]
    [InlineData(256, 257)]
    [InlineData(int.MaxValue, int.MaxValue)]
    public void Sides_below_one_and_more_pixels_than_16_bits_number_are_refused(int height, int width) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new ImageShape(height, width));

    [Fact]
    public void The_largest_image_has_65536_pixels() => Assert.Equal(65536, new ImageShape(256, 256).Pixels);
}
