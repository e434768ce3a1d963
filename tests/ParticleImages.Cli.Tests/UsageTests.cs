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
    [InlineData("voxelize a.hdf5 --out OUT --scale-energy 0", "--scale-energy 0", " voxelize")]
    [InlineData("voxelize a.hdf5 --out OUT --scale-energy NaN", "--scale-energy NaN", " voxelize")]
    [InlineData("train a.hdf5", "'--out' is required", " train")]
    [InlineData("train --out DIR", "'IN'", " train")]
    [InlineData("train a.hdf5 --out DIR --lerning-rate 1", "no option '--lerning-rate'", " train")]
    [InlineData("train a.hdf5 --out DIR --network tiny", "--network 'tiny' is no network. There are stable, small, notebook, plane", " train")]
    [InlineData("train a.hdf5 --out DIR --recipe fast", "--recipe 'fast' is not known. There are stable, notebook.", " train")]
    [InlineData("train a.hdf5 --out DIR --optimizer Adam", "--optimizer 'Adam' is not known. There are adam, adamw, nadam, sgd, rmsprop.", " train")]
    [InlineData("train a.hdf5 --out DIR --schedule cos", "--schedule 'cos' is not known", " train")]
    [InlineData("train a.hdf5 --out DIR --epochs 0", "--epochs 0 is below 1", " train")]
    [InlineData("train a.hdf5 --out DIR --epochs 2.5", "--epochs '2.5' is not a whole number", " train")]
    [InlineData("train a.hdf5 --out DIR --batch-size 0", "--batch-size 0 is below 1", " train")]
    [InlineData("train a.hdf5 --out DIR --learning-rate 0", "--learning-rate 0: a learning rate is a positive number", " train")]
    [InlineData("train a.hdf5 --out DIR --learning-rate NaN", "--learning-rate NaN: a learning rate is a positive number", " train")]
    [InlineData("train a.hdf5 --out DIR --learning-rate -1e-3", "--learning-rate -0.001: a learning rate is a positive number", " train")]
    [InlineData("train a.hdf5 --out DIR --learning-rate 1e999", "a learning rate is a positive number", " train")]
    [InlineData("train a.hdf5 --out DIR --learning-rate 0,001", "--learning-rate '0,001' is not a number", " train")]
    [InlineData("train a.hdf5 --out DIR --seed -1", "--seed -1 is below 0", " train")]
    [InlineData("train a.hdf5 --out DIR --patience 0", "--patience 0 is below 1", " train")]
    [InlineData("train a.hdf5 --out DIR --validation 1.5", "--validation '1.5' is neither", " train")]
    [InlineData("train a.hdf5 --out DIR --validation -3", "--validation '-3' is neither", " train")]
    [InlineData("train a.hdf5 --out DIR --test NaN", "--test 'NaN' is neither", " train")]
    [InlineData("train a.hdf5 --out DIR --test 0,2", "--test '0,2' is neither", " train")]
    [InlineData("train a.hdf5 --out DIR --train 0", "--train 0: without events", " train")]
    [InlineData("train a.hdf5 --out DIR --validation 0 --keep-best", "--keep-best looks at the validation loss", " train")]
    [InlineData("train a.hdf5 --out DIR --validation 0 --patience 3", "--patience looks at the validation loss", " train")]
    [InlineData("train a.hdf5 --out DIR --validation 0 --schedule plateau", "--schedule plateau looks at the validation loss", " train")]
    [InlineData("train a.hdf5 --out DIR --device gpu", "--device 'gpu' is no device", " train")]
    [InlineData("train a.hdf5 --out DIR --device cuda:-1", "--device 'cuda:-1' is no device", " train")]
    [InlineData("train a.hdf5 --out DIR --threads 0", "--threads 0: a network computes with 1 thread or more", " train")]
    [InlineData("evaluate", "'MODEL'", " evaluate")]
    [InlineData("evaluate model", "'IN'", " evaluate")]
    [InlineData("evaluate model a.hdf5 --events 5", "--events '5' is no range", " evaluate")]
    [InlineData("evaluate model a.hdf5 --device none", "--device 'none' is no device", " evaluate")]
    [InlineData("evaluate model.onnx a.hdf5 --device cuda", "an ONNX file is computed on the CPU", " evaluate")]
    [InlineData("evaluate --modl m a.hdf5", "no option '--modl'", " evaluate")]
    [InlineData("predict model a.hdf5", "'--out' is required", " predict")]
    [InlineData("predict model a.hdf5 --out scores.txt", "does not end in .csv or .npz", " predict")]
    [InlineData("predict model OUT --out OUT", "would be lost", " predict")]
    [InlineData("predict model a.hdf5 --out OUT --threads many", "--threads 'many' is not a whole number", " predict")]
    [InlineData("network", "'NETWORK'", " network")]
    [InlineData("network tiny", "NETWORK 'tiny' is no network", " network")]
    [InlineData("network small --shape 21x32", "--shape '21x32' is no shape", " network")]
    [InlineData("network small --shape 21x0x32", "--shape '21x0x32' is no shape", " network")]
    [InlineData("network small --shape 2000000000x2000000000x2", "--shape '2000000000x2000000000x2'", " network")]
    [InlineData("network a.json --shape 21x32x32", "--shape is for networks known by their names", " network")]
    [InlineData("export-onnx model", "'--out' is required", " export-onnx")]
    [InlineData("export-onnx model --out OUT", "does not end in .onnx", " export-onnx")]
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
    [InlineData("train", "a.hdf5", "--out", "")]
    [InlineData("train", "", "--out", "out")]
    [InlineData("evaluate", "", "a.hdf5")]
    [InlineData("predict", "model", "", "--out", "scores.csv")]
    [InlineData("network", "")]
    [InlineData("export-onnx", "", "--out", "model.onnx")]
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
        Assert.All(new[] { "inspect", "simulate", "voxelize", "train", "evaluate", "predict", "network", "export-onnx" }, verb => Assert.Contains(verb, run.Error, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("--help", "inspect", "simulate", "voxelize", "train", "evaluate", "predict", "network", "export-onnx")]
    [InlineData(
        "train --help", "IN", "--out", "--force", "--network", "stable, small, notebook, plane", "--recipe", "--epochs", "--batch-size", "--learning-rate", "--seed", "[default: 1]",
        "--optimizer", "--schedule", "--keep-best", "--patience", "--train", "--validation", "[default: 0.2]", "--test", "--device", "[default: cpu]", "--threads", "--keep-allocator", "--energy-above",
        "--scale-energy", "--images")]
    [InlineData("evaluate --help", "MODEL", "IN", "--events", "--device", "--threads", "--keep-allocator", "--label", ".onnx")]
    [InlineData("predict --help", "MODEL", "IN", "--out", "OUT.csv|OUT.npz", "--events", "--device", "--threads", "--keep-allocator")]
    [InlineData("network --help", "NETWORK", "--shape", "--json", "21x32x32")]
    [InlineData("export-onnx --help", "MODEL", "--out")]
    [InlineData("inspect --help", "FILE", "--images", "--labels", "--label", "--channel-first", "--channel-last", "--column-first", "--energy-factor", "--layout", "calogan-0", "--time", "50 ns")]
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
