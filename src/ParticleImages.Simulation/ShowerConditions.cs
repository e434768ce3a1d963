namespace ParticleImages.Simulation;

/// <summary>What can be set of the detector.</summary>
/// <param name="MaterialFactor">k, the factor on the tracker's material.</param>
/// <param name="Noise">Of a crystal, one standard deviation, in GeV.</param>
/// <param name="KeepAbove">Crystals above are read out, in GeV.</param>
/// <param name="WindowAbove">Local maxima above are read out with their neighbourhood, in GeV.</param>
internal sealed record ShowerConditions(double MaterialFactor, double Noise, double KeepAbove, double WindowAbove)
{
    /// <summary>What makes the public files' images.</summary>
    public static ShowerConditions Default { get; } =
        new(MaterialFactor: 2, Noise: 0.042, KeepAbove: 0.12, WindowAbove: 1);
}
