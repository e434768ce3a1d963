namespace ParticleImages.Networks.Engines.Sparse;

/// <summary>What a phase has to do at least.</summary>
/// <param name="Multiplications">Multiply-adds.</param>
/// <param name="Bytes">Values that are read and written once, in bytes.</param>
internal readonly record struct PhaseWork(double Multiplications, double Bytes)
{
    public static PhaseWork operator +(PhaseWork left, PhaseWork right) => new(left.Multiplications + right.Multiplications, left.Bytes + right.Bytes);

    /// <summary>So many times as much.</summary>
    public PhaseWork Times(double factor) => new(factor * Multiplications, factor * Bytes);
}
