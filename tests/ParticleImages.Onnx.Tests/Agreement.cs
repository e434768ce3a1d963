using Microsoft.ML.OnnxRuntime;
using ParticleImages.Networks;
using ParticleImages.Voxelization;
using TorchSharp;

namespace ParticleImages.Onnx.Tests;

/// <summary>Holds an exported network against torch, value for value.</summary>
internal static class Agreement
{
    /// <summary>How far logits may be apart: so many times the largest one's magnitude, or 1 if that is more.</summary>
    public const double Tolerance = 1e-5;

    /// <summary>As <see cref="Tolerance"/>, for layers drawn at random: in a few of some thousand the roundings of all of them, and of functions that both sides approximate, come to 1.2e-5.</summary>
    public const double CompositionTolerance = 3 * Tolerance;

    private static readonly int[] BatchSizes = [1, 2, 7];

    /// <summary>
    /// Exports the network and compares logits, probabilities and <see cref="OnnxModel"/>'s predictions with torch's, for batches of 1, 2 and 7
    /// events through the same session.
    /// </summary>
    /// <returns>The largest difference of logits, relative to the largest logit or 1.</returns>
    public static double Check(VoxelNetwork network, int seed, double tolerance = Tolerance)
    {
        using var folder = new TemporaryFolder();
        string path = folder["network.onnx"];
        network.ExportOnnx(path);
        using OnnxModel model = OnnxModel.Load(path, threads: 2);
        Assert.Equal(network.Description.Input, model.InputShape);
        Assert.Null(model.Voxelizer);

        VoxelGrid all = Trained.Voxels(network.Description.Input, BatchSizes.Sum(), seed);
        using var session = new InferenceSession(path);
        double worst = 0;
        int start = 0;
        foreach (int size in BatchSizes)
        {
            VoxelGrid grid = Trained.Slice(all, start, size);
            start += size;
            float[] expected = Torch(network, grid);
            (float[] logits, float[] probabilities) = Run(session, grid);

            double scale = Math.Max(1, expected.Max(Math.Abs));
            worst = Math.Max(worst, expected.Zip(logits, (ours, theirs) => Math.Abs((double)ours - theirs)).Max() / scale);
            Assert.True(worst <= tolerance, $"{network.Description}: logits are {worst:E1} apart, relative to the largest.");

            float[] electrons = network.Predict(grid);
            Assert.Equal(electrons, model.Predict(grid), (ours, theirs) => Math.Abs(ours - theirs) <= tolerance * scale);
            for (int i = 0; i < size; i++)
            {
                Assert.Equal(electrons[i], probabilities[(2 * i) + 1], tolerance * scale);
                Assert.Equal(1 - electrons[i], probabilities[2 * i], tolerance * scale);
            }
        }

        return worst;
    }

    /// <summary>
    /// How far torch's own logits move, relative to the largest or 1, when every weight is changed by about eight roundings of float32: where a norm divides
    /// by nearly nothing, no two programs can agree.
    /// </summary>
    public static double Sensitivity(Cnn3d description, int seed)
    {
        using VoxelNetwork network = Trained.Build(description, seed);
        using VoxelNetwork changed = Trained.Build(description, seed, jitter: 1e-6);
        VoxelGrid grid = Trained.Voxels(description.Input, BatchSizes.Sum(), seed);
        float[] logits = Torch(network, grid);
        return logits.Zip(Torch(changed, grid), (one, other) => Math.Abs((double)one - other)).Max() / Math.Max(1, logits.Max(Math.Abs));
    }

    private static float[] Torch(VoxelNetwork network, VoxelGrid grid)
    {
        network.Enter();
        using var noGradient = torch.no_grad();
        using DisposeScope scope = torch.NewDisposeScope();
        network.Stack.eval();
        torch.Tensor voxels = torch.tensor(grid.Voxels.ToArray(), [grid.Count, grid.Shape.Channels, grid.Shape.Frames, grid.Shape.Height, grid.Shape.Width]);
        return [.. network.Stack.call(voxels).data<float>()];
    }

    private static (float[] Logits, float[] Probabilities) Run(InferenceSession session, VoxelGrid grid)
    {
        VoxelShape shape = grid.Shape;
        using OrtValue voxels = OrtValue.CreateTensorValueFromMemory(
            grid.Voxels.ToArray(), [grid.Count, shape.Channels, shape.Frames, shape.Height, shape.Width]);
        using var options = new RunOptions();
        using IDisposableReadOnlyCollection<OrtValue> outputs = session.Run(options, ["voxels"], [voxels], ["logits", "probabilities"]);
        return (outputs[0].GetTensorDataAsSpan<float>().ToArray(), outputs[1].GetTensorDataAsSpan<float>().ToArray());
    }
}
