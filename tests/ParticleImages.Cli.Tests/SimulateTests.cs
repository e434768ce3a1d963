using ParticleImages.Formats;
using ParticleImages.Simulation;

namespace ParticleImages.Cli.Tests;

public sealed class SimulateTests
{
    [Fact]
    public void Each_class_is_a_file_of_its_own_that_says_that_it_is_synthetic()
    {
        using var folder = new TemporaryFolder();
        ToolRun.OutputOf("simulate", "--photons", "20", "--electrons", "30", "--seed", "7", "--out", folder["toy"]);
        AssertHolds(folder["toy/SyntheticPhotonPt50_IMGCROPS_n20_seed7.hdf5"], ToyShowers.With(20, 0, seed: 7));
        AssertHolds(folder["toy/SyntheticElectronPt50_IMGCROPS_n30_seed7.hdf5"], ToyShowers.With(0, 30, seed: 7));
        Assert.Equal(2, Directory.GetFileSystemEntries(folder["toy"]).Length);
    }

    [Theory]
    [InlineData("--photons", "SyntheticPhotonPt50_IMGCROPS_n3_seed1.hdf5")]
    [InlineData("--electrons", "SyntheticElectronPt50_IMGCROPS_n3_seed1.hdf5")]
    public void A_class_without_events_has_no_file(string option, string name)
    {
        using var folder = new TemporaryFolder();
        string output = ToolRun.OutputOf("simulate", option, "3", "--out", folder.Path);
        Assert.Equal(folder[name], Assert.Single(Directory.GetFileSystemEntries(folder.Path)));
        Assert.Contains(folder[name], Assert.Single(output.TrimEnd().Split(Environment.NewLine)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_there_is_replaced_only_by_force()
    {
        using var folder = new TemporaryFolder();
        string[] arguments = ["simulate", "--photons", "3", "--electrons", "2", "--out", folder.Path];
        string electrons = folder["SyntheticElectronPt50_IMGCROPS_n2_seed1.hdf5"];
        File.WriteAllText(electrons, "mine");
        ToolRun.Of(arguments).AssertFailed(electrons, "there already", "--force");
        Assert.Equal("mine", File.ReadAllText(electrons));
        Assert.Single(Directory.GetFileSystemEntries(folder.Path));

        ToolRun.OutputOf([.. arguments, "--force"]);
        AssertHolds(electrons, ToyShowers.With(0, 2, seed: 1));
    }

    [Fact]
    public void A_folder_that_can_not_be_made_is_a_failure()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["file"], "");
        ToolRun.Of("simulate", "--photons", "3", "--out", folder["file"]).AssertFailed(folder["file"]);
    }

    private static void AssertHolds(string path, ToyShowers showers)
    {
        using EventSource expected = showers.Build();
        using EventSource saved = EventFile.Open(path);
        Assert.Equal(Bits.Of(expected.Read(0, expected.Count).Images), Bits.Of(saved.Read(0, saved.Count).Images));
        Assert.Equal(expected.Read(0, expected.Count).Labels.ToArray(), saved.Read(0, saved.Count).Labels.ToArray());
        Assert.Equal(showers.Attributes.OrderBy(pair => pair.Key), EventFile.ReadAttributes(path).OrderBy(pair => pair.Key));
    }
}
