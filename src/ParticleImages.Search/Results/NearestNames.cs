namespace ParticleImages.Search;

/// <summary>Which of the names that exist somebody may have meant.</summary>
internal static class NearestNames
{
    private const int Most = 3;

    public static string Of(string wanted, IEnumerable<string> known) => string.Join(", ", known
        .OrderBy(name => NameDistance.Between(wanted, name))
        .Take(Most)
        .Select(name => $"'{name}'"));
}
