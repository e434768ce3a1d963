using System.Diagnostics;
using System.Numerics;
using System.Runtime.Intrinsics;

namespace ParticleImages.Voxelization.Tests;

/// <summary>All tests of this assembly again as on lesser hardware: a process of their own in which the runtime hides vector instructions.</summary>
public sealed class HardwareTests
{
    // In a process that runs the tests again, so that it does not begin a third.
    private const string Again = "PARTICLEIMAGES_TESTS_AGAIN";

    private static bool IsAgain => Environment.GetEnvironmentVariable(Again) is not null;

    [Theory]
    [InlineData("DOTNET_EnableAVX512")]
    [InlineData("DOTNET_EnableAVX512", "DOTNET_EnableAVX2")]
    [InlineData("DOTNET_EnableHWIntrinsic")]
    public async Task All_tests_pass_without(params string[] instructions)
    {
        Assert.SkipWhen(IsAgain, "These are the tests that run again.");
        var start = new ProcessStartInfo(Environment.ProcessPath!, ["-noColor"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = AppContext.BaseDirectory,
        };

        // The file itself, where a test host runs it.
        if (!Path.GetFileNameWithoutExtension(start.FileName).EndsWith(".Tests", StringComparison.Ordinal))
        {
            start.FileName = Path.Combine(AppContext.BaseDirectory, typeof(HardwareTests).Assembly.GetName().Name!);
        }

        foreach (string name in instructions)
        {
            start.Environment[name] = "0";
        }

        start.Environment[Again] = "1";
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        string output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, output + await errors);
        Assert.Contains("Failed: 0", output, StringComparison.Ordinal);
    }

    [Fact]
    public void What_the_runtime_was_told_to_hide_is_hidden()
    {
        Assert.True(!IsHidden("DOTNET_EnableAVX512") || !Vector512.IsHardwareAccelerated);
        Assert.True(!IsHidden("DOTNET_EnableAVX2") || !Vector256.IsHardwareAccelerated);
        Assert.True(!IsHidden("DOTNET_EnableHWIntrinsic") || !(Vector128.IsHardwareAccelerated || Vector.IsHardwareAccelerated));
    }

    private static bool IsHidden(string name) => Environment.GetEnvironmentVariable(name) == "0";
}
