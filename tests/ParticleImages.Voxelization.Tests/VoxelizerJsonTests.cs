namespace ParticleImages.Voxelization.Tests;

public sealed class VoxelizerJsonTests
{
    private static readonly Voxelizer Voxelizer = Voxelizer.Over(TimeAxis.FromEdges(-0.5, 0, 0.1).Outside(OutsideTime.Nearest))
        .KeepEnergyAbove(0.005).Cumulative().Crop(22);

    // What version 1 looks like: files written with it must stay readable.
    private const string Stored =
        """
        {
          "version": 1,
          "mode": "documented",
          "edges": [
            -0.5,
            0,
            0.1
          ],
          "outsideTime": "nearest",
          "energyThreshold": 0.005,
          "timeWindow": null,
          "cumulative": true,
          "crop": 22,
          "energyScale": 1
        }
        """;

    [Fact]
    public void Version_1_looks_like_this() => Assert.Equal(Stored.ReplaceLineEndings("\n"), Voxelizer.ToJson());

    [Fact]
    public void Version_1_is_read() => Assert.Equal(Voxelizer, Voxelizer.FromJson(Stored));

    [Fact]
    public void The_notebook_mode_comes_back()
    {
        Voxelizer notebook = Voxelizer.NotebookCompatible(-0.1, 0.1, 0.0099).KeepEnergyAbove(0.005).Cumulative();
        Assert.Equal(notebook, Voxelizer.FromJson(notebook.ToJson()));
    }

    [Fact]
    public void Doubles_come_back_bit_for_bit()
    {
        double awkward = 0.1 + 0.2;
        Voxelizer voxelizer = Voxelizer.Over(TimeAxis.FromEdges(double.Epsilon, awkward, double.MaxValue))
            .KeepEnergyAbove(-awkward).KeepTimeWithin(1 / 3.0).ScaleEnergy(awkward);
        Voxelizer read = Voxelizer.FromJson(voxelizer.ToJson());
        Assert.True(Bits.Same(voxelizer.Axis.Edges, read.Axis.Edges));
        Assert.Equal(-awkward, read.EnergyThreshold);
        Assert.Equal(1 / 3.0, read.TimeWindow);
        Assert.Equal(awkward, read.EnergyScale);
    }

    [Fact]
    public void An_unknown_version_is_refused_with_both_versions_named()
    {
        var failure = Assert.Throws<FormatException>(() => Voxelizer.FromJson("""{"version": 2, "news": true}"""));
        Assert.Contains("version 2", failure.Message, StringComparison.Ordinal);
        Assert.Contains("reads version 1", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "not JSON")]
    [InlineData("{", "not JSON")]
    [InlineData("[]", "an array instead of an object")]
    [InlineData("{}", "'version' is missing")]
    [InlineData("""{"version": "1"}""", "'version' is \"1\" instead of a whole number")]
    [InlineData("""{"version": 1, "version": 1}""", "not JSON")]
    [InlineData("""{"version": 1}""", "'mode' is missing")]
    public void Text_that_is_no_voxelizer_is_refused(string json, string words) => Refused(json, words);

    [Theory]
    [InlineData("\"documented\"", "\"dokumented\"", "'mode' is \"dokumented\" instead of \"documented\" or \"notebook\"")]
    [InlineData("\"documented\"", "\"\\uD800\"", "not JSON")]
    [InlineData("\"documented\"", "\"notebook\"", "'notebook' stands with")]
    [InlineData("\"documented\"", "7", "'mode' is 7")]
    [InlineData("-0.5,", "0.5,", "Edge 1 is 0 after 0.5")]
    [InlineData("-0.5,", "1e999,", "Edge 0")]
    [InlineData("-0.5,", "true,", "'edges[0]' is true instead of a number")]
    [InlineData("\"edges\"", "\"Edges\"", "unknown property 'Edges'")]
    [InlineData("\"nearest\"", "null", "'outsideTime' is null")]
    [InlineData("0.005", "\"0.005\"", "'energyThreshold' is \"0.005\" instead of a number")]
    [InlineData("0.005", "1e40", "out of its range")]
    [InlineData("\"timeWindow\": null", "\"timeWindow\": 0", "out of its range")]
    [InlineData("\"timeWindow\": null", "\"timeWindow\": {}", "'timeWindow' is an object")]
    [InlineData("22", "21", "out of its range")]
    [InlineData("22", "22.5", "'crop' is 22.5 instead of a whole number")]
    [InlineData("\"cumulative\": true", "\"cumulative\": 1", "'cumulative' is 1 instead of true or false")]
    [InlineData("\"energyScale\": 1", "\"energyScale\": -1", "out of its range")]
    [InlineData("\"energyScale\": 1", "\"energyScale\": 1, \"energyOffset\": 2", "unknown property 'energyOffset'")]
    [InlineData("\"energyScale\": 1", "\"energyscale\": 1", "unknown property 'energyscale'")]
    public void A_value_that_cannot_be_is_refused_by_name(string found, string replacement, string words)
    {
        Assert.Contains(found, Stored, StringComparison.Ordinal);
        Refused(Stored.Replace(found, replacement, StringComparison.Ordinal), words);
    }

    private static void Refused(string json, string words)
    {
        var failure = Assert.Throws<FormatException>(() => Voxelizer.FromJson(json));
        Assert.Contains(words, failure.Message, StringComparison.Ordinal);
    }
}
