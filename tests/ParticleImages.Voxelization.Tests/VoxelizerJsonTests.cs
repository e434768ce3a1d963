namespace ParticleImages.Voxelization.Tests;

public sealed class VoxelizerJsonTests
{
    private static readonly Voxelizer Voxelizer = Voxelizer.Over(TimeAxis.FromEdges(-0.5, 0, 0.1).Outside(OutsideTime.Nearest))
        .KeepEnergyAbove(0.005).Cumulative().Crop(22).ScaleEnergy(50);

    // What version 2 looks like: files written with it must stay readable.
    private const string Stored =
        """
        {
          "version": 2,
          "mode": "documented",
          "axis": {
            "kind": "edges",
            "edges": [
              -0.5,
              0,
              0.1
            ],
            "outside": "nearest"
          },
          "energyThreshold": 0.005,
          "timeWindow": null,
          "cumulative": true,
          "crop": {
            "size": 22,
            "around": "centre"
          },
          "projection": "none",
          "channels": [
            "energy"
          ],
          "energyScaling": [
            {
              "step": "factor",
              "factor": 50
            }
          ],
          "timeScaling": []
        }
        """;

    // The first form, of which models were saved.
    private const string StoredAsVersion1 =
        """
        {
          "version": 1,
          "mode": "documented",
          "edges": [-0.5, 0, 0.1],
          "outsideTime": "nearest",
          "energyThreshold": 0.005,
          "timeWindow": null,
          "cumulative": true,
          "crop": 22,
          "energyScale": 50
        }
        """;

    [Fact]
    public void Version_2_looks_like_this() => Assert.Equal(Stored.ReplaceLineEndings("\n"), Voxelizer.ToJson());

    [Fact]
    public void Version_2_is_read() => Assert.Equal(Voxelizer, Voxelizer.FromJson(Stored));

    [Fact]
    public void Version_1_is_read() => Assert.Equal(Voxelizer, Voxelizer.FromJson(StoredAsVersion1));

    [Fact]
    public void Version_1_without_a_scale_has_no_step() =>
        Assert.Equal(Voxelizer.ScaleEnergy(), Voxelizer.FromJson(StoredAsVersion1.Replace("50", "1", StringComparison.Ordinal)));

    [Fact]
    public void The_notebook_mode_of_version_1_is_read()
    {
        string json = StoredAsVersion1.Replace("documented", "notebook", StringComparison.Ordinal)
            .Replace("nearest", "drop", StringComparison.Ordinal).Replace("null", "100", StringComparison.Ordinal);
        Assert.True(Voxelizer.FromJson(json).IsNotebookCompatible);
    }

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
        Assert.Equal(awkward, Assert.Single(read.EnergyScaling).Factor);
    }

    [Fact]
    public void An_unknown_version_is_refused_with_both_versions_named()
    {
        var failure = Assert.Throws<FormatException>(() => Voxelizer.FromJson("""{"version": 3, "news": true}"""));
        Assert.Contains("version 3", failure.Message, StringComparison.Ordinal);
        Assert.Contains("reads versions 1 to 2", failure.Message, StringComparison.Ordinal);
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
    [InlineData("\"edges\": [", "\"Edges\": [", "unknown property 'Edges'")]
    [InlineData("\"nearest\"", "null", "'outside' is null instead of \"drop\" or \"nearest\"")]
    [InlineData("0.005", "\"0.005\"", "'energyThreshold' is \"0.005\" instead of a number")]
    [InlineData("0.005", "1e40", "out of its range")]
    [InlineData("\"timeWindow\": null", "\"timeWindow\": 0", "out of its range")]
    [InlineData("\"timeWindow\": null", "\"timeWindow\": {}", "'timeWindow' is an object")]
    [InlineData("22", "21", "out of its range")]
    [InlineData("22", "22.5", "'size' is 22.5 instead of a whole number")]
    [InlineData("\"cumulative\": true", "\"cumulative\": 1", "'cumulative' is 1 instead of true or false")]
    [InlineData("\"centre\"", "\"middle\"", "'around' is \"middle\" instead of \"centre\", \"pixel\" or \"hottest\"")]
    [InlineData("\"centre\"", "\"pixel\"", "'row' is missing")]
    [InlineData("\"centre\"", "\"hottest\", \"row\": 3", "unknown property 'row'")]
    [InlineData("\"none\"", "\"side\"", "'projection' is \"side\"")]
    [InlineData("\"energy\"", "\"power\"", "'channels[0]' is \"power\"")]
    [InlineData("\"energy\"", "\"energy\", \"energy\"", "out of its range")]
    [InlineData("\"timeScaling\": []", "\"timeScaling\": null", "'timeScaling' is null instead of an array")]
    [InlineData("\"factor\": 50", "\"factor\": -1", "out of its range")]
    [InlineData("\"factor\": 50", "\"mean\": 50", "unknown property 'mean'")]
    [InlineData("\"kind\": \"edges\"", "\"kind\": \"quantiles\"", "unknown property 'edges'")]
    [InlineData("\"projection\"", "\"Projection\"", "unknown property 'Projection'")]
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
