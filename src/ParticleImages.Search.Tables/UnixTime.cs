namespace ParticleImages.Search.Tables;

/// <summary>Moments as other formats have them: 64 bits of nanoseconds since 1970.</summary>
internal static class UnixTime
{
    /// <summary>Sees to it that a column of moments fits.</summary>
    public static void Check(TrialColumn column)
    {
        if (column.Kind != TrialColumnKind.Time)
        {
            return;
        }

        DateTimeOffset? outside = column.AsTimes().FirstOrDefault(time => time is { Year: < 1678 or > 2261 });
        if (outside is not null)
        {
            throw new ArgumentException(FormattableString.Invariant($"Column '{column.Name}' has the moment {outside:u}. Nanoseconds in 64 bits reach from 1678 to 2261."), nameof(column));
        }
    }

    /// <summary>What a file says without a zone is in UTC.</summary>
    public static DateTimeOffset? InUtc(DateTime? time) => time is { } known ? new DateTimeOffset(known.Ticks, TimeSpan.Zero) : null;
}
