namespace ParticleImages.Search;

/// <summary>The unit interval in equal cells, one a value.</summary>
internal static class Cell
{
    public static int At(double position, int count) => (int)At(position, (long)count);

    public static long At(double position, long count) => Math.Clamp((long)(Check(position) * count), 0, count - 1);

    public static double Middle(long place, long count) => (place + 0.5) / count;

    public static double Check(double position) => position is >= 0 and <= 1
        ? position
        : throw new ArgumentOutOfRangeException(nameof(position), position, "A place along an axis is from 0 to 1.");
}
