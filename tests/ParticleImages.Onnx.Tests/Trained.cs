using System.Runtime.InteropServices;
using ParticleImages.Networks;
using ParticleImages.Voxelization;

namespace ParticleImages.Onnx.Tests;

/// <summary>Networks whose weights look as if they had been trained, and voxels for them, drawn from a seed.</summary>
internal static class Trained
{
    /// <summary>Running statistics that are not 0 and 1; γ of both signs and now and then 0; biases everywhere.</summary>
    /// <param name="description">The network.</param>
    /// <param name="seed">The same seed gives the same weights.</param>
    /// <param name="jitter">Each weight is changed by up to so much of its value, others every time.</param>
    public static VoxelNetwork Build(Cnn3d description, int seed, double jitter = 0)
    {
        var random = new Random(seed);
        var other = new Random(~seed);
        var weights = new Dictionary<string, (long[] Shape, ReadOnlyMemory<byte> Values)>();
        foreach ((string name, long[] shape) in WeightLayout.Of(description))
        {
            var values = new float[shape.Aggregate(1L, (product, side) => product * side)];
            double inputs = Math.Max(1, values.Length / shape[0]);
            for (int i = 0; i < values.Length; i++)
            {
                values[i] = (float)(name[(name.LastIndexOf('.') + 1)..] switch
                {
                    "running_var" => 0.2 + (2 * random.NextDouble()),
                    "running_mean" or "bias" => Normal(random) * 0.3,
                    "weight" when shape.Length == 1 => random.Next(6) == 0 ? 0 : Normal(random),
                    _ => Normal(random) / Math.Sqrt(inputs),
                } * (1 + (jitter * ((2 * other.NextDouble()) - 1))));
            }

            weights.Add(name, (shape, MemoryMarshal.AsBytes<float>(values).ToArray()));
        }

        return VoxelNetwork.Restore(description, weights, ComputeDevice.Cpu);
    }

    /// <summary>Mostly empty voxels as calorimeters give them, and every third event without an empty one.</summary>
    public static VoxelGrid Voxels(VoxelShape shape, int count, int seed)
    {
        var random = new Random(seed);
        var voxels = new float[count * shape.Values];
        for (int i = 0; i < voxels.Length; i++)
        {
            bool isFull = i / shape.Values % 3 == 1;
            voxels[i] = isFull || random.Next(8) == 0 ? (float)Normal(random) : 0;
        }

        return new VoxelGrid(shape, voxels, [.. Enumerable.Range(0, count).Select(i => i % 2)]);
    }

    public static VoxelGrid Slice(VoxelGrid grid, int start, int count) => new(
        grid.Shape,
        grid.Voxels.Slice(start * grid.Shape.Values, count * grid.Shape.Values).ToArray(),
        grid.Labels.Slice(start, count).ToArray());

    private static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
