namespace ParticleImages.Networks;

/// <summary>
/// How a network on the CPU is computed. It stays the same network: the same description, weights, files and ONNX; values differ in their last bits.
/// </summary>
public enum Engine
{
    /// <summary>
    /// The one with the least to do for the events at hand: their multiplications are counted. The same network and events always get the same one, so a training
    /// can be repeated bit for bit.
    /// </summary>
    Auto,

    /// <summary>Plain torch modules, one after the other: any network, any device.</summary>
    Reference,

    /// <summary>
    /// Computes every voxel, but what stands between convolutions (activation, dropout, batch norm, pool) in one pass each way, in memory that is used again, with masks that depend on
    /// the seed alone. Any network, on the CPU; dropout inside the maps has other masks than <see cref="Reference"/>.
    /// </summary>
    Fused,

    /// <summary>
    /// Computes only where an event has something, exactly: what the network makes of the empty rest is computed once for the batch. Networks of convolutions, activations,
    /// batch norms, pools, scales and channel dropouts, followed by Flatten or a global pool and anything dense.
    /// </summary>
    Sparse,
}
