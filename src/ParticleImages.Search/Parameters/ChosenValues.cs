using System.Text.Json;

namespace ParticleImages.Search;

/// <summary>Values of a list.</summary>
internal sealed class ChosenValues : IValueRange
{
    private readonly ParameterValue[] values;
    private readonly Dictionary<ParameterValue, int> places;

    public ChosenValues(ParameterValue[] values)
    {
        this.values = values;
        places = values.Select((value, place) => (value, place)).ToDictionary(pair => pair.value, pair => pair.place);
        IsOrdered = values.All(value => value.IsNumber) && (Rises(values) || Rises(values.Reverse()));
    }

    public long? Count => values.Length;

    public bool IsOrdered { get; }

    public ParameterValue At(double position) => values[Cell.At(position, values.Length)];

    public double PositionOf(ParameterValue value) => places.TryGetValue(value, out int place) ? Cell.Middle(place, values.Length) : double.NaN;

    public void WriteTo(Utf8JsonWriter json)
    {
        json.WriteStartArray("values");
        foreach (ParameterValue value in values)
        {
            value.WriteTo(json);
        }

        json.WriteEndArray();
    }

    public override string ToString() => values.Length <= 12
        ? string.Join(", ", values)
        : $"{string.Join(", ", values.Take(10))}, … {values[^1]} ({values.Length} values)";

    private static bool Rises(IEnumerable<ParameterValue> values) =>
        values.Zip(values.Skip(1)).All(pair => pair.First.AsNumber() < pair.Second.AsNumber());
}
