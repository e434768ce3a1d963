namespace ParticleImages.Search;

/// <summary>An axis whose values trials read as a type of their own: a number, a name, or whatever stands behind it.</summary>
/// <typeparam name="T">What a trial gets.</typeparam>
public interface IParameter<out T> : IParameter
{
    /// <summary>What a value stands for.</summary>
    /// <param name="value">One of the axis.</param>
    /// <returns>The thing.</returns>
    T Read(ParameterValue value);
}
