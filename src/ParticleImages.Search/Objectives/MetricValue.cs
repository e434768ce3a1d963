namespace ParticleImages.Search;

/// <summary>What a metric came to.</summary>
/// <param name="Value">The value; NaN or infinite where the computation broke down.</param>
/// <param name="StandardError">Its standard error, 0 or more; null where it is unknown.</param>
public readonly record struct MetricValue(double Value, double? StandardError = null)
{
    /// <summary>The value, and the error behind ±.</summary>
    public override string ToString() => StandardError is { } error
        ? FormattableString.Invariant($"{Value:G6} ± {error:G2}")
        : FormattableString.Invariant($"{Value:G6}");
}
