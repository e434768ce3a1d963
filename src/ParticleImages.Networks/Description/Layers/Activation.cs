namespace ParticleImages.Networks;

/// <summary>A function applied to every value.</summary>
public enum Activation
{
    /// <summary>max(0, x).</summary>
    Relu,

    /// <summary>x above 0, eˣ − 1 below.</summary>
    Elu,

    /// <summary>The hyperbolic tangent.</summary>
    Tanh,
}
