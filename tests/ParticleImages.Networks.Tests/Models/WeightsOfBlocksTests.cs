using ParticleImages.Networks.Prediction;
using ParticleImages.Numpy;
using ParticleImages.Voxelization;

namespace ParticleImages.Networks.Tests;

/// <summary>Blocks with the weights of PyTorch's modules of the same names (Data/pytorch/make-networks.py).</summary>
public sealed class WeightsOfBlocksTests
{
    private static readonly Cnn3d Blocks = Cnn3d.For(new VoxelShape(5, 8, 8, channels: 2))
        .Conv(4, kernel: 3).Relu()
        .Residual(
            branch => branch.Conv(6, kernel: 3).BatchNorm().Relu().Conv(5, kernel: 1),
            shortcut: shortcut => shortcut.Conv(5, kernel: 1))
        .Residual(branch => branch.Conv(5, kernel: 3).Tanh())
        .Branches(
            branch => branch.Conv(2, kernel: 1).Relu(),
            branch => branch.Conv(3, kernel: 1).Relu().Conv(4, kernel: 3).Relu())
        .MaxPool(2).Flatten().Dense(2);

    [Fact]
    public void A_network_of_blocks_with_PyTorchs_weights_gives_PyTorchs_values()
    {
        using VoxelNetwork network = Blocks.Build(seed: 1);
        VoxelGrid inputs = WeightExchangeTests.Inputs();
        var values = new float[2 * inputs.Count];

        network.LoadWeights(TestFiles.Data("pytorch/blocks.safetensors"), WeightNames.Sequential.Under("model"));
        using var scorer = new Scorer(network);
        scorer.Score(inputs, values, CancellationToken.None);

        using NpzFile file = NpzFile.Open(TestFiles.Data("pytorch/expected.npz"));
        Assert.All(file.Read<double>("blocks").Values.Zip(values), pair => Assert.Equal(pair.First, pair.Second, 2e-5));
    }
}
