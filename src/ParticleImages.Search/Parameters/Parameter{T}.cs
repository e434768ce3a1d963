using System.Text.Json;

namespace ParticleImages.Search;

/// <summary>An axis of a search space and the type in which trials read it; made by <see cref="Parameter"/>. Immutable.</summary>
/// <typeparam name="T">A number, bool, string or enumeration.</typeparam>
public sealed class Parameter<T> : IParameter<T>, IDescribedParameter
{
    private readonly IValueRange range;

    internal Parameter(string name, IValueRange range)
    {
        Name = name;
        this.range = range;
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public long? Count => range.Count;

    /// <inheritdoc/>
    public bool IsOrdered => range.IsOrdered;

    /// <inheritdoc/>
    public ParameterValue At(double position) => range.At(position);

    /// <inheritdoc/>
    public double PositionOf(ParameterValue value)
    {
        double position = range.PositionOf(value);
        return !double.IsNaN(position) ? position : throw new ArgumentException($"Parameter '{Name}' has no value {value}. It has {range}.", nameof(value));
    }

    /// <inheritdoc/>
    public T Read(ParameterValue value) => ValueReader<T>.Read(value);

    void IDescribedParameter.WriteTo(Utf8JsonWriter json) => range.WriteTo(json);

    /// <summary>The name and the values.</summary>
    public override string ToString() => $"{Name}: {range}";
}
