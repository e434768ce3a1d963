using System.Numerics;
using System.Runtime.InteropServices;
using ParticleImages.Networks.Engines;
using ParticleImages.Networks.Engines.Lanes;

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
    // Waking another thread takes as long.
    private const int FewWeights = 1 << 15;

    /// <summary>What is remembered a weight: running means of gradients and of their squares.</summary>
    public float[][] Memories { get; } = [.. Enumerable.Range(0, memories).Select(_ => new float[weights])];

    /// <summary>Steps done. Set when a training goes on from a checkpoint.</summary>
    public int Steps { get; set; }

    /// <summary>Changes the weights by one step.</summary>
    /// <param name="weights">The weights, which are changed.</param>
    /// <param name="gradient">The loss' gradient by them.</param>
    /// <param name="rate">The learning rate.</param>
    /// <param name="threads">How many share the work; the bits do not depend on it.</param>
    public void Apply(float[] weights, float[] gradient, double rate, int threads)
    {
        Steps++;
        BeginStep();
        int all = Vectors(weights).Length;
        Chunks.Run(weights.Length < FewWeights ? 1 : threads, (chunk, _) =>
        {
            Range part = Chunks.Start(chunk, all)..Chunks.Start(chunk + 1, all);
            Apply(part, Vectors(weights)[part], Vectors(gradient)[part], rate);
        });
    }

    /// <summary>Before the weights of a step are changed, part by part.</summary>
    protected virtual void BeginStep()
    {
    }

    protected abstract void Apply(Range part, Span<Vector<float>> weights, ReadOnlySpan<Vector<float>> gradient, double rate);

    protected Span<Vector<float>> Memory(int index, Range part) => Vectors(Memories[index])[part];

    private static Span<Vector<float>> Vectors(float[] values) => MemoryMarshal.Cast<float, Vector<float>>(values.AsSpan());
}
