using System.Runtime.InteropServices;

namespace ParticleImages.Cli.Tests;

/// <summary>The tool beginning again with a tuned allocator, in processes of its own.</summary>
[Collection("torch")]
public sealed class AllocatorTests : IDisposable
{
    private const string Notice = ", allocator tuned (--keep-allocator leaves it as it is)";

    private readonly TrainedExample example = new();

    // The machine that runs the tests may have decided already.
    private static bool IsPossible =>
        OperatingSystem.IsLinux() && !RuntimeInformation.RuntimeIdentifier.Contains("musl", StringComparison.Ordinal)
        && Environment.GetEnvironmentVariable("PARTICLE_IMAGES_ALLOCATOR") is null && Environment.GetEnvironmentVariable("MALLOC_ARENA_MAX") is null;

    public void Dispose() => example.Dispose();

    [Fact]
    public async Task A_training_says_that_the_allocator_is_tuned_and_gives_the_same_weights_without()
    {
        ToolRun tuned = await ToolProcess.Run(example.Training());
        Assert.Equal((0, ""), (tuned.Code, tuned.Error));
        Assert.Equal(IsPossible, tuned.Output.Contains($"cpu, 1 thread{Notice}", StringComparison.Ordinal));
        string weights = TrainedExample.HashOfWeights(example.Model);

        ToolRun kept = await ToolProcess.Run(example.Training("--keep-allocator", "--force"));
        Assert.Equal((0, ""), (kept.Code, kept.Error));
        Assert.DoesNotContain("allocator", kept.Output, StringComparison.Ordinal);
        Assert.Equal(weights, TrainedExample.HashOfWeights(example.Model));
    }

    [Fact]
    public async Task Judging_is_the_same_in_a_process_that_began_again()
    {
        example.Train();
        ToolRun tuned = await ToolProcess.Run("evaluate", example.Out, example.Events, "--threads", "1");
        ToolRun kept = await ToolProcess.Run("evaluate", example.Out, example.Events, "--threads", "1", "--keep-allocator");

        Assert.Equal((0, ""), (tuned.Code, tuned.Error));
        Assert.Equal(kept, tuned);
    }

    [Theory]
    [InlineData(true, "train a.hdf5 --out DIR")]
    [InlineData(true, "evaluate model a.hdf5")]
    [InlineData(true, "predict model a.hdf5 --out DIR.csv")]
    [InlineData(false, "train a.hdf5 --out DIR --keep-allocator")]
    [InlineData(false, "train a.hdf5 --out DIR --device cuda")]
    [InlineData(false, "train --help")]
    [InlineData(false, "train a.hdf5")]
    [InlineData(false, "evaluate model.onnx a.hdf5")]
    [InlineData(false, "evaluate model a.hdf5 --keep-allocator")]
    [InlineData(false, "inspect a.hdf5")]
    [InlineData(false, "simulate --photons 1 --out DIR")]
    [InlineData(false, "network small")]
    [InlineData(false, "--version")]
    public async Task Only_a_verb_that_torch_computes_for_begins_again(bool isTuned, string line)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        int tunings = 0;
        await Tool.RunAsync(line.Replace("DIR", example["dir"], StringComparison.Ordinal).Split(' '), output, error, () => tunings++);

        Assert.Equal(isTuned ? 1 : 0, tunings);
    }
}
