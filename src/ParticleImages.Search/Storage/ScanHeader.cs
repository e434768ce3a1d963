namespace ParticleImages.Search;

/// <summary>What makes two runs the same scan. A store keeps it, and refuses to go on with another.</summary>
/// <param name="Space">The space's <see cref="ISearchSpace.Identity"/>.</param>
/// <param name="Strategy">The strategy's identity.</param>
/// <param name="Objectives">The objectives, a line each.</param>
/// <param name="Seed">The scan's seed.</param>
/// <param name="Repeats">Trials a configuration.</param>
/// <param name="Subject">What the trials are made on, such as a checksum of their events; empty where nobody said.</param>
public sealed record ScanHeader(string Space, string Strategy, string Objectives, ulong Seed, int Repeats, string Subject = "")
{
    /// <summary>What differs from another scan, for errors.</summary>
    /// <param name="other">The other.</param>
    /// <returns>A sentence for each difference; empty if there is none.</returns>
    public IEnumerable<string> DifferencesFrom(ScanHeader other)
    {
        ArgumentNullException.ThrowIfNull(other);
        foreach ((string name, object mine, object theirs) in new (string, object, object)[]
        {
            ("space", Space, other.Space),
            ("strategy", Strategy, other.Strategy),
            ("objective", Objectives, other.Objectives),
            ("seed", Seed, other.Seed),
            ("number of repeats", Repeats, other.Repeats),
            ("subject", Subject, other.Subject),
        })
        {
            if (!mine.Equals(theirs))
            {
                yield return $"its {name} is {theirs}, not {mine}";
            }
        }
    }
}
