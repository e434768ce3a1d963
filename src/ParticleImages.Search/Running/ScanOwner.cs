using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace ParticleImages.Search;

/// <summary>Who holds a claim, as a text: a host, a process of it by number and start, and what within the process.</summary>
internal static class ScanOwner
{
    // Where the start is known by the clock: systems give it in ticks of their own, from a boot time that is itself rounded.
    private const double Tolerance = 2;

    private static readonly (string System, string Tick) Own = StartOf(Environment.ProcessId) ?? ("", "0");
    private static int sessions;

    public static string New() =>
        string.Create(CultureInfo.InvariantCulture, $"{Environment.MachineName}/{Environment.ProcessId}/{Own.System}:{Own.Tick}/{Interlocked.Increment(ref sessions)}");

    /// <summary>The process' number; null where it belongs to another system.</summary>
    public static int? ProcessOf(string owner) => Parse(owner) is { } parts && parts.Host == Environment.MachineName && parts.System == Own.System ? parts.Process : null;

    /// <summary>Whether the process is known to have ended: that of another host, of another container or from before a restart never is.</summary>
    public static bool IsGone(string owner)
    {
        if (ProcessOf(owner) is not { } process)
        {
            return false;
        }

        try
        {
            return StartOf(process) is not { } start || (start.System == Own.System && !IsSame(start.Tick, Parse(owner)!.Value.Tick));
        }
        catch (Exception problem) when (problem is Win32Exception or UnauthorizedAccessException)
        {
            // Somebody else's, of which we may not even know when it began: so it lives.
            return false;
        }
    }

    public static string InWords(string owner) => Parse(owner) is { } parts ? $"process {parts.Process} on {parts.Host}" : owner;

    /// <summary>When a process began: on Linux in ticks since the start of a system, told from others by its start and its space of process numbers; elsewhere in seconds. Null where it has ended.</summary>
    private static (string System, string Tick)? StartOf(int process)
    {
        try
        {
            if (OperatingSystem.IsLinux() && File.Exists($"/proc/{process}/stat"))
            {
                // Behind the name, which may hold anything: the state, and as the 20th from there the start.
                string status = File.ReadAllText($"/proc/{process}/stat");
                string[] fields = status[(status.LastIndexOf(')') + 2)..].Split(' ');
                string system = File.ReadAllText("/proc/sys/kernel/random/boot_id")[..8];
                string numbers = new FileInfo("/proc/self/ns/pid").LinkTarget is { } space ? space.Trim('p', 'i', 'd', ':', '[', ']') : "";

                // A process that has ended, but that its parent has not asked about, still has a number.
                return fields[0] is "Z" or "X" ? null : ($"{system}-{numbers}", fields[19]);
            }

            using var found = Process.GetProcessById(process);
            return found.HasExited ? null : ("", new DateTimeOffset(found.StartTime.ToUniversalTime()).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));
        }
        catch (Exception problem) when (problem is ArgumentException or InvalidOperationException or IOException)
        {
            return null;
        }
    }

    private static bool IsSame(string tick, string other) => Own.System.Length > 0
        ? tick == other
        : Math.Abs(double.Parse(tick, CultureInfo.InvariantCulture) - double.Parse(other, CultureInfo.InvariantCulture)) <= Tolerance;

    private static (string Host, int Process, string System, string Tick)? Parse(string owner) =>
        owner.Split('/') is [var host, var number, var start, _]
        && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out int process)
        && start.Split(':') is [var system, var tick]
            ? (host, process, system, tick)
            : null;
}
