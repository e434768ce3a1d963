using System.Diagnostics;
using System.Text;
using TorchSharp;

namespace ParticleImages.Networks.Tests;

public sealed class NativeLoadingTests
{
    [Fact]
    public void Torch_loads_and_computes()
    {
        TorchLibrary.Load();
        TorchLibrary.Load();
        using torch.Tensor sum = torch.ones(3).sum();

        Assert.Equal(3, sum.item<float>());
        Assert.InRange(TorchLibrary.Threads, 1, 1024);
        Assert.Throws<ArgumentOutOfRangeException>(() => TorchLibrary.Threads = 0);
    }

    [Fact]
    public void An_exception_of_torch_passes_the_bridge_as_an_exception()
    {
        TorchLibrary.Load();
        using torch.Tensor three = torch.ones(3);

        Assert.Throws<System.Runtime.InteropServices.ExternalException>(() => three.reshape(2, 2));
    }

    [Fact]
    public void A_library_that_is_not_the_known_one_is_left_alone()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        byte[] other = File.ReadAllBytes(Bridge());
        other[^1] ^= 1;
        byte[] before = [.. other];

        Assert.False(LibTorchSharpCorrection.TryCorrect(other));
        Assert.Equal(before, other);
        Assert.False(LibTorchSharpCorrection.TryCorrect([]));
    }

    [Fact]
    public void The_correction_changes_three_numbers_of_the_known_library()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        byte[] library = File.ReadAllBytes(Bridge());
        byte[] corrected = [.. library];

        Assert.True(LibTorchSharpCorrection.TryCorrect(corrected));
        Assert.Equal(3, library.Zip(corrected).Count(pair => pair.First != pair.Second));
    }

    /// <summary>
    /// AlmaLinux 9 has the C++ runtime of GCC 11, which ends at GLIBCXX_3.4.29. Here the system's own runtime plays it: a copy in which the
    /// versions from 3.4.30 on have other names, put before the system's for a new process.
    /// </summary>
    [Fact]
    public void Torch_loads_with_a_runtime_as_old_as_GCC_11s()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        using var folder = new TemporaryFolder();
        string system = File.ReadLines("/proc/self/maps")
            .Select(line => line[(line.LastIndexOf(' ') + 1)..])
            .First(path => Path.GetFileName(path).StartsWith("libstdc++.so", StringComparison.Ordinal));
        byte[] runtime = File.ReadAllBytes(system);
        int renamed = 0;
        for (int version = 30; version < 40; version++)
        {
            Span<byte> rest = runtime;
            for (int at; (at = rest.IndexOf(Encoding.ASCII.GetBytes($"GLIBCXX_3.4.{version}\0"))) >= 0; rest = rest[(at + 1)..])
            {
                rest[at + 8] = (byte)'9';
                renamed++;
            }
        }

        File.WriteAllBytes(folder["libstdc++.so.6"], runtime);

        Assert.True(renamed > 0, "the system's runtime is itself that old, so every other test here is this one");
        (int exit, string output) = RunOneTest(nameof(Torch_loads_and_computes), ("LD_LIBRARY_PATH", folder.Path));
        Assert.True(exit == 0, output);
        Assert.Contains("Total: 1, Errors: 0, Failed: 0", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Torch_loads_where_the_temporary_folder_can_not_be_written()
    {
        (int exit, string output) = RunOneTest(nameof(Torch_loads_and_computes), ("TMPDIR", "/dev/null/nowhere"));

        Assert.True(exit == 0, output);
    }

    private static string Bridge() =>
        Path.Combine(AppContext.BaseDirectory, "runtimes", "linux-x64", "native", "libLibTorchSharp.so");

    private static (int Exit, string Output) RunOneTest(string method, (string Name, string Value) environment)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!)
        {
            ArgumentList = { "-method", $"{typeof(NativeLoadingTests).FullName}.{method}", "-noColor" },
            Environment = { [environment.Name] = environment.Value },
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process child = Process.Start(start)!;
        Task<string> errors = child.StandardError.ReadToEndAsync();
        string output = child.StandardOutput.ReadToEnd();
        child.WaitForExit();
        return (child.ExitCode, output + errors.Result);
    }
}
