namespace ParticleImages.Search;

/// <summary>What a <see cref="ParameterValue"/> is.</summary>
public enum ParameterValueKind
{
    /// <summary>A whole number.</summary>
    Integer,

    /// <summary>A number with a fraction, or above 2⁵³.</summary>
    Real,

    /// <summary>True or false.</summary>
    Boolean,

    /// <summary>A text.</summary>
    Text,
}
