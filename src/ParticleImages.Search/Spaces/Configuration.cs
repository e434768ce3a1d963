using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;

namespace ParticleImages.Search;

/// <summary>
/// A value for each parameter of a space, without those that a condition leaves out. Immutable; equal when the same names have the same values, in
/// whatever order.
/// </summary>
public sealed class Configuration : IReadOnlyCollection<KeyValuePair<string, ParameterValue>>, IEquatable<Configuration>
{
    private static readonly JsonWriterOptions Compact = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly KeyValuePair<string, ParameterValue>[] values;

    /// <summary>Takes names and values.</summary>
    /// <param name="values">In the order in which tables show them.</param>
    /// <exception cref="ArgumentException">A name comes twice.</exception>
    public Configuration(params IEnumerable<KeyValuePair<string, ParameterValue>> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        this.values = [.. values];
        for (int i = 0; i < this.values.Length; i++)
        {
            for (int j = 0; j < i; j++)
            {
                if (this.values[i].Key == this.values[j].Key)
                {
                    throw new ArgumentException($"Parameter '{this.values[i].Key}' has two values, {this.values[j].Value} and {this.values[i].Value}.", nameof(values));
                }
            }
        }
    }

    /// <summary>How many parameters have a value.</summary>
    public int Count => values.Length;

    /// <summary>The names, in order.</summary>
    public IEnumerable<string> Names => values.Select(pair => pair.Key);

    /// <summary>The value of a parameter.</summary>
    /// <param name="name">Its name.</param>
    /// <exception cref="KeyNotFoundException">It has none here.</exception>
    public ParameterValue this[string name] => TryGet(name, out ParameterValue value)
        ? value
        : throw new KeyNotFoundException($"No parameter '{name}' in this configuration. It has {string.Join(", ", Names.Select(known => $"'{known}'"))}. What a condition leaves out has no value: ask with TryGet.");

    /// <summary>Names and values, for a configuration by hand.</summary>
    /// <param name="values">Numbers, truth values, texts or values of enumerations.</param>
    /// <returns>The configuration.</returns>
    /// <exception cref="ArgumentException">A name comes twice, or a value is of another type.</exception>
    public static Configuration Of(params ReadOnlySpan<(string Name, object Value)> values)
    {
        var list = new List<KeyValuePair<string, ParameterValue>>(values.Length);
        foreach ((string name, object value) in values)
        {
            list.Add(new(name, ParameterValue.From(value)));
        }

        return new Configuration(list);
    }

    /// <summary>A parameter's value in its own type.</summary>
    /// <typeparam name="T">The type.</typeparam>
    /// <param name="parameter">The parameter.</param>
    /// <returns>The value.</returns>
    /// <exception cref="KeyNotFoundException">It has none here.</exception>
    public T Get<T>(IParameter<T> parameter)
    {
        ArgumentNullException.ThrowIfNull(parameter);
        return parameter.Read(this[parameter.Name]);
    }

    /// <summary>A parameter's value, if it has one.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="value">The value.</param>
    /// <returns>Whether it has one.</returns>
    public bool TryGet(string name, out ParameterValue value)
    {
        foreach (KeyValuePair<string, ParameterValue> pair in values)
        {
            if (pair.Key == name)
            {
                value = pair.Value;
                return true;
            }
        }

        value = default;
        return false;
    }

    /// <summary>The configuration as a JSON object, which <see cref="Parse"/> reads.</summary>
    /// <returns>One line.</returns>
    public string ToJson() => Write(values);

    /// <summary>Reads what <see cref="ToJson"/> wrote.</summary>
    /// <param name="json">A JSON object of numbers, texts and truth values.</param>
    /// <returns>The configuration.</returns>
    /// <exception cref="FormatException">It is not that.</exception>
    public static Configuration Parse(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        try
        {
            using JsonDocument document = JsonDocument.Parse(json);
            return Read(document.RootElement);
        }
        catch (Exception problem) when (problem is JsonException or InvalidOperationException or ArgumentException)
        {
            throw new FormatException($"A configuration is a JSON object of numbers, texts and truth values; {json} is not: {problem.Message}", problem);
        }
    }

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, ParameterValue>> GetEnumerator() => ((IEnumerable<KeyValuePair<string, ParameterValue>>)values).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <inheritdoc/>
    public bool Equals([NotNullWhen(true)] Configuration? other) =>
        other is not null && other.Count == Count && values.All(pair => other.TryGet(pair.Key, out ParameterValue value) && value == pair.Value);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Configuration);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        // A sum, since the order means nothing.
        int sum = 0;
        foreach (KeyValuePair<string, ParameterValue> pair in values)
        {
            sum += HashCode.Combine(pair.Key, pair.Value);
        }

        return sum;
    }

    /// <summary>Names and values in one line.</summary>
    public override string ToString() => string.Join(", ", values.Select(pair => $"{pair.Key} {pair.Value}"));

    // The same text for equal configurations, from which seeds are made: by name.
    internal string Canonical() => Write([.. values.OrderBy(pair => pair.Key, StringComparer.Ordinal)]);

    // A scan has a few names in a hundred thousand configurations: one text for each.
    internal static Configuration Read(JsonElement json) => new(json.EnumerateObject().Select(
        property => new KeyValuePair<string, ParameterValue>(string.Intern(property.Name), ParameterValue.Read(property.Value))));

    private static string Write(KeyValuePair<string, ParameterValue>[] values)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, Compact))
        {
            json.WriteStartObject();
            foreach (KeyValuePair<string, ParameterValue> pair in values)
            {
                json.WritePropertyName(pair.Key);
                pair.Value.WriteTo(json);
            }

            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }
}
