namespace ParticleImages.Architecture.Tests;

public sealed class ReferenceTests
{
    // Who may reference whom; null stands for everything. A new project gets its line here first.
    private static readonly Dictionary<string, string[]?> Allowed = new()
    {
        ["ParticleImages"] = [],
        ["ParticleImages.Formats"] = ["ParticleImages"],
        ["ParticleImages.Simulation"] = ["ParticleImages"],
        ["ParticleImages.Voxelization"] = ["ParticleImages"],
        ["ParticleImages.Networks"] = ["ParticleImages.Voxelization"],
        ["ParticleImages.Onnx"] = ["ParticleImages.Voxelization"],
        ["ParticleImages.Plotting"] = ["ParticleImages.Voxelization", "ParticleImages.Search"],
        ["ParticleImages.Plotting.Networks"] = ["ParticleImages.Networks", "ParticleImages.Plotting"],
        ["ParticleImages.Reports"] = ["ParticleImages.Formats", "ParticleImages.Pipelines", "ParticleImages.Plotting", "ParticleImages.Plotting.Networks", "ParticleImages.Search.Storage"],
        ["ParticleImages.Search"] = [],
        ["ParticleImages.Search.Storage"] = ["ParticleImages.Search"],
        ["ParticleImages.Search.Tables"] = ["ParticleImages.Search"],
        ["ParticleImages.Pipelines"] = ["ParticleImages.Networks", "ParticleImages.Search"],
        ["ParticleImages.Cli"] = null,
    };

    [Fact]
    public void Every_project_has_its_place_and_references_run_one_way()
    {
        foreach ((string name, (string[] projects, _)) in Sources.Projects)
        {
            Assert.True(Allowed.TryGetValue(name, out string[]? allowed), $"{name} has no place among the references yet.");
            if (allowed is not null)
            {
                Assert.All(projects, reference => Assert.Contains(reference, allowed));
            }
        }
    }

    [Fact]
    public void The_event_model_and_the_voxelizer_bring_no_package()
    {
        Assert.Empty(Sources.Projects["ParticleImages"].Packages);
        Assert.Empty(Sources.Projects["ParticleImages.Voxelization"].Packages);
    }

    [Fact]
    public void Only_the_tool_brings_a_library_for_terminals() =>
        Assert.Equal(
            ["ParticleImages.Cli"],
            Sources.Projects.Where(project => project.Value.Packages.Any(package => package.StartsWith("Spectre.", StringComparison.OrdinalIgnoreCase))).Select(project => project.Key));

    [Fact]
    public void Only_the_networks_bring_torch_and_no_library_chooses_its_backend()
    {
        string[] withTorch = [.. Sources.Projects
            .Where(project => project.Value.Packages.Any(package => package.StartsWith("TorchSharp", StringComparison.OrdinalIgnoreCase)))
            .Select(project => project.Key)];

        Assert.Equal(["ParticleImages.Networks"], withTorch);
        Assert.DoesNotContain(Sources.Projects["ParticleImages.Networks"].Packages, package => package.StartsWith("TorchSharp-", StringComparison.OrdinalIgnoreCase));
    }
}
