namespace ParticleImages.Search;

/// <summary>Whether one is better than another in several objectives at once.</summary>
internal static class Dominance
{
    /// <param name="one">A score for each objective, less is better.</param>
    /// <param name="other">As many.</param>
    /// <returns>Whether the one is worse in none and better in one or more.</returns>
    public static bool Of(IReadOnlyList<double> one, IReadOnlyList<double> other)
    {
        bool isBetter = false;
        for (int i = 0; i < one.Count; i++)
        {
            if (one[i] > other[i])
            {
                return false;
            }

            isBetter |= one[i] < other[i];
        }

        return isBetter;
    }
}
