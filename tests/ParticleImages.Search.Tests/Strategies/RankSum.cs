namespace ParticleImages.Search.Tests;

/// <summary>The test of Mann and Whitney (Ann. Math. Stat. 18, 1947): whether some numbers are lower than others, whatever their distribution.</summary>
internal static class RankSum
{
    /// <summary>How probable it is that numbers from one distribution seem lower than others by so much; the normal approximation, good from about ten numbers on.</summary>
    public static double ProbabilityOfLower(double[] some, double[] others)
    {
        double wins = some.Sum(one => others.Sum(other => one < other ? 1 : one == other ? 0.5 : 0));
        double expected = some.Length * others.Length / 2.0;
        double width = Math.Sqrt(some.Length * others.Length * (some.Length + others.Length + 1) / 12.0);
        return 1 - MathNet.Numerics.Distributions.Normal.CDF(expected, width, wins);
    }
}
