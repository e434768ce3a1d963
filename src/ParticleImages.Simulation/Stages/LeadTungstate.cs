namespace ParticleImages.Simulation;

/// <summary>
/// The crystals' material, PbWO₄, as the shower formulas need it (Grindhammer and Peters, hep-ex/0001020).
/// </summary>
internal static class LeadTungstate
{
    /// <summary>X₀ in cm.</summary>
    public const double RadiationLength = 0.89;

    /// <summary>R_M in cm.</summary>
    public const double MoliereRadius = 2.19;

    /// <summary>Z, effective.</summary>
    public const double AtomicNumber = 68.36;

    /// <summary>E_c in GeV.</summary>
    public const double CriticalEnergy = 8.74e-3;
}
