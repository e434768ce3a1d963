using System.Diagnostics;
using System.Globalization;

namespace ParticleImages.Search;

/// <summary>Who holds a claim, as a text: a host, a process of it by number and start, and what within the process.</summary>
internal static class ScanOwner
{
    // A process is known by its start to this many seconds: systems give the start in their own clock's ticks, from a boot time that is itself rounded.
    private const double Tolerance = 2;

    private static int sessions;

    public static string New()
    {
        using var own = Process.GetCurrentProcess();
        return string.Create(CultureInfo.InvariantCulture, $"{Environment.MachineName}/{own.Id}/{Seconds(own)}/{Interlocked.Increment(ref sessions)}");
    }

    public static int? ProcessOf(string owner) => Parse(owner) is { } parts && parts.Host == Environment.MachineName ? parts.Process : null;

    /// <summary>Whether the process is known to have ended: that of another host never is.</summary>
    public static bool IsGone(string owner)
    {
        if (Parse(owner) is not { } parts || parts.Host != Environment.MachineName)
        {
            return false;
        }

        try
        {
            using var process = Process.GetProcessById(parts.Process);
            return process.HasExited || Math.Abs(Seconds(process) - parts.Start) > Tolerance;
        }
        catch (Exception problem) when (problem is ArgumentException or InvalidOperationException)
        {
            return true;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            // Somebody else's, of which we may not even know when it began: so it lives.
            return false;
        }
    }

    public static string InWords(string owner) => Parse(owner) is { } parts ? $"process {parts.Process} on {parts.Host}" : owner;

    private static long Seconds(Process process) => new DateTimeOffset(process.StartTime.ToUniversalTime()).ToUnixTimeSeconds();

    private static (string Host, int Process, long Start)? Parse(string owner)
    {
        string[] parts = owner.Split('/');
        return parts.Length == 4
            && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out int process)
            && long.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out long start)
                ? (parts[0], process, start)
                : null;
    }
}
