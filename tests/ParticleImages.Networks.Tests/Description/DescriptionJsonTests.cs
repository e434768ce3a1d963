using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using ParticleImages.Voxelization;

namespace ParticleImages.Networks.Tests;

/// <summary>Descriptions as text: out and in.</summary>
[Properties(Arbitrary = [typeof(DescriptionJsonTests)])]
public sealed class DescriptionJsonTests
{
    public static Arbitrary<int> Seeds() => Gen.Choose(0, int.MaxValue).ToArbitrary();

    [Property(MaxTest = 500)]
    public void Any_description_with_blocks_comes_back_equal_with_an_equal_hash(int seed)
    {
        Cnn3d description = new RandomDescriptions(seed).Any();

        Cnn3d read = Cnn3d.FromJson(description.ToJson());

        Assert.Equal(description, read);
        Assert.Equal(description.GetHashCode(), read.GetHashCode());
        Assert.Equal(description.ToJson(), read.ToJson());
    }

    [Property(MaxTest = 500)]
    public void Descriptions_that_differ_are_not_equal(int seed)
    {
        Cnn3d description = new RandomDescriptions(seed).Any();
        Cnn3d other = new RandomDescriptions(seed ^ 1).Any();

        Assert.Equal(description.ToJson() == other.ToJson(), description.Equals(other));
        Assert.NotEqual(description, description.Relu());
        Assert.NotEqual(description, description.Branches(b => b.Relu()));
        Assert.NotEqual(description.Branches(b => b.Relu()), description.Branches(b => b.Relu(), b => b));
        Assert.NotEqual(description.Branches(b => b.Relu(), b => b.Elu()), description.Branches(b => b.Relu().Elu()));
        Assert.NotEqual(description.Residual(b => b.Relu()), description.Residual(b => b.Relu(), s => s.Relu()));
        Assert.NotEqual(description.Scale([1, 2], [0]), description.Scale([1], [2, 0]));
    }

    /// <summary>The text that the first version wrote for the notebook's beginning.</summary>
    [Fact]
    public void The_first_versions_text_is_read_as_before()
    {
        const string Written = """
            {"version":1,"input":[21,32,32],"layers":[
              {"layer":"conv","filters":64,"kernel":{"frames":3,"rows":3,"columns":3}},{"layer":"activation","function":"relu"},{"layer":"dropout","rate":0.2},
              {"layer":"batchNorm","momentum":0.99,"epsilon":0.001},{"layer":"maxPool","size":{"frames":2,"rows":2,"columns":2}},{"layer":"flatten"},{"layer":"dense","units":2}]}
            """;

        Assert.Equal(
            Cnn3d.For(new VoxelShape(21, 32, 32)).Conv(64, kernel: 3).Relu().Dropout(0.2).BatchNorm(0.99, 1e-3).MaxPool(2).Flatten().Dense(2), Cnn3d.FromJson(Written));
    }

    [Fact]
    public void What_is_as_it_would_be_anyway_is_not_written()
    {
        string plain = Cnn3d.Notebook(new VoxelShape(21, 32, 32)).ToJson();
        using JsonDocument full = JsonDocument.Parse(Cnn3d.For(new VoxelShape(9, 9, 9)).Conv(1, kernel: 2, stride: new Extent3d(1, 2, 3), padding: Padding.Valid)
            .MaxPool(3, stride: 1, padding: Padding.Same).AveragePool(2, stride: 2).Residual(b => b.Activate(Activation.LeakyRelu)).ToJson());
        JsonElement layers = full.RootElement.GetProperty("layers");

        Assert.DoesNotContain("stride", plain, StringComparison.Ordinal);
        Assert.DoesNotContain("padding", plain, StringComparison.Ordinal);
        Assert.Equal("valid", layers[0].GetProperty("padding").GetString());
        Assert.Equal(3, layers[0].GetProperty("stride").GetProperty("columns").GetInt32());
        Assert.Equal("same", layers[1].GetProperty("padding").GetString());
        Assert.Equal(["layer", "size"], layers[2].EnumerateObject().Select(property => property.Name));
        Assert.Equal("leakyRelu", layers[3].GetProperty("branch")[0].GetProperty("function").GetString());
        Assert.Equal(2, full.RootElement.GetProperty("version").GetInt32());
    }

    [Theory]
    [InlineData("""{"layer":"residual","branch":[]}""")]
    [InlineData("""{"layer":"residual","branch":[],"shortcut":[]}""")]
    [InlineData("""{"layer":"residual","branch":[null],"shortcut":[]}""")]
    [InlineData("""{"layer":"residual","branch":null,"shortcut":[]}""")]
    [InlineData("""{"layer":"residual","branch":[{"layer":"flatten","colour":"red"}],"shortcut":[]}""")]
    [InlineData("""{"layer":"branches","branches":[]}""")]
    [InlineData("""{"layer":"branches","branches":[null]}""")]
    [InlineData("""{"layer":"branches","branches":[[{"layer":"dense","units":0}]]}""")]
    [InlineData("""{"layer":"scale","factors":[1]}""")]
    [InlineData("""{"layer":"scale","factors":[0],"offsets":[0]}""")]
    [InlineData("""{"layer":"scale","factors":["NaN"],"offsets":[0]}""")]
    [InlineData("""{"layer":"conv","filters":1,"kernel":{"frames":1,"rows":1,"columns":1},"padding":"circular"}""")]
    [InlineData("""{"layer":"conv","filters":1,"kernel":{"frames":1,"rows":1,"columns":1},"padding":7}""")]
    [InlineData("""{"layer":"conv","filters":1,"kernel":{"frames":1,"rows":1,"columns":1},"stride":{"frames":0,"rows":1,"columns":1}}""")]
    [InlineData("""{"layer":"conv","filters":1,"kernel":{"frames":1,"rows":1,"columns":1},"window":{}}""")]
    [InlineData("""{"layer":"groupNorm","groups":0,"epsilon":0.001}""")]
    [InlineData("""{"layer":"layerNorm","epsilon":-1}""")]
    [InlineData("""{"layer":"flatten","kind":"Flatten"}""")]
    public void Layers_that_are_none_are_refused_as_a_format(string layer) =>
        Assert.Throws<FormatException>(() => Cnn3d.FromJson($$"""{"version":2,"input":[4,4,4],"layers":[{{layer}}]}"""));

    [Fact]
    public void Blocks_are_written_and_read_to_the_deepest_that_there_can_be_and_no_deeper()
    {
        Cnn3d deepest = Cnn3d.Of(new VoxelShape(4, 4, 4), [Enumerable.Range(0, 16).Aggregate((NetworkLayer)new ConvLayer(1, 1, 2), (inner, _) => new BranchesLayer([[inner]]))]);
        string json = deepest.ToJson();

        Assert.Equal(deepest, Cnn3d.FromJson(json));
        const string Inside = """{"layer":"branches","branches":[[""";
        Assert.Throws<FormatException>(() => Cnn3d.FromJson(
            """{"version":2,"input":[4,4,4],"layers":[""" + string.Concat(Enumerable.Repeat(Inside, 17)) + """{"layer":"flatten"}""" + string.Concat(Enumerable.Repeat("]]}", 17)) + "]}"));
        Assert.Throws<FormatException>(() => Cnn3d.FromJson(
            """{"version":2,"input":[4,4,4],"layers":[""" + string.Concat(Enumerable.Repeat(Inside, 100_000))));
    }

    [Fact]
    public void More_than_ten_thousand_layers_are_refused_wherever_they_stand()
    {
        Assert.Contains("has 10001 layers", Refused(Layers(10_001)), StringComparison.Ordinal);
        Assert.Contains("at most 10000", Refused($$"""{"layer":"residual","branch":[{{Layers(10_000)}}],"shortcut":[]}"""), StringComparison.Ordinal);
        Assert.Contains("has 12002 layers", Refused(string.Join(',', Enumerable.Repeat($$"""{"layer":"residual","branch":[{{Layers(6000)}}],"shortcut":[]}""", 2))), StringComparison.Ordinal);

        static string Layers(int count) => string.Join(',', Enumerable.Repeat("""{"layer":"flatten"}""", count));
        static string Refused(string layers) =>
            Assert.Throws<FormatException>(() => Cnn3d.FromJson($$"""{"version":2,"input":[4,4,4],"layers":[{{layers}}]}""")).Message;
    }
}
