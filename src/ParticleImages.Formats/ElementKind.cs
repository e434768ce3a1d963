namespace ParticleImages.Formats;

/// <summary>What the bits of an element mean.</summary>
internal enum ElementKind
{
    /// <summary>An IEEE 754 float.</summary>
    Float,

    /// <summary>A two's complement integer.</summary>
    Signed,

    /// <summary>An integer from 0 up; also bit fields, and enumerations of such.</summary>
    Unsigned,

    /// <summary>Texts, records, references, and numbers of a form that is not read.</summary>
    Other,
}
