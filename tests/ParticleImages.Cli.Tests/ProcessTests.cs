using System.Diagnostics;

namespace ParticleImages.Cli.Tests;

/// <summary>The built tool as a shell meets it: real streams, exit codes and signals.</summary>
public sealed class ProcessTests(ITestOutputHelper log) : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task The_three_verbs_work_one_after_the_other()
    {
        (int code, string output, string error) = await ToolProcess.Run("simulate", "--photons", "4", "--electrons", "3", "--seed", "5", "--out", folder["toy"]);
        Assert.Equal((0, ""), (code, error));
        string[] files = [.. output.TrimEnd().Split(Environment.NewLine).Select(line => line[..line.LastIndexOf(':')])];
        Assert.Equal(2, files.Length);

        (code, output, error) = await ToolProcess.Run(["inspect", .. files]);
        Assert.Equal((0, ""), (code, error));
        Assert.Contains("synthetic", output, StringComparison.Ordinal);

        (code, output, error) = await ToolProcess.Run(["voxelize", .. files, "--out", folder["voxels.npz"]]);
        Assert.Equal((0, ""), (code, error));
        Assert.Contains("(7, 21, 32, 32)", output, StringComparison.Ordinal);
        Assert.True(File.Exists(folder["voxels.npz"]));
    }

    [Fact]
    public async Task A_wrong_command_line_is_code_2_and_silent_on_standard_output()
    {
        (await ToolProcess.Run("voxelize", "a.hdf5", "--time-step", "0,01", "--out", folder["voxels.npz"]))
            .AssertWrongUsage("--time-step '0,01'", "See particle-images voxelize --help.");
        ToolRun nothing = await ToolProcess.Run();
        Assert.Equal((2, ""), (nothing.Code, nothing.Output));
        Assert.Contains("particle-images [command]", nothing.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bad_data_is_code_1_and_silent_on_standard_output()
    {
        (await ToolProcess.Run("voxelize", TestFiles.Data("hdf5/bad-label.hdf5"), "--out", folder["voxels.npz"])).AssertFailed("Event 17");
        (await ToolProcess.Run("inspect", folder["missing.hdf5"])).AssertFailed("missing.hdf5");
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder.Path));
    }

    [Fact]
    public async Task Help_and_version_are_answers()
    {
        ToolRun help = await ToolProcess.Run("--help");
        Assert.Equal((0, ""), (help.Code, help.Error));
        Assert.Contains("particle-images [command]", help.Output, StringComparison.Ordinal);
        ToolRun version = await ToolProcess.Run("--version");
        Assert.Equal((0, ""), (version.Code, version.Error));
        Assert.Matches(@"^\d+\.\d+\.\d+", version.Output);
    }

    [Fact]
    public async Task Interrupted_it_stops_with_code_130_and_leaves_no_part_of_a_file()
    {
        if (OperatingSystem.IsWindows())
        {
            log.WriteLine("On Windows Ctrl-C can't be sent to another process alone; nothing was interrupted.");
            return;
        }

        // Minutes of simulation; the file grows from its first events on.
        using Process process = ToolProcess.Start("simulate", "--photons", "2000000", "--out", folder["toy"]);
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> error = process.StandardError.ReadToEndAsync();
        while (!Directory.Exists(folder["toy"]) || Directory.GetFiles(folder["toy"]).Length == 0)
        {
            Assert.False(process.HasExited, "It ended before it could be interrupted.");
            await Task.Delay(20);
        }

        await ToolProcess.Signal(process, "INT");
        Assert.Equal(130, process.ExitCode);
        Assert.Equal("", await output);
        Assert.StartsWith("Stopped", Assert.Single((await error).TrimEnd().Split(Environment.NewLine)), StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder["toy"]));
    }
}
