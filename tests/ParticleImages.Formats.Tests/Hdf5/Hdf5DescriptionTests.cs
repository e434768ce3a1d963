namespace ParticleImages.Formats.Tests.Hdf5;

public sealed class Hdf5DescriptionTests
{
    [Theory]
    [InlineData("contiguous", "float32", "contiguous")]
    [InlineData("big-endian", "float32 big-endian", "contiguous")]
    [InlineData("X-float16", "float16", "contiguous")]
    [InlineData("X-float64-gzip", "float64", "chunks of 16 × 32 × 32 × 2, gzip")]
    [InlineData("lzf", "float32", "chunks of 30 × 32 × 32 × 2, lzf")]
    [InlineData("gzip-shuffle-fletcher", "float32", "chunks of 16 × 32 × 32 × 2, shuffle, gzip, fletcher32")]
    [InlineData("bad-virtual", "float32", "virtual")]
    public void A_description_tells_shape_type_and_storage(string name, string type, string storage)
    {
        DatasetDescription images = EventFile.Describe(ExpectedEvents.File(name))[0];
        Assert.Equal("/X", images.Name);
        Assert.Equal([48, 32, 32, 2], images.Shape);
        Assert.Equal(type, images.ElementType);
        Assert.Equal(storage, images.Storage);
    }

    [Theory]
    [InlineData("y-bool", "bool")]
    [InlineData("y-int64", "int64")]
    [InlineData("y-uint8", "uint8")]
    [InlineData("y-big-endian-int16", "int16 big-endian")]
    public void A_description_tells_the_type_of_labels(string name, string type) =>
        Assert.Equal(type, EventFile.Describe(ExpectedEvents.File(name)).Single(dataset => dataset.Name == "/y").ElementType);

    [Fact]
    public void Datasets_within_groups_are_described_with_their_paths() =>
        Assert.Equal(
            ["/data/images", "/data/labels"],
            EventFile.Describe(ExpectedEvents.File("other-names")).Select(dataset => dataset.Name));

    [Fact]
    public void Texts_of_the_root_group_are_read_and_other_attributes_left_out() =>
        Assert.Equal(
            new Dictionary<string, string>
            {
                ["source"] = "synthetic: made for tests",
                ["detector"] = "ECAL",
                ["unit"] = "50 GeV · 50 ns",
            },
            EventFile.ReadAttributes(ExpectedEvents.File("attributes")));
}
