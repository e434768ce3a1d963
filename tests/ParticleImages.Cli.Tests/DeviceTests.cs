using TorchSharp;

namespace ParticleImages.Cli.Tests;

[Collection("torch")]
public sealed class DeviceTests(ITestOutputHelper log) : IDisposable
{
    private readonly TrainedExample example = new();

    public void Dispose() => example.Dispose();

    [Fact]
    public void A_graphics_card_that_is_not_there_is_told_in_the_tools_words()
    {
        example.Train();
        if (torch.cuda.is_available())
        {
            log.WriteLine("There is a graphics card here; nothing was missing.");
            return;
        }

        string before = TrainedExample.HashOf(example.Out);
        foreach (string[] command in new[]
        {
            example.Training("--force", "--device", "cuda"),
            ["evaluate", example.Out, example.Events, "--device", "cuda"],
            ["predict", example.Out, example.Events, "--out", example["scores.csv"], "--device", "cuda:0"],
        })
        {
            ToolRun run = ToolRun.Of(command);
            run.AssertFailed("The device cuda:0 was asked for", "finds no CUDA here", "TorchBackend=cuda-linux", "or leave --device out");
            Assert.DoesNotContain("ComputeDevice", run.Error, StringComparison.Ordinal);
        }

        Assert.Equal(before, TrainedExample.HashOf(example.Out));
        Assert.False(File.Exists(example["scores.csv"]));
    }

    [Fact]
    public void The_processor_may_be_named() =>
        Assert.Contains("; cpu, ", ToolRun.OutputOf(example.Training("--epochs", "1", "--device", "cpu")), StringComparison.Ordinal);
}
