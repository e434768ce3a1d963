using System.Runtime.InteropServices;
using ParticleImages.Networks.Prediction;
using ParticleImages.Numpy;
using ParticleImages.Voxelization;

namespace ParticleImages.Networks.Tests;

/// <summary>Weights that PyTorch wrote (Data/pytorch/make-networks.py) and weights for it; the expected values are PyTorch's own.</summary>
public sealed class WeightExchangeTests : IDisposable
{
    private const string LoadAsPyTorchUser =
        """
        import json, struct, sys
        import numpy as np
        raw = open(sys.argv[1], "rb").read()
        n = struct.unpack("<Q", raw[:8])[0]
        header = json.loads(raw[8:8 + n])
        metadata = header.pop("__metadata__")
        arrays = {name: np.frombuffer(raw[8 + n:][slice(*entry["data_offsets"])], "<f4").reshape(entry["shape"]) for name, entry in header.items()}

        """;

    private static readonly VoxelShape Shape = new(5, 8, 8, channels: 2);

    private static readonly Cnn3d Plain = Cnn3d.For(Shape)
        .Conv(3, kernel: 3).Relu().Dropout(0.2).BatchNorm().MaxPool(2)
        .Conv(4, kernel: new Extent3d(2, 3, 4)).Elu().Flatten()
        .Dense(6).Activate(Activation.Tanh).BatchNorm().Dense(2);

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("f32")]
    [InlineData("f64")]
    [InlineData("f16")]
    [InlineData("bf16")]
    public void A_network_with_PyTorchs_weights_gives_PyTorchs_values(string type)
    {
        using VoxelNetwork network = Plain.Build(seed: 1);

        network.LoadWeights(TestFiles.Data($"pytorch/plain-{type}.safetensors"), WeightNames.Sequential);

        AssertValues($"plain_{type}", network);
    }

    [Fact]
    public void Weights_go_out_and_in_under_any_names_bit_for_bit()
    {
        using VoxelNetwork saved = Plain.Build(seed: 1);
        saved.LoadWeights(TestFiles.Data("pytorch/plain-f32.safetensors"), WeightNames.Sequential);
        WeightNames[] all =
        [
            WeightNames.Own, WeightNames.Sequential, WeightNames.Sequential.Under("module").Under("model"),
            WeightNames.Of(name => new string([.. name.Reverse()])), WeightNames.Of(name => $"größe \" {name}"),
        ];
        foreach (WeightNames names in all)
        {
            using VoxelNetwork loaded = Plain.Build(seed: 2);
            saved.SaveWeights(folder["weights.safetensors"], names);
            loaded.LoadWeights(folder["weights.safetensors"], names);

            Assert.Equal(Bits(saved), Bits(loaded));
        }
    }

    [Fact]
    public void What_PyTorch_wrote_as_float32_comes_back_in_the_same_bits()
    {
        using VoxelNetwork network = Plain.Build(seed: 1);
        string theirs = TestFiles.Data("pytorch/plain-f32.safetensors");

        network.LoadWeights(theirs, WeightNames.Sequential);
        network.SaveWeights(folder["ours.safetensors"], WeightNames.Sequential);

        Dictionary<string, byte[]> expected = Arrays(theirs).Where(array => !array.Key.EndsWith("num_batches_tracked", StringComparison.Ordinal)).ToDictionary();
        Dictionary<string, byte[]> written = Arrays(folder["ours.safetensors"]);
        Assert.Equal(expected.Keys.Order(), written.Keys.Order());
        Assert.All(expected, array => Assert.Equal(array.Value, written[array.Key]));
    }

    [Fact]
    public void Weights_work_in_a_network_that_has_trained_and_after_it_trains_on()
    {
        using EventSource events = ToyEvents.Make(20, seed: 1);
        using VoxelNetwork one = ToyEvents.Network.Build(seed: 1);
        using VoxelNetwork other = ToyEvents.Network.Build(seed: 2);
        Trainer.For(one).Epochs(1).Seed(1).Fit(ToyEvents.Voxelizer, events);
        Trainer.For(other).Epochs(1).Seed(2).Fit(ToyEvents.Voxelizer, events);

        one.SaveWeights(folder["one.safetensors"]);
        other.LoadWeights(folder["one.safetensors"]);

        Assert.Equal(one.Predict(ToyEvents.Voxelizer, events), other.Predict(ToyEvents.Voxelizer, events));
        Trainer.For(one).Epochs(1).Seed(3).Fit(ToyEvents.Voxelizer, events);
        Trainer.For(other).Epochs(1).Seed(3).Fit(ToyEvents.Voxelizer, events);
        Assert.Equal(Bits(one), Bits(other));
    }

    [Fact]
    public void Numpy_finds_our_weights_by_the_format_alone()
    {
        if (!PythonNumpy.IsPresent)
        {
            return;
        }

        using VoxelNetwork network = Plain.Build(seed: 7);
        network.SaveWeights(folder["ours.safetensors"], WeightNames.Sequential);

        string printed = PythonNumpy.Run(
            LoadAsPyTorchUser + """print(n % 8, metadata["format"], *(f"{name}:{array.shape}:{array.tobytes().hex()}" for name, array in arrays.items()), sep="\n")""",
            folder["ours.safetensors"]);

        string[] expected =
        [
            "0", "pt",
            .. network.Weights().Select(weight =>
                $"{WeightNames.Sequential.NameInFile(weight.Name)}:({string.Join(", ", weight.Shape)}{(weight.Shape.Length == 1 ? "," : "")}):{Convert.ToHexStringLower(weight.Values.Span)}"),
        ];
        Assert.Equal(expected, printed.Split('\n'));
    }

    [Fact]
    public void PyTorch_takes_our_weights_and_gives_our_values()
    {
        if (!PyTorchIsPresent())
        {
            return;
        }

        using VoxelNetwork network = Plain.Build(seed: 7);
        network.SaveWeights(folder["ours.safetensors"], WeightNames.Sequential);

        string printed = PythonNumpy.Run(
            LoadAsPyTorchUser +
            """
            import torch, warnings
            from torch import nn
            warnings.simplefilter("ignore")
            network = nn.Sequential(
                nn.Conv3d(2, 3, 3, padding="same"), nn.ReLU(), nn.Dropout(0.2), nn.BatchNorm3d(3, eps=1e-3), nn.MaxPool3d(2),
                nn.Conv3d(3, 4, (2, 3, 4), padding="same"), nn.ELU(), nn.Flatten(),
                nn.Linear(128, 6), nn.Tanh(), nn.BatchNorm1d(6, eps=1e-3), nn.Linear(6, 2))
            network.load_state_dict({name: torch.tensor(array) for name, array in arrays.items()}, strict=True)
            with torch.no_grad():
                for values in network.double().eval()(torch.from_numpy(np.load(sys.argv[2])["x"]).double()).tolist():
                    print(*values, sep="\n")
            """,
            folder["ours.safetensors"],
            TestFiles.Data("pytorch/expected.npz"));

        AssertValues([.. printed.Split('\n').Select(double.Parse)], network);
    }

    [Fact]
    public void The_documentations_Python_reads_our_file_and_writes_one_that_we_read()
    {
        if (!PyTorchIsPresent())
        {
            return;
        }

        Cnn3d description = Cnn3d.For(new VoxelShape(21, 32, 32)).Conv(8, kernel: 3).Relu().BatchNorm().MaxPool(4).Flatten().Dense(16).Relu().Dense(2);
        using VoxelNetwork network = description.Build(seed: 7);
        using VoxelNetwork loaded = description.Build(seed: 8);
        network.SaveWeights(folder["for-pytorch.safetensors"], WeightNames.Sequential);
        string page = File.ReadAllText(Path.Combine(TestFiles.RepositoryFolder, "docs", "formats", "safetensors.md"));
        string blocks = string.Join('\n', page.Split("```python").Skip(1).Select(block => block.Split("```")[0]));

        // The package that the documentation imports is not everywhere where PyTorch is: the fixtures' writer, and numpy.
        PythonNumpy.Run(
            """
            import json, os, pathlib, re, struct, sys, types, warnings
            import numpy as np, torch
            warnings.simplefilter("ignore")
            maker = pathlib.Path(sys.argv[2]).read_text()
            scope = {"struct": struct, "json": json, "np": np, "torch": torch}
            exec(maker[maker.index("TYPES ="):maker.index("class Residual")], scope)
            def load_file(path):
                raw = pathlib.Path(path).read_bytes()
                begin = 8 + struct.unpack("<Q", raw[:8])[0]
                header = json.loads(raw[8:begin])
                del header["__metadata__"]
                return {name: torch.tensor(np.frombuffer(raw[begin:][slice(*entry["data_offsets"])], "<f4").reshape(entry["shape"])) for name, entry in header.items()}
            safetensors = types.ModuleType("safetensors.torch")
            safetensors.load_file = load_file
            safetensors.save_file = lambda tensors, path: scope["save_file"](tensors, pathlib.Path(path))
            sys.modules["safetensors"], sys.modules["safetensors.torch"] = types.ModuleType("safetensors"), safetensors
            os.chdir(sys.argv[1])
            exec(sys.argv[3])
            assert Residual(nn.Sequential(nn.Tanh()), nn.Sequential())(torch.zeros(1, 2)).shape == (1, 2)
            assert Branches([nn.Sequential(nn.Linear(2, 3)), nn.Sequential()])(torch.zeros(1, 2)).shape == (1, 5)
            """,
            folder["."],
            TestFiles.Data("pytorch/make-networks.py"),
            blocks);
        loaded.LoadWeights(folder["from-pytorch.safetensors"], WeightNames.Sequential);

        Assert.Equal(Bits(network), Bits(loaded));
    }

    [Theory]
    [InlineData("1_conv.weight", "0.weight")]
    [InlineData("12_batchnorm.running_mean", "11.running_mean")]
    [InlineData("5_residual.branch.1_conv.weight", "4.branch.0.weight")]
    [InlineData("5_residual.shortcut.10_conv.bias", "4.shortcut.9.bias")]
    [InlineData("7_branches.2.1_conv.weight", "6.1.0.weight")]
    [InlineData("7_branches.2.3_residual.branch.1_branches.1.2_dense.weight", "6.1.2.branch.0.0.1.weight")]
    public void Sequential_counts_from_zero_in_blocks_too(string own, string sequential)
    {
        Assert.Equal(sequential, WeightNames.Sequential.NameInFile(own));
        Assert.Equal($"net.{sequential}", WeightNames.Sequential.Under("net").NameInFile(own));
    }

    [Fact]
    public void Names_that_are_none_or_the_same_are_refused_before_a_file_is_touched()
    {
        using VoxelNetwork network = Plain.Build(seed: 1);
        File.WriteAllText(folder["mine"], "mine");

        foreach (WeightNames names in (WeightNames[])[WeightNames.Of(_ => ""), WeightNames.Of(_ => null!), WeightNames.Of(_ => "__metadata__"), WeightNames.Of(_ => "same")])
        {
            Assert.Contains("1_conv.weight", Assert.Throws<ArgumentException>(() => network.SaveWeights(folder["mine"], names)).Message, StringComparison.Ordinal);
            Assert.Throws<ArgumentException>(() => network.LoadWeights(folder["mine"], names));
        }

        Assert.Equal("mine", File.ReadAllText(folder["mine"]));
        Assert.Throws<ArgumentException>(() => WeightNames.Own.Under("net."));
        Assert.Throws<ArgumentException>(() => WeightNames.Own.Under(" "));
        Assert.Equal("WeightNames.Sequential.Under(\"net\")", WeightNames.Sequential.Under("net").ToString());
    }

    internal static byte[] Bits(VoxelNetwork network) => [.. network.Weights().SelectMany(weight => weight.Values.ToArray())];

    internal static VoxelGrid Inputs()
    {
        using NpzFile file = NpzFile.Open(TestFiles.Data("pytorch/expected.npz"));
        float[] inputs = file.Read<float>("x").Values;
        return new VoxelGrid(Shape, inputs, new int[inputs.Length / Shape.Values]);
    }

    private static void AssertValues(string name, VoxelNetwork network)
    {
        using NpzFile file = NpzFile.Open(TestFiles.Data("pytorch/expected.npz"));
        AssertValues(file.Read<double>(name).Values, network);
    }

    private static void AssertValues(double[] expected, VoxelNetwork network)
    {
        VoxelGrid inputs = Inputs();
        var values = new float[2 * inputs.Count];
        using var scorer = new Scorer(network);
        scorer.Score(inputs, values, CancellationToken.None);
        Assert.Equal(expected.Length, values.Length);
        Assert.True(expected.Distinct().Count() == expected.Length, "the expected values tell the events apart");

        // float32 here, float64 there.
        Assert.All(expected.Zip(values), pair => Assert.Equal(pair.First, pair.Second, 2e-5));
        Assert.All(
            expected.Chunk(2).Zip(network.Predict(inputs)), pair => Assert.Equal(1 / (1 + Math.Exp(pair.First[0] - pair.First[1])), pair.Second, 1e-5));
    }

    /// <summary>The arrays of a file, read here in the plainest way.</summary>
    private static Dictionary<string, byte[]> Arrays(string path)
    {
        byte[] raw = File.ReadAllBytes(path);
        int begin = 8 + (int)MemoryMarshal.Read<long>(raw);
        using var header = System.Text.Json.JsonDocument.Parse(raw.AsMemory(8, begin - 8));
        return header.RootElement.EnumerateObject().Where(array => array.Name != "__metadata__").ToDictionary(
            array => array.Name,
            array => raw[(begin + array.Value.GetProperty("data_offsets")[0].GetInt32())..(begin + array.Value.GetProperty("data_offsets")[1].GetInt32())]);
    }

    private static bool PyTorchIsPresent() => PythonNumpy.IsPresent && PythonNumpy.Run(
        "import importlib.util; print(importlib.util.find_spec('torch') is not None)") == "True";
}
