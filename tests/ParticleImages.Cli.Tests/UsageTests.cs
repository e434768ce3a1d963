namespace ParticleImages.Cli.Tests;

/// <summary>Command lines that are wrong by themselves: code 2, two lines on standard error, nothing on standard output, no file.</summary>
public sealed class UsageTests(ITestOutputHelper log)
{
    [Theory]
    [InlineData("frobnicate", "'frobnicate'", "")]
    [InlineData("--frobnicate", "'--frobnicate'", "")]
    [InlineData("inspect", "'FILE'", " inspect")]
    [InlineData("inspect --imagse X a.hdf5", "no option '--imagse'", " inspect")]
    [InlineData("inspect a.hdf5 --label 2", "0 (photon) or 1 (electron)", " inspect")]
    [InlineData("inspect a.hdf5 --label one", "--label 'one' is not a whole number", " inspect")]
    [InlineData("inspect a.hdf5 --label 1 --labels y", "--labels and --label exclude each other", " inspect")]
    [InlineData("inspect a.hdf5 --time soon", "--time 'soon' is not a number", " inspect")]
    [InlineData("inspect a.hdf5 --time NaN", "finite", " inspect")]
    [InlineData("inspect a.hdf5 --time 1e300", "--time 1e300 is too large", " inspect")]
    [InlineData("simulate --photons 5", "'--out' is required", " simulate")]
    [InlineData("simulate --out DIR", "nothing to simulate", " simulate")]
    [InlineData("simulate --photons 0 --electrons 0 --out DIR", "nothing to simulate", " simulate")]
    [InlineData("simulate --photons -1 --out DIR", "--photons -1 is below 0", " simulate")]
    [InlineData("simulate --electrons 1e3 --out DIR", "--electrons '1e3' is not a whole number", " simulate")]
    [InlineData("simulate --electrons 3000000000 --out DIR", "too large", " simulate")]
    [InlineData("simulate --photons 5 --out DIR more", "'more'", " simulate")]
    [InlineData("voxelize a.hdf5", "'--out' is required", " voxelize")]
    [InlineData("voxelize --out OUT", "'IN'", " voxelize")]
    [InlineData("voxelize a.hdf5 --out voxels.h5", "does not end in .npz", " voxelize")]
    [InlineData("voxelize a.hdf5 OUT --out OUT", "would be lost", " voxelize")]
    [InlineData("voxelize a.hdf5 --out OUT --enrgy-above 0.01", "no option '--enrgy-above'", " voxelize")]
    [InlineData("voxelize a.hdf5 --out OUT --energy-above 0,005", "--energy-above '0,005' is not a number", " voxelize")]
    [InlineData("voxelize a.hdf5 --out OUT --energy-above 1e39", "--energy-above", " voxelize")]
    [InlineData("voxelize a.hdf5 --out OUT --time-within 0", "--time-within 0", " voxelize")]
    [InlineData("voxelize a.hdf5 --out OUT --time-within NaN", "--time-within NaN", " voxelize")]
    [InlineData("voxelize a.hdf5 --out OUT --time-step 0", "--time-step 0", " voxelize")]
    [InlineData("voxelize a.hdf5 --out OUT --time-step 1e-9", "at most 65536", " voxelize")]
    [InlineData("voxelize a.hdf5 --out OUT --time-stop -0.2", "--time-stop -0.2", " voxelize")]
    [InlineData("voxelize a.hdf5 --out OUT --time-start 1", "--time-start 1 does not lie before --time-stop 0.1", " voxelize")]
    [InlineData("voxelize a.hdf5 --out OUT --time-stop NaN", "--time-stop NaN", " voxelize")]
    [InlineData("voxelize a.hdf5 --out OUT --crop 5", "--crop 5", " voxelize")]
    [InlineData("voxelize a.hdf5 --out OUT --notebook --time-within 0.1", "takes no --time-within", " voxelize")]
    [InlineData("voxelize a.hdf5 --out OUT --notebook --time-step 0.3", "--time-step 0.3", " voxelize")]
    [InlineData("voxelize a.hdf5 --out OUT --events 7", "--events '7' is no range", " voxelize")]
    [InlineData("voxelize a.hdf5 --out OUT --events a:b", "--events 'a:b' is no range", " voxelize")]
    [InlineData("voxelize a.hdf5 --out OUT --events 0:8:2", "--events '0:8:2' is no range", " voxelize")]
    [InlineData("voxelize a.hdf5 --out OUT --events 0:99999999999", "99999999999 is too large", " voxelize")]
    [InlineData("voxelize a.hdf5 --out OUT --events :0", "holds no event", " voxelize")]
    [InlineData("voxelize a.hdf5 --out OUT --events 5:5", "holds no event", " voxelize")]
    [InlineData("voxelize a.hdf5 --out OUT --events -2:-4", "holds no event", " voxelize")]
    public void A_wrong_command_line_is_one_error_and_one_hint(string line, string essential, string verb)
    {
        using var folder = new TemporaryFolder();
        string[] arguments = line.Replace("OUT", folder["out.npz"], StringComparison.Ordinal)
            .Replace("DIR", folder["toy"], StringComparison.Ordinal).Split(' ');
        ToolRun.Of(arguments).AssertWrongUsage(essential, $"See particle-images{verb} --help.");
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder.Path));
    }

    [Theory]
    [InlineData("inspect", "")]
    [InlineData("voxelize", "", "--out", "out.npz")]
    [InlineData("inspect", "a.hdf5", "--images", "")]
    [InlineData("simulate", "--photons", "1", "--out", "")]
    public void An_empty_name_is_wrong_usage(params string[] arguments) =>
        ToolRun.Of(arguments).AssertWrongUsage("empty", $"See particle-images {arguments[0]} --help.");

    [Theory]
    [InlineData("link.npz", "real/in.npz")]
    [InlineData("real/in.npz", "link.npz")]
    [InlineData("linked/in.npz", "real/in.npz")]
    [InlineData("real/in.npz", "linked/in.npz")]
    [InlineData("twice/in.npz", "linked/in.npz")]
    [InlineData("inner/../in.npz", "real/in.npz")]
    [InlineData("linked/../link.npz", "real/./in.npz")]
    public void The_input_behind_links_is_the_input(string input, string output)
    {
        if (OperatingSystem.IsWindows())
        {
            log.WriteLine("On Windows links need a privilege; none was made.");
            return;
        }

        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["real/deeper"]);
        File.WriteAllText(folder["real/in.npz"], "mine");
        File.CreateSymbolicLink(folder["link.npz"], folder["real/in.npz"]);
        Directory.CreateSymbolicLink(folder["linked"], "real");
        Directory.CreateSymbolicLink(folder["twice"], folder["linked"]);
        Directory.CreateSymbolicLink(folder["inner"], "./linked/deeper");
        ToolRun.Of("voxelize", folder[input], "--out", folder[output])
            .AssertWrongUsage("would be lost", "See particle-images voxelize --help.");
        Assert.Equal("mine", File.ReadAllText(folder["real/in.npz"]));
    }

    [Fact]
    public void Links_in_a_circle_are_told()
    {
        if (OperatingSystem.IsWindows())
        {
            log.WriteLine("On Windows links need a privilege; none was made.");
            return;
        }

        using var folder = new TemporaryFolder();
        File.CreateSymbolicLink(folder["a.npz"], "b.npz");
        File.CreateSymbolicLink(folder["b.npz"], "a.npz");
        ToolRun.Of("voxelize", folder["a.npz"], "--out", folder["out.npz"]).AssertFailed("a.npz");
    }

    [Fact]
    public void Without_arguments_the_help_goes_to_standard_error()
    {
        ToolRun run = ToolRun.Of();
        Assert.Equal(2, run.Code);
        Assert.Equal("", run.Output);
        Assert.All(new[] { "inspect", "simulate", "voxelize" }, verb => Assert.Contains(verb, run.Error, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("--help", "inspect", "simulate", "voxelize")]
    [InlineData("inspect --help", "FILE", "--images", "--labels", "--label", "--channel-first", "--time", "50 ns")]
    [InlineData("simulate --help", "--photons", "--electrons", "--seed", "--out", "--force", "50 GeV", "synthetic")]
    [InlineData(
        "voxelize --help", "IN", "--out", "--energy-above", "0.25 GeV", "[default: 0.005]", "--time-within", "5 ns", "[default: 0.1]", "--time-start", "[default: -0.1]",
        "--time-stop", "--time-step", "0.495 ns", "[default: 0.0099]", "--exclusive", "--notebook", "attributes", "--crop", "--events", "--images")]
    public void The_help_that_was_asked_for_is_an_answer(string line, params string[] essentials)
    {
        string help = ToolRun.OutputOf(line.Split(' '));
        Assert.All(essentials, essential => Assert.Contains(essential, help, StringComparison.Ordinal));
    }
}
