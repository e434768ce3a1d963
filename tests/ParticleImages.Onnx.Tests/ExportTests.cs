using System.Text.Json;
using Microsoft.ML.OnnxRuntime;
using ParticleImages.Evaluation;
using ParticleImages.Networks;
using ParticleImages.Voxelization;

namespace ParticleImages.Onnx.Tests;

/// <summary>What stands in the file besides what it computes.</summary>
public sealed class ExportTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void The_file_says_how_to_feed_it_in_words_that_need_no_library_of_ours()
    {
        using TrainedModel model = Showers.Model(seed: 1);
        model.ExportOnnx(folder["model.onnx"]);

        using InferenceSession session = Open("model.onnx");
        Dictionary<string, string> said = session.ModelMetadata.CustomMetadataMap;

        Assert.Equal("ParticleImages", session.ModelMetadata.ProducerName);
        Assert.Contains("'voxels' float32 (events, 1, 9, 8, 8)", session.ModelMetadata.Description, StringComparison.Ordinal);
        Assert.Contains("'probabilities'", session.ModelMetadata.Description, StringComparison.Ordinal);
        Assert.Equal("photon,electron", said["particle_images.classes"]);
        Assert.Equal(model.Voxelizer.Axis.Edges.ToArray(), JsonSerializer.Deserialize<double[]>(said["particle_images.time_edges"]));
        Assert.Equal("0.005", said["particle_images.energy_threshold"]);
        Assert.Equal("0.1", said["particle_images.time_window"]);
        Assert.Equal("true", said["particle_images.cumulative"]);
        Assert.Equal("energy", said["particle_images.channels"]);
        Assert.Contains("event files' own units", said["particle_images.units"], StringComparison.Ordinal);
        Assert.Equal(model.Voxelizer, Voxelizer.FromJson(said["particle_images.voxelizer"]));
        Assert.Equal(model.Network.Description, Cnn3d.FromJson(said["particle_images.network"]));
        Assert.StartsWith("0.", said["particle_images.library"], StringComparison.Ordinal);
        Assert.Equal("1", said["particle_images.version"]);
    }

    [Fact]
    public void A_voxelizer_without_cuts_and_edges_says_so()
    {
        Voxelizer voxelizer = Voxelizer.Over(TimeAxis.DistinctTimes(4)).WithChannels(VoxelChannel.Hit, VoxelChannel.Time);
        using var model = new TrainedModel(
            Cnn3d.For(voxelizer.OutputShape(new ImageShape(6, 5))).Flatten().Dense(2).Build(seed: 1), voxelizer, TrainingHistory.Empty);
        model.ExportOnnx(folder["model.onnx"]);

        using InferenceSession session = Open("model.onnx");
        Dictionary<string, string> said = session.ModelMetadata.CustomMetadataMap;

        Assert.Equal("none", said["particle_images.energy_threshold"]);
        Assert.Equal("none", said["particle_images.time_window"]);
        Assert.Equal("false", said["particle_images.cumulative"]);
        Assert.Equal("hit,time", said["particle_images.channels"]);
        Assert.Contains("distinct times", said["particle_images.time_edges"], StringComparison.Ordinal);
    }

    [Fact]
    public void Layers_and_weights_have_the_names_that_our_own_files_give_them()
    {
        var shape = new VoxelShape(4, 6, 6);
        using VoxelNetwork network = Trained.Build(Cnn3d.For(shape).Conv(2, kernel: 3).Residual(b => b.Conv(2, kernel: 3).GroupNorm(1)).Flatten().Dense(2), seed: 1);
        network.ExportOnnx(folder["network.onnx"]);

        string text = System.Text.Encoding.Latin1.GetString(File.ReadAllBytes(folder["network.onnx"]));

        Assert.All(
            (string[])["1_conv", "1_conv.weight", "2_residual.branch.1_conv.bias", "2_residual.branch.2_groupnorm.weight", "4_dense.weight"],
            name => Assert.Contains(name, text, StringComparison.Ordinal));
    }

    [Fact]
    public void The_same_network_gives_the_same_bytes_and_an_earlier_file_is_replaced()
    {
        using TrainedModel model = Showers.Model(seed: 1);
        using TrainedModel other = Showers.Model(seed: 2);
        other.ExportOnnx(folder["model.onnx"]);
        byte[] before = File.ReadAllBytes(folder["model.onnx"]);
        model.ExportOnnx(folder["model.onnx"]);
        model.ExportOnnx(folder["new/again.onnx"]);

        Assert.Equal(File.ReadAllBytes(folder["model.onnx"]), File.ReadAllBytes(folder["new/again.onnx"]));
        Assert.NotEqual(before, File.ReadAllBytes(folder["model.onnx"]));
        Assert.Single(Directory.EnumerateFiles(folder.Path));
    }

    [Fact]
    public void A_disposed_network_and_a_path_that_names_no_file_are_refused_before_anything_is_written()
    {
        VoxelNetwork network = Cnn3d.For(new VoxelShape(2, 2, 2)).Flatten().Dense(2).Build(seed: 1);

        Assert.Throws<ArgumentException>(() => network.ExportOnnx(""));
        Assert.Throws<IOException>(() => network.ExportOnnx(folder.Path));
        network.Dispose();
        Assert.Throws<ObjectDisposedException>(() => network.ExportOnnx(folder["network.onnx"]));
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder.Path));
    }

    [Fact]
    public void The_onnx_projects_own_checker_accepts_every_layer_and_infers_our_shapes()
    {
        // Where Python's onnx is missing the test says nothing; ONNX Runtime has checked the same files.
        if (!PythonOnnx.IsPresent)
        {
            return;
        }

        foreach ((int i, Cnn3d description) in LayerTests.All.Index())
        {
            using VoxelNetwork network = Trained.Build(description, seed: i);
            network.ExportOnnx(folder[$"{i}.onnx"]);
        }

        using TrainedModel model = Showers.Model(seed: 1);
        model.ExportOnnx(folder["model.onnx"]);

        string said = PythonOnnx.Run(
            """
            import glob, sys, onnx
            for path in sorted(glob.glob(sys.argv[1] + '/*.onnx')):
                model = onnx.load(path)
                onnx.checker.check_model(model, full_check=True)
                inferred = onnx.shape_inference.infer_shapes(model, strict_mode=True, data_prop=True)
                assert [entry.version for entry in model.opset_import] == [17] and model.ir_version == 8, path
                assert [node.name for node in model.graph.node] == sorted(set(node.name for node in model.graph.node), key=[node.name for node in model.graph.node].index), path
                for value in list(inferred.graph.value_info) + list(inferred.graph.output):
                    dims = value.type.tensor_type.shape.dim
                    assert len(dims) > 0 and all(dim.dim_value > 0 for dim in dims[1:]), (path, value.name, dims)
            print('checked', len(glob.glob(sys.argv[1] + '/*.onnx')))
            """,
            folder.Path);
        Assert.Equal($"checked {LayerTests.All.Count() + 1}", said);
    }

    private InferenceSession Open(string name)
    {
        // ONNX Runtime's first use is the library's.
        OnnxModel.Load(folder[name]).Dispose();
        return new InferenceSession(folder[name]);
    }
}
