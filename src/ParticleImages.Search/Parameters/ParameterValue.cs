using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;

namespace ParticleImages.Search;

/// <summary>
/// The value of a parameter in one configuration: a number, a truth value or a text, what JSON and a table can hold. Immutable. Two are equal when they
/// mean the same: 3 and 3.0 are one value.
/// </summary>
public readonly struct ParameterValue : IEquatable<ParameterValue>
{
    private readonly string? text;
    private readonly double real;
    private readonly long integer;

    private ParameterValue(ParameterValueKind kind, long integer = 0, double real = 0, string? text = null)
    {
        Kind = kind;
        this.integer = integer;
        this.real = real;
        this.text = text;
    }

    /// <summary>What it is. The default value is the integer 0.</summary>
    public ParameterValueKind Kind { get; }

    /// <summary>A whole number.</summary>
    /// <param name="value">Any.</param>
    /// <returns>The value.</returns>
    public static ParameterValue Of(long value) => new(ParameterValueKind.Integer, integer: value);

    /// <summary>A number. One without a fraction becomes an integer.</summary>
    /// <param name="value">Finite.</param>
    /// <returns>The value.</returns>
    /// <exception cref="ArgumentOutOfRangeException">It is NaN or infinite.</exception>
    public static ParameterValue Of(double value) => !double.IsFinite(value)
        ? throw new ArgumentOutOfRangeException(nameof(value), value, "A parameter's value is a finite number.")
        : Math.Abs(value) < 1L << 53 && value == Math.Floor(value)
            ? Of((long)value)
            : new(ParameterValueKind.Real, real: value);

    /// <summary>A truth value.</summary>
    /// <param name="value">Any.</param>
    /// <returns>The value.</returns>
    public static ParameterValue Of(bool value) => new(ParameterValueKind.Boolean, integer: value ? 1 : 0);

    /// <summary>A text.</summary>
    /// <param name="value">Any, also an empty one.</param>
    /// <returns>The value.</returns>
    /// <exception cref="ArgumentException">It has half of a surrogate pair.</exception>
    public static ParameterValue Of(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return new(ParameterValueKind.Text, text: StoredText.Check(value, nameof(value)));
    }

    /// <summary>A value of one of the types that parameters have.</summary>
    /// <param name="value">An <see cref="int"/>, <see cref="long"/>, <see cref="float"/>, <see cref="double"/>, <see cref="decimal"/>, <see cref="bool"/>, <see cref="string"/> or an enumeration's, which becomes its name.</param>
    /// <returns>The value.</returns>
    /// <exception cref="ArgumentException">It is of another type.</exception>
    public static ParameterValue From(object value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return value switch
        {
            ParameterValue already => already,
            bool truth => Of(truth),
            string text => Of(text),
            Enum named => Of(named.ToString()),
            int or long or short or byte or uint => Of(Convert.ToInt64(value, CultureInfo.InvariantCulture)),

            // By its shortest text, so that 0.1f is 0.1 and not 0.10000000149.
            float single => Of(double.Parse(single.ToString("R", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture)),
            double or decimal => Of(Convert.ToDouble(value, CultureInfo.InvariantCulture)),
            _ => throw new ArgumentException(
                $"A parameter's value is a number, a truth value, a text or of an enumeration, not {value.GetType().Name}. "
                + "Take names as values and look the things up in the objective, or implement IParameter.",
                nameof(value)),
        };
    }

    /// <summary>The number.</summary>
    /// <exception cref="InvalidOperationException">It is no number.</exception>
    public double AsNumber() => Kind switch
    {
        ParameterValueKind.Integer => integer,
        ParameterValueKind.Real => real,
        _ => throw Wrong("number"),
    };

    /// <summary>The whole number.</summary>
    /// <exception cref="InvalidOperationException">It is no whole number.</exception>
    public long AsInteger() => Kind == ParameterValueKind.Integer ? integer : throw Wrong("whole number");

    /// <summary>The truth value.</summary>
    /// <exception cref="InvalidOperationException">It is none.</exception>
    public bool AsBoolean() => Kind == ParameterValueKind.Boolean ? integer != 0 : throw Wrong("truth value");

    /// <summary>The text.</summary>
    /// <exception cref="InvalidOperationException">It is none.</exception>
    public string AsText() => Kind == ParameterValueKind.Text ? text! : throw Wrong("text");

    /// <summary>Whether it is an integer or a real number.</summary>
    public bool IsNumber => Kind is ParameterValueKind.Integer or ParameterValueKind.Real;

    /// <inheritdoc/>
    public bool Equals(ParameterValue other) =>
        Kind == other.Kind && integer == other.integer && real.Equals(other.real) && text == other.text;

    /// <inheritdoc/>
    public override bool Equals([NotNullWhen(true)] object? obj) => obj is ParameterValue other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Kind, integer, real, text);

    /// <summary>Whether two mean the same.</summary>
    public static bool operator ==(ParameterValue left, ParameterValue right) => left.Equals(right);

    /// <summary>Whether two mean different things.</summary>
    public static bool operator !=(ParameterValue left, ParameterValue right) => !left.Equals(right);

    /// <summary>The value as a table shows it: numbers with a point, in the fewest digits that give the number back.</summary>
    public override string ToString() => Kind switch
    {
        ParameterValueKind.Integer => integer.ToString(CultureInfo.InvariantCulture),
        ParameterValueKind.Real => real.ToString("R", CultureInfo.InvariantCulture),
        ParameterValueKind.Boolean => integer != 0 ? "true" : "false",
        _ => text!,
    };

    internal void WriteTo(Utf8JsonWriter writer)
    {
        switch (Kind)
        {
            case ParameterValueKind.Integer: writer.WriteNumberValue(integer); break;
            case ParameterValueKind.Real: writer.WriteNumberValue(real); break;
            case ParameterValueKind.Boolean: writer.WriteBooleanValue(integer != 0); break;
            default: writer.WriteStringValue(text); break;
        }
    }

    internal static ParameterValue Read(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Number => json.TryGetInt64(out long whole) ? Of(whole) : Of(json.GetDouble()),
        JsonValueKind.True => Of(true),
        JsonValueKind.False => Of(false),
        JsonValueKind.String => Of(json.GetString()!),
        _ => throw new JsonException($"A value is a number, a text, true or false, not {json.GetRawText()}."),
    };

    private InvalidOperationException Wrong(string wanted) => new($"{ToString()} is no {wanted}.");
}
