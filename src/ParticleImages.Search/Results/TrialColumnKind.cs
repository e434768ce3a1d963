namespace ParticleImages.Search;

/// <summary>What the cells of a <see cref="TrialColumn"/> are.</summary>
public enum TrialColumnKind
{
    /// <summary>Whole numbers.</summary>
    Integer,

    /// <summary>Numbers, also NaN and infinite ones.</summary>
    Real,

    /// <summary>True or false.</summary>
    Boolean,

    /// <summary>Texts.</summary>
    Text,

    /// <summary>Moments, in UTC.</summary>
    Time,
}
