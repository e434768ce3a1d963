using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using System.Security.Cryptography;

namespace ParticleImages.Networks;

/// <summary>
/// Makes libLibTorchSharp.so of TorchSharp 0.107.0 loadable where libstdc++ is older than GCC 13's, by correcting what
/// it asks for in a copy.
/// </summary>
/// <remarks>
/// <para>
/// GLIBCXX_3.4.32 (GCC 13) is asked for by one symbol, std::ios_base_library_init, that no relocation uses: it only makes
/// the linker check the version. GLIBCXX_3.4.30 (GCC 12; AlmaLinux 9 has GCC 11) is asked for by one symbol,
/// std::condition_variable::wait, which libstdc++ also has, in all versions since GCC 4.4, as GLIBCXX_3.4.11. So three numbers are
/// changed: both versions become weak needs (VER_FLG_WEAK, which the loader does not insist on), and the wait is bound to
/// the older version. See `readelf -V` and `readelf --dyn-syms`, and the ELF symbol versioning of the LSB.
/// </para>
/// Only the exact file that this was worked out for is corrected, known by its SHA-256.
/// </remarks>
[SupportedOSPlatform("linux")]
internal static class LibTorchSharpCorrection
{
    internal const string KnownVersion = "0.107.0";
    private const string KnownHash = "CF33B1B0BB6BBB9754A768FB5C5D04D9F498603BE50E73F55621A0B40EE608B8";

    // Where in the file, what stands there, what should stand there: 16-bit little-endian numbers.
    private static readonly (int Offset, ushort Found, ushort Wanted)[] Corrections =
    [
        (0x3FA34, 0, 2),        // .gnu.version_r, GLIBCXX_3.4.32: vna_flags = VER_FLG_WEAK
        (0x3F9C4, 0, 2),        // .gnu.version_r, GLIBCXX_3.4.30: vna_flags = VER_FLG_WEAK
        (0x3E7A0, 29, 10),      // .gnu.version, symbol 1017 (condition_variable::wait): GLIBCXX_3.4.30 to GLIBCXX_3.4.11
    ];

    public static nint LoadCorrected(string path)
    {
        byte[] library = File.ReadAllBytes(path);
        if (!TryCorrect(library))
        {
            throw new DllNotFoundException(
                $"{path} can't be loaded: {Reason(path)} It is not the file of TorchSharp {KnownVersion}, so it is left alone. Use TorchSharp "
                + $"{KnownVersion} (MSBuild property TorchSharpVersion), or a system whose C++ runtime is of GCC 13 or newer "
                + "(Debian 13, Ubuntu 24.04, AlmaLinux 10).");
        }

        // A folder may forbid running code from it (noexec), so there is more than one to try. The loaded copy needs no name.
        string refused = string.Empty;
        foreach (string folder in Folders())
        {
            try
            {
                return LoadFrom(folder, library);
            }
            catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or DllNotFoundException)
            {
                refused += $" {folder}: {problem.Message}";
            }
        }

        throw new DllNotFoundException(
            $"{path} needs a C++ runtime of GCC 13 or newer, and a corrected copy could not be loaded. Set TMPDIR to a folder that may be "
            + $"written and run code from, or install a newer libstdc++. Tried:{refused}");
    }

    /// <summary>Corrects the library in place if it is the known one; otherwise leaves it alone and returns false.</summary>
    internal static bool TryCorrect(byte[] library)
    {
        if (Convert.ToHexString(SHA256.HashData(library)) != KnownHash)
        {
            return false;
        }

        foreach ((int offset, ushort found, ushort wanted) in Corrections)
        {
            Span<byte> place = library.AsSpan(offset, 2);
            if (BinaryPrimitives.ReadUInt16LittleEndian(place) != found)
            {
                return false;
            }

            BinaryPrimitives.WriteUInt16LittleEndian(place, wanted);
        }

        return true;
    }

    private static nint LoadFrom(string folder, byte[] library)
    {
        // Only this user can enter the folder, so nobody can exchange the file between writing and loading.
        string own = Path.Combine(folder, $"particle-images-{Guid.NewGuid():N}");
        Directory.CreateDirectory(own, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        try
        {
            string copy = Path.Combine(own, "libLibTorchSharp.so");
            File.WriteAllBytes(copy, library);
            return NativeLibrary.Load(copy);
        }
        finally
        {
            Directory.Delete(own, recursive: true);
        }
    }

    private static IEnumerable<string> Folders() => new[]
    {
        Path.GetTempPath(),
        Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.Create),
        AppContext.BaseDirectory,
    }.Where(folder => folder.Length > 0);

    private static string Reason(string path)
    {
        try
        {
            NativeLibrary.Load(path);
            return string.Empty;
        }
        catch (DllNotFoundException problem)
        {
            return problem.Message;
        }
    }
}
