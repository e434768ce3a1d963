using System.Text.Json;

namespace ParticleImages.Search;

/// <summary>Numbers of a continuum, along the axis as they are or by their logarithms.</summary>
internal sealed class RealValues(double low, double high, bool logarithmic) : IValueRange
{
    public long? Count => null;

    public bool IsOrdered => true;

    public ParameterValue At(double position)
    {
        double place = Cell.Check(position);

        // The ends are exact, and rounding leads to none beyond them.
        return ParameterValue.Of(place switch
        {
            0 => low,
            1 => high,
            _ => Math.Clamp(logarithmic ? low * Math.Pow(high / low, place) : low + (place * (high - low)), low, high),
        });
    }

    public double PositionOf(ParameterValue value)
    {
        if (!value.IsNumber || !(value.AsNumber() >= low && value.AsNumber() <= high))
        {
            return double.NaN;
        }

        double number = value.AsNumber();
        return Math.Clamp(logarithmic ? Math.Log(number / low) / Math.Log(high / low) : (number - low) / (high - low), 0, 1);
    }

    public void WriteTo(Utf8JsonWriter json)
    {
        json.WriteString("kind", logarithmic ? "log-uniform" : "real");
        json.WriteNumber("low", low);
        json.WriteNumber("high", high);
    }

    public override string ToString() => FormattableString.Invariant($"numbers from {low} to {high}{(logarithmic ? ", by decades" : "")}");
}
