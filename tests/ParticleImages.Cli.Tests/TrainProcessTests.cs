using System.Diagnostics;

namespace ParticleImages.Cli.Tests;

/// <summary>Trainings and predictions in processes of their own: killed ones, and what they load.</summary>
[Collection("torch")]
public sealed class TrainProcessTests(ITestOutputHelper log) : IDisposable
{
    private const string Epochs = "8";

    private readonly TrainedExample example = new(eventsOfAClass: 200);

    public void Dispose() => example.Dispose();

    [Theory]
    [InlineData("KILL", 137)]
    [InlineData("INT", 130)]
    public async Task A_training_that_ends_in_its_third_epoch_goes_on_to_the_same_weights(string signal, int code)
    {
        if (OperatingSystem.IsWindows())
        {
            log.WriteLine("Windows knows no signals; nothing was killed.");
            return;
        }

        string[] command = example.Training("--epochs", Epochs, "--batch-size", "4", "--optimizer", "nadam");
        using (Process process = ToolProcess.Start(command))
        {
            Task<string> error = process.StandardError.ReadToEndAsync();
            while (await process.StandardOutput.ReadLineAsync() is { } line && !line.StartsWith("epoch 2 of", StringComparison.Ordinal))
            {
            }

            await ToolProcess.Signal(process, signal);
            Assert.Equal(code, process.ExitCode);
            string rest = await process.StandardOutput.ReadToEndAsync();
            Assert.DoesNotContain($"epoch {Epochs} of", rest, StringComparison.Ordinal);
            if (signal == "INT")
            {
                Assert.StartsWith($"Stopped: {example.Checkpoint} has the training", await error, StringComparison.Ordinal);
            }
        }

        Assert.False(Directory.Exists(example.Model));
        Assert.True(File.Exists(Path.Combine(example.Checkpoint, "checkpoint.safetensors")));
        ToolRun.Of("evaluate", example.Out, example.Events).AssertFailed("model.json does not exist");

        string said = ToolRun.OutputOf(command);
        Assert.Contains($"Going on from {example.Checkpoint}: ", said, StringComparison.Ordinal);
        Assert.DoesNotContain("epoch 1 of", said, StringComparison.Ordinal);
        Assert.False(Directory.Exists(example.Checkpoint));
        string resumed = TrainedExample.HashOfWeights(example.Model);

        said = ToolRun.OutputOf([.. command, "--force"]);
        Assert.DoesNotContain("Going on", said, StringComparison.Ordinal);
        Assert.Equal(TrainedExample.HashOfWeights(example.Model), resumed);
    }

    [Fact]
    public async Task An_onnx_file_is_computed_without_torch()
    {
        if (!OperatingSystem.IsLinux())
        {
            log.WriteLine("What a process loads is looked up as Linux tells it; nothing was looked up.");
            return;
        }

        example.Train("--epochs", "1");
        ToolRun.OutputOf("export-onnx", example.Out, "--out", example["model.onnx"]);
        Assert.Contains("libtorch_cpu", await Loaded("torch", example.Model), StringComparison.Ordinal);
        string loaded = await Loaded("onnx", example["model.onnx"]);
        Assert.Contains("libonnxruntime", loaded, StringComparison.Ordinal);
        Assert.DoesNotContain("libtorch", loaded, StringComparison.Ordinal);
        Assert.DoesNotContain("LibTorchSharp", loaded, StringComparison.Ordinal);
    }

    // The loader of Linux writes what it loads, one file a process.
    private async Task<string> Loaded(string name, string model)
    {
        using Process process = ToolProcess.Start(
            new Dictionary<string, string> { ["LD_DEBUG"] = "files", ["LD_DEBUG_OUTPUT"] = example[name] },
            "predict",
            model,
            example.Events,
            "--out",
            example["scores.csv"]);
        await process.WaitForExitAsync();
        Assert.Equal(0, process.ExitCode);
        return string.Concat(Directory.GetFiles(example.Path, $"{name}.*").Select(File.ReadAllText));
    }
}
