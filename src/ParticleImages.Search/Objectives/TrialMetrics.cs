using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace ParticleImages.Search;

/// <summary>Named numbers that a trial came to, or reports on its way. Immutable; equal when names and values are.</summary>
public sealed class TrialMetrics : IReadOnlyCollection<KeyValuePair<string, MetricValue>>, IEquatable<TrialMetrics>
{
    private readonly KeyValuePair<string, MetricValue>[] values;

    private TrialMetrics(KeyValuePair<string, MetricValue>[] values) => this.values = values;

    /// <summary>No metric.</summary>
    public static TrialMetrics None { get; } = new([]);

    /// <summary>How many there are.</summary>
    public int Count => values.Length;

    /// <summary>The names, in order.</summary>
    public IEnumerable<string> Names => values.Select(pair => pair.Key);

    /// <summary>Names and values.</summary>
    /// <param name="values">In the order in which tables show them; names are not empty and all different.</param>
    /// <returns>The metrics.</returns>
    /// <exception cref="ArgumentException">A name is empty or comes twice.</exception>
    public static TrialMetrics Of(params ReadOnlySpan<(string Name, double Value)> values)
    {
        TrialMetrics metrics = None;
        foreach ((string name, double value) in values)
        {
            metrics = metrics.And(name, value);
        }

        return metrics;
    }

    /// <summary>Appends a metric.</summary>
    /// <param name="name">Not empty, and not there yet.</param>
    /// <param name="value">The value; NaN and infinity are kept as they are.</param>
    /// <param name="standardError">Its standard error, 0 or more; null where it is unknown.</param>
    /// <returns>A copy.</returns>
    /// <exception cref="ArgumentException">The name is empty or there already, or the error negative or not finite.</exception>
    public TrialMetrics And(string name, double value, double? standardError = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        if (TryGet(name, out MetricValue earlier))
        {
            throw new ArgumentException($"The metric '{name}' is {earlier} already and cannot be {value} too.", nameof(name));
        }

        return standardError is not (< 0 or double.NaN or double.PositiveInfinity)
            ? new([.. values, new(name, new(value, standardError))])
            : throw new ArgumentException($"The standard error of '{name}' is {standardError}; it is finite and not negative, or null.", nameof(standardError));
    }

    /// <summary>A metric's value, if there is one.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="value">The value.</param>
    /// <returns>Whether there is one.</returns>
    public bool TryGet(string name, out MetricValue value)
    {
        foreach (KeyValuePair<string, MetricValue> pair in values)
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

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, MetricValue>> GetEnumerator() => ((IEnumerable<KeyValuePair<string, MetricValue>>)values).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <inheritdoc/>
    public bool Equals([NotNullWhen(true)] TrialMetrics? other) => other is not null && values.AsSpan().SequenceEqual(other.values);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as TrialMetrics);

    /// <inheritdoc/>
    public override int GetHashCode() => values.Aggregate(0, (hash, pair) => HashCode.Combine(hash, pair.Key, pair.Value));

    /// <summary>Names and values in one line.</summary>
    public override string ToString() => string.Join(", ", values.Select(pair => $"{pair.Key} {pair.Value}"));
}
