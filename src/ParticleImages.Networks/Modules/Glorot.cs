using static TorchSharp.torch;

namespace ParticleImages.Networks.Modules;

/// <summary>Weights as Keras draws them: uniform within ±√(6 / (inputs + outputs)) (Glorot and Bengio, AISTATS 2010).</summary>
internal static class Glorot
{
    public static void Fill(Tensor weight, Generator generator)
    {
        using var noGradient = no_grad();
        long receptive = weight.shape.Skip(2).Aggregate(1L, (product, side) => product * side);
        double bound = Math.Sqrt(6.0 / (receptive * (weight.shape[0] + weight.shape[1])));

        // The generator is the CPU's, so that the same seed gives the same weights on every device.
        using Tensor drawn = empty(weight.shape, float32, CPU);
        drawn.uniform_(-bound, bound, generator);
        weight.copy_(drawn);
    }
}
