using System.Runtime.InteropServices;
using System.Runtime.Loader;
using System.Runtime.Versioning;
using TorchSharp;

namespace ParticleImages.Networks;

/// <summary>Loads TorchSharp's native libraries and sets how many threads they use.</summary>
/// <remarks>
/// Networks load it by themselves. Call <see cref="Load"/> first only in a program that uses TorchSharp on its own
/// before it builds or loads a network here: a first use that fails spoils TorchSharp for the rest of the process.
/// <para>
/// TorchSharp 0.107.0 was built for a newer C++ runtime (GCC 13) than Debian 12, Ubuntu 22.04 and AlmaLinux 9 have. There the
/// library is loaded from a copy that asks for nothing newer than GCC 11; see docs/decisions. No
/// file of a package is changed and no copy stays on the disk.
/// </para>
/// All members are safe to call from several threads.
/// </remarks>
public static class TorchLibrary
{
    private const string Bridge = "LibTorchSharp";

    private static readonly Lock Gate = new();
    private static bool loaded;
    private static int chosenThreads;
    private static nint corrected;

    /// <summary>
    /// Threads that networks compute with, whichever thread they are called from. The default is torch's, one a physical core. The same seed
    /// repeats a training bit for bit only with the same number of threads.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    public static int Threads
    {
        get
        {
            Load();
            return chosenThreads > 0 ? chosenThreads : torch.get_num_threads();
        }

        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            Load();
            chosenThreads = value;
            torch.set_num_threads(value);
        }
    }

    /// <summary>Loads the native libraries once; later calls return at once.</summary>
    /// <exception cref="DllNotFoundException">They are missing or can't be loaded; the message says what to do.</exception>
    public static void Load()
    {
        lock (Gate)
        {
            if (loaded)
            {
                return;
            }

            if (OperatingSystem.IsLinux())
            {
                LoadOnLinux();
            }

            LoadManaged();
            loaded = true;
        }
    }

    /// <summary>Before torch computes on this thread: torch keeps the number of threads for each calling thread on its own.</summary>
    internal static void Enter()
    {
        Load();
        if (chosenThreads > 0)
        {
            torch.set_num_threads(chosenThreads);
        }
    }

    [SupportedOSPlatform("linux")]
    private static void LoadOnLinux()
    {
        string bridge = Find($"lib{Bridge}.so")
            ?? throw new DllNotFoundException(
                $"lib{Bridge}.so is not beside the program. Publish the application for linux-x64 with its native files, "
                + "and reference the package TorchSharp-cpu or TorchSharp-cuda-linux from it.");

        WaitBriefly();

        // By full path and in the order of their needs, so that the bridge finds these and no other libtorch of the system.
        foreach (string name in (string[])["libc10.so", "libtorch_cpu.so", "libtorch.so"])
        {
            string path = Find(name)
                ?? throw new DllNotFoundException(
                    $"{name} is not beside the program: TorchSharp has no backend. Reference the package TorchSharp-cpu or "
                    + "TorchSharp-cuda-linux from the application's project; libraries reference TorchSharp alone.");
            NativeLibrary.Load(path);
        }

        if (!NativeLibrary.TryLoad(bridge, out _))
        {
            corrected = LibTorchSharpCorrection.LoadCorrected(bridge);
            AssemblyLoadContext.Default.ResolvingUnmanagedDll += (_, name) => name == Bridge ? corrected : 0;
        }
    }

    /// <summary>
    /// Lets torch's threads give their core away after microseconds of waiting for each other. Their default is milliseconds, and where
    /// anything else runs on the machine they then wait for a thread that they keep from running: on two cores beside one busy program a
    /// training was 1.6 times as fast with this, and no slower alone. libgomp reads the variable once, when it is loaded.
    /// </summary>
    [SupportedOSPlatform("linux")]
    private static void WaitBriefly()
    {
        if (Environment.GetEnvironmentVariable("OMP_WAIT_POLICY") is null && Environment.GetEnvironmentVariable("GOMP_SPINCOUNT") is null)
        {
            // Not Environment.SetEnvironmentVariable, which native code does not see. If it fails, waiting is merely dear.
            _ = SetEnvironment("GOMP_SPINCOUNT", "2000", overwrite: 0);
        }
    }

    [DllImport("libc", EntryPoint = "setenv")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetEnvironment(
        [MarshalAs(UnmanagedType.LPUTF8Str)] string name, [MarshalAs(UnmanagedType.LPUTF8Str)] string value, int overwrite);

    private static void LoadManaged()
    {
        try
        {
            torch.InitializeDeviceType(DeviceType.CPU);
        }
        catch (Exception problem) when (problem is TypeInitializationException or NotSupportedException or DllNotFoundException)
        {
            throw new DllNotFoundException(
                "TorchSharp's native library did not load. Reference the package TorchSharp-cpu (or a TorchSharp-cuda package) from the "
                + "application's project; on Windows with version 0.107.0 see https://github.com/dotnet/TorchSharp/issues/1567. "
                + $"Reported: {problem.GetBaseException().Message}",
                problem);
        }
    }

    private static string? Find(string name)
    {
        string searched = (string?)AppContext.GetData("NATIVE_DLL_SEARCH_DIRECTORIES") ?? string.Empty;
        string rid = $"linux-{RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant()}";
        return searched.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Append(AppContext.BaseDirectory)
            .Append(Path.Combine(AppContext.BaseDirectory, "runtimes", rid, "native"))
            .Select(folder => Path.Combine(folder, name))
            .FirstOrDefault(File.Exists);
    }
}
