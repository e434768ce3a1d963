using System.Text.Json;

namespace ParticleImages.Search;

/// <summary>Whole numbers in steps.</summary>
internal sealed class IntegerValues(long low, long high, long step) : IValueRange
{
    private readonly long count = ((high - low) / step) + 1;

    public long? Count => count;

    public bool IsOrdered => true;

    public ParameterValue At(double position) => ParameterValue.Of(low + (step * Cell.At(position, count)));

    public double PositionOf(ParameterValue value)
    {
        if (value.Kind != ParameterValueKind.Integer)
        {
            return double.NaN;
        }

        long distance = value.AsInteger() - low;
        return distance >= 0 && distance % step == 0 && distance / step < count ? Cell.Middle(distance / step, count) : double.NaN;
    }

    public void WriteTo(Utf8JsonWriter json)
    {
        json.WriteString("kind", "integer");
        json.WriteNumber("low", low);
        json.WriteNumber("high", high);
        if (step != 1)
        {
            json.WriteNumber("step", step);
        }
    }

    public override string ToString() => FormattableString.Invariant($"whole numbers from {low} to {high}{(step == 1 ? "" : $" in steps of {step}")}");
}
