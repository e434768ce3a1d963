using System.Numerics;
using System.Runtime.InteropServices;
using ParticleImages.Networks.Engines;

namespace ParticleImages.Networks.Training;

/// <summary>
/// An optimizer at work: what it remembers between steps, and how it changes weights. Weights, gradients and memories are vectors of the
/// same length (<see cref="FlatWeights"/>), so that a step is one pass over them.
/// </summary>
/// <remarks>
/// TorchSharp's own optimizers pass numbers to torch in objects that the garbage collector may free too early, walk the memory
/// several times, and keep a state that can't be saved without knowing each of them.
/// </remarks>
internal abstract class WeightUpdate(int memories, int weights)
{
    /// <summary>What is remembered a weight: running means of gradients and of their squares.</summary>
    public float[][] Memories { get; } = [.. Enumerable.Range(0, memories).Select(_ => new float[weights])];

    /// <summary>Steps done. Set when a training goes on from a checkpoint.</summary>
    public int Steps { get; set; }

    /// <summary>Changes the weights by one step.</summary>
    /// <param name="weights">The weights, which are changed.</param>
    /// <param name="gradient">The loss' gradient by them.</param>
    /// <param name="rate">The learning rate.</param>
    public void Apply(float[] weights, float[] gradient, double rate)
    {
        Steps++;
        Apply(Vectors(weights), Vectors(gradient), rate);
    }

    protected abstract void Apply(Span<Vector<float>> weights, ReadOnlySpan<Vector<float>> gradient, double rate);

    protected Span<Vector<float>> Memory(int index) => Vectors(Memories[index]);

    private static Span<Vector<float>> Vectors(float[] values) => MemoryMarshal.Cast<float, Vector<float>>(values.AsSpan());
}
