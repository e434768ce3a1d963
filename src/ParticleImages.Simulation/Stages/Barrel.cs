namespace ParticleImages.Simulation;

/// <summary>
/// The barrel: crystals in rows along η and columns along φ around the beam (CMS, JINST 3 (2008) S08004, section 4).
/// Cracks between modules are left out.
/// </summary>
internal static class Barrel
{
    /// <summary>Rows from end to end, 85 on each side of η = 0.</summary>
    public const int Rows = 170;

    /// <summary>The width of a row in η.</summary>
    public const double RowPitch = 0.0174;

    /// <summary>The width of a column in φ: 360 to a turn.</summary>
    public const double ColumnPitch = 0.0174533;

    /// <summary>The side of a crystal's front face in cm.</summary>
    public const double CrystalSide = 2.2;

    /// <summary>The depth of a crystal in cm.</summary>
    public const double CrystalDepth = 23;

    /// <summary>From the beam to the crystals' faces, in m.</summary>
    public const double Radius = 1.29;

    /// <summary>The magnetic field along the beam, in T.</summary>
    public const double Field = 3.8;
}
