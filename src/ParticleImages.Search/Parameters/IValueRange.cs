using System.Text.Json;

namespace ParticleImages.Search;

/// <summary>The values of one of our own axes, apart from the type in which they are read.</summary>
internal interface IValueRange
{
    long? Count { get; }

    bool IsOrdered { get; }

    ParameterValue At(double position);

    /// <summary>NaN where there is no such value.</summary>
    double PositionOf(ParameterValue value);

    /// <summary>Writes what <see cref="SpaceJson"/> reads, into an object that has the name already.</summary>
    void WriteTo(Utf8JsonWriter json);

    /// <summary>The values in a few words, for errors.</summary>
    string ToString();
}
