using System.Runtime.InteropServices;
using ParticleImages.Networks.Modules;
using static TorchSharp.torch;

namespace ParticleImages.Networks.Tests.Modules;

/// <summary>Modules of a description with weights that are all different and none of them special.</summary>
internal static class Stacks
{
    public static LayerStack Random(Cnn3d network, int seed)
    {
        var random = new Random(seed);
        var stack = new LayerStack(network, CPU);
        stack.Initialize(seed);
        stack.Restore(stack.Weights().ToDictionary(
            weight => weight.Name,
            weight => (weight.Shape, (ReadOnlyMemory<byte>)MemoryMarshal.AsBytes<float>(
            [
                .. Enumerable.Range(0, weight.Values.Length / sizeof(float)).Select(_ =>
                    weight.Name.EndsWith("running_var", StringComparison.Ordinal) ? 0.5f + random.NextSingle() : random.NextSingle() - 0.4f),
            ]).ToArray())));
        stack.eval();
        return stack;
    }

    public static Dictionary<string, double[]> Weights(LayerStack stack) => stack.Weights().ToDictionary(
        weight => weight.Name, weight => MemoryMarshal.Cast<byte, float>(weight.Values.Span).ToArray().Select(value => (double)value).ToArray());

    /// <summary>Values of so many events, no two alike.</summary>
    public static float[] Input(Cnn3d network, int events, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, events * network.Input.Values).Select(_ => (float)(random.NextDouble() * 3) - 1.2f)];
    }

    public static Tensor Tensor(Cnn3d network, float[] values)
    {
        Voxelization.VoxelShape shape = network.Input;
        return tensor(values, [values.Length / shape.Values, shape.Channels, shape.Frames, shape.Height, shape.Width], float32, CPU);
    }
}
