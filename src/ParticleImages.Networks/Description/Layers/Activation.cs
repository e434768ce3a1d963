using System.Text.Json.Serialization;

namespace ParticleImages.Networks;

/// <summary>A function applied to every value.</summary>
public enum Activation
{
    /// <summary>max(0, x).</summary>
    [JsonStringEnumMemberName("relu")]
    Relu,

    /// <summary>x above 0, eˣ − 1 below.</summary>
    [JsonStringEnumMemberName("elu")]
    Elu,

    /// <summary>The hyperbolic tangent.</summary>
    [JsonStringEnumMemberName("tanh")]
    Tanh,
}
