using System.Text.Json;

namespace ParticleImages.Search;

/// <summary>An axis that a file can describe whole.</summary>
internal interface IDescribedParameter
{
    void WriteTo(Utf8JsonWriter json);
}
