using ParticleImages.Networks.Engines.Lanes;

namespace ParticleImages.Networks.Engines.Activations;

/// <summary>A function of one value and its derivative, written once for every width.</summary>
internal interface IActivationFunction
{
    /// <summary>Function and derivative.</summary>
    /// <typeparam name="T">The vector.</typeparam>
    static abstract (T Value, T Derivative) Of<T>(T x)
        where T : struct, IDoubles<T>;
}
