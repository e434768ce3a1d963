using ParticleImages.Networks;
using ParticleImages.Onnx;
using ParticleImages.Voxelization;

namespace ParticleImages.Cli.Tests;

[Collection("torch")]
public sealed class NetworkTests : IDisposable
{
    private readonly TrainedExample example = new();

    public void Dispose() => example.Dispose();

    [Fact]
    public void Known_networks_show_their_tables_and_descriptions()
    {
        foreach ((string name, Cnn3d network, string[] shape) in new (string, Cnn3d, string[])[]
        {
            ("stable", Cnn3d.Stable(new VoxelShape(21, 32, 32)), []),
            ("small", Cnn3d.Small(new VoxelShape(21, 32, 32)), []),
            ("notebook", Cnn3d.Notebook(new VoxelShape(21, 32, 32)), []),
            ("plane", Cnn2d.Notebook(new VoxelShape(1, 32, 32)), []),
            ("small", Cnn3d.Small(new VoxelShape(41, 22, 20)), ["--shape", "41x22x20"]),
            ("small", Cnn3d.Small(new VoxelShape(41, 22, 20)), ["--shape", "41×22×20"]),
        })
        {
            Assert.Equal(network.Summary().ToString().ReplaceLineEndings(), ToolRun.OutputOf(["network", name, .. shape]));
            Assert.Equal(network, Cnn3d.FromJson(ToolRun.OutputOf(["network", name, "--json", .. shape])));
        }
    }

    [Fact]
    public void Files_and_models_show_the_same()
    {
        string summary = TrainedExample.Describe(filters: 2).Summary().ToString().ReplaceLineEndings();
        Assert.Equal(summary, ToolRun.OutputOf("network", example.Network));
        example.Train();
        Assert.Equal(summary, ToolRun.OutputOf("network", example.Out));
        Assert.Equal(summary, ToolRun.OutputOf("network", example.Model));
        Assert.Equal(File.ReadAllText(example.Network), ToolRun.OutputOf("network", example.Model, "--json").TrimEnd());
    }

    [Theory]
    [InlineData("small", "Layer", "--shape", "1x2x2")]
    [InlineData("plane", "takes voxels of one frame", "--shape", "21x32x32")]
    [InlineData("missing.json", "There is no file 'missing.json'")]
    public void What_is_no_network_is_told(string name, string essential, params string[] options) =>
        ToolRun.Of(["network", name, .. options]).AssertFailed(essential);

    [Fact]
    public void A_folder_without_a_model_is_told() =>
        ToolRun.Of("network", example.Path).AssertFailed("model.json does not exist");

    [Fact]
    public void An_exported_model_says_how_events_become_voxels()
    {
        example.Train();
        string said = ToolRun.OutputOf("export-onnx", example.Out, "--out", example["model.onnx"]);
        Assert.Contains(FormattableString.Invariant($"{TrainedExample.Describe(filters: 2).Summary().Parameters} parameters, voxels of 21 × 8 × 8"), said, StringComparison.Ordinal);
        using OnnxModel model = OnnxModel.Load(example["model.onnx"]);
        Assert.Equal(TrainedExample.Voxelizer, model.Voxelizer);
    }

    [Fact]
    public void A_model_that_can_not_be_loaded_leaves_an_earlier_export_as_it_was()
    {
        File.WriteAllText(example["model.onnx"], "mine");
        ToolRun.Of("export-onnx", example["nowhere"], "--out", example["model.onnx"]).AssertFailed("nowhere");
        Assert.Equal("mine", File.ReadAllText(example["model.onnx"]));
    }
}
