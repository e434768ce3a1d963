namespace ParticleImages.Networks;

/// <summary>Which engine computes, and why.</summary>
/// <param name="Engine">The engine; never <see cref="Networks.Engine.Auto"/>.</param>
/// <param name="Reason">Why, in one line.</param>
public sealed record EngineChoice(Engine Engine, string Reason)
{
    /// <summary>The choice as text, for example <c>Sparse: 4.1 of 173.5 million multiplications an event, 0.7 % of the voxels hold something</c>.</summary>
    /// <returns>Engine and reason.</returns>
    public override string ToString() => $"{Engine}: {Reason}";
}
