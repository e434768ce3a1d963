using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using System.Text;

namespace ParticleImages.Networks;

/// <summary>
/// Lets a program begin with settings of the C library's allocator that torch computes faster with. Nothing here is ever called by a library of
/// ours: only the program that owns a process may restart it.
/// </summary>
/// <remarks>
/// <para>
/// torch takes memory for every large result afresh and gives it back, and by default glibc then asks the system for new pages each time, which cost more
/// than what is computed in them. The settings (<c>MALLOC_MMAP_MAX_=0</c>, <c>MALLOC_TRIM_THRESHOLD_=-1</c>, <c>MALLOC_ARENA_MAX=1</c>; mallopt(3)) make it keep
/// them. They are read once, before a program begins, so the program begins again: the same process with the same number, arguments, working folder, standard
/// streams and exit code (execve(2)) and these three variables more. It then holds more memory.
/// </para>
/// Works on Linux with glibc; on other systems the program goes on as it is.
/// </remarks>
public static class ProcessTuning
{
    /// <summary>The environment variable that decides: <c>keep</c> leaves the allocator as it is.</summary>
    public const string Switch = "PARTICLE_IMAGES_ALLOCATOR";

    // Holds the number of the process that began again, so that children, which inherit it, are not taken for one.
    internal const string Marker = "PARTICLE_IMAGES_RESTARTED";

    internal static readonly (string Name, string Value)[] Settings =
        [("MALLOC_MMAP_MAX_", "0"), ("MALLOC_TRIM_THRESHOLD_", "-1"), ("MALLOC_ARENA_MAX", "1")];

    private const int BrokenPipe = 13;

    /// <summary>Whether this process is one that <see cref="TuneAllocator"/> began again. False where a user had made the settings before.</summary>
    public static bool HasTunedAllocator => Environment.GetEnvironmentVariable(Marker) == OwnNumber;

    private static string OwnNumber => FormattableString.Invariant($"{Environment.ProcessId}");

    /// <summary>
    /// Begins the program again with the allocator's settings if that is possible and wanted, and then never returns; otherwise returns at once and changes nothing.
    /// </summary>
    /// <remarks>
    /// <para>
    /// To be called first thing in Main: what the process has done so far is lost without being finished, no <c>finally</c> runs, and what was read of standard input is
    /// gone. Not to be called where Main is not the program's own, such as in a test, a plug-in or a host of the runtime.
    /// </para>
    /// Returns where the three settings are made, where the user decided for himself (<see cref="Switch"/> is <c>keep</c>, <c>GLIBC_TUNABLES</c> sets something of
    /// <c>glibc.malloc</c>, <c>LD_PRELOAD</c> brings another allocator), in a process that has begun again already, under a debugger, and where the system refuses. A variable that
    /// the user has set stays as it is, also when the others are added. Processes that the program starts inherit the variables.
    /// </remarks>
    public static void TuneAllocator()
    {
        if (OperatingSystem.IsLinux() && IsWanted())
        {
            TryRestart();
        }
    }

    private static bool IsWanted() =>
        !HasTunedAllocator
        && !Debugger.IsAttached
        && !Says(Switch, "keep")
        && !Says("GLIBC_TUNABLES", "glibc.malloc.")
        && !Says("LD_PRELOAD", "malloc")
        && Missing().Length > 0;

    private static bool Says(string variable, string word) =>
        Environment.GetEnvironmentVariable(variable)?.Contains(word, StringComparison.OrdinalIgnoreCase) == true;

    private static (string Name, string Value)[] Missing() =>
        [.. Settings.Where(setting => Environment.GetEnvironmentVariable(setting.Name) is null)];

    [SupportedOSPlatform("linux")]
    private static void TryRestart()
    {
        try
        {
            _ = LibraryVersion();

            // By its own name: the system would show a process started from /proc/self/exe as "exe".
            string program = File.ResolveLinkTarget("/proc/self/exe", returnFinalTarget: false)?.FullName ?? "/proc/self/exe";

            // As bytes, as the system holds them: names of files need not be UTF-8.
            byte[] arguments = File.ReadAllBytes("/proc/self/cmdline");
            byte[] environment =
            [
                .. WithoutMarker(File.ReadAllBytes("/proc/self/environ")),
                .. Missing().Append((Marker, OwnNumber)).SelectMany(variable => Encoding.UTF8.GetBytes($"{variable.Item1}={variable.Item2}\0")),
            ];
            if (arguments.Length > 0)
            {
                Execute(program, arguments, environment);
            }
        }
        catch (Exception problem) when (problem is EntryPointNotFoundException or DllNotFoundException or IOException or UnauthorizedAccessException)
        {
            // Another C library, or no /proc: the program is slower, and no less right.
        }
    }

    // One that a parent left: of two variables of one name the first would count.
    private static byte[] WithoutMarker(byte[] environment)
    {
        byte[] marker = Encoding.UTF8.GetBytes($"{Marker}=");
        var kept = new List<byte>(environment.Length);
        foreach (Range range in Texts(environment))
        {
            if (!environment.AsSpan(range).StartsWith(marker))
            {
                kept.AddRange(environment.AsSpan(range));
            }
        }

        return [.. kept];
    }

    private static unsafe void Execute(string program, byte[] arguments, byte[] environment)
    {
        // Children of the new program must not find broken pipes ignored because this runtime does.
        nint pipes = SetSignal(BrokenPipe, 0);
        fixed (byte* path = Encoding.UTF8.GetBytes($"{program}\0"))
        fixed (byte* argumentTexts = arguments)
        fixed (byte* environmentTexts = environment)
        fixed (nint* argumentList = Pointers(argumentTexts, arguments))
        fixed (nint* environmentList = Pointers(environmentTexts, environment))
        {
            _ = Replace(path, argumentList, environmentList);
        }

        // It came back, so the system has refused.
        _ = SetSignal(BrokenPipe, pipes);
    }

    private static unsafe nint[] Pointers(byte* start, byte[] texts) =>
        [.. Texts(texts).Select(range => range.Start.Value).ToArray().Select(offset => (nint)start + offset), 0];

    // Each with its final zero; the last one of the system's lists has one, too.
    private static List<Range> Texts(byte[] texts)
    {
        var found = new List<Range>();
        for (int start = 0; start < texts.Length;)
        {
            int length = texts.AsSpan(start).IndexOf((byte)0) + 1;
            if (length == 0)
            {
                throw new InvalidDataException("The system's list of texts ends within one.");
            }

            found.Add(start..(start + length));
            start += length;
        }

        return found;
    }

    // Only glibc has it.
    [DllImport("libc", EntryPoint = "gnu_get_libc_version")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern nint LibraryVersion();

    [DllImport("libc", EntryPoint = "signal")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern nint SetSignal(int number, nint handler);

    [DllImport("libc", EntryPoint = "execve")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern unsafe int Replace(byte* path, nint* arguments, nint* environment);
}
