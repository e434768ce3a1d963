namespace ParticleImages.Terminal;

/// <summary>How long something has taken and will still take, if it goes on as it went so far.</summary>
internal sealed class Pace(TimeProvider clock)
{
    private readonly long start = clock.GetTimestamp();

    public TimeSpan Elapsed => clock.GetElapsedTime(start);

    /// <summary>The time left; null before anything was done.</summary>
    /// <param name="done">What was done since the beginning.</param>
    /// <param name="left">What is left, in the same unit.</param>
    public TimeSpan? Left(double done, double left) => done > 0 ? Elapsed * (Math.Max(0, left) / done) : null;

    /// <summary>A time as <c>03:10</c> or <c>1:03:10</c>, <c>?</c> where it is not known.</summary>
    public static string Text(TimeSpan? time) => time is not { } known ? "?" : FormattableString.Invariant(
        $"{(known.TotalHours >= 1 ? $"{(long)known.TotalHours}:" : "")}{known.Minutes:00}:{known.Seconds:00}");

    /// <summary>How long something took, as <c>9.3 s</c>, and from 100 seconds on as <see cref="Text"/>.</summary>
    public static string Took(TimeSpan time) => time.TotalSeconds < 100 ? FormattableString.Invariant($"{time.TotalSeconds:F1} s") : Text(time);
}
