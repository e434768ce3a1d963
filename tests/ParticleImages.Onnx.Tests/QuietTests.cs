using System.Diagnostics;
using ParticleImages.Networks;

namespace ParticleImages.Onnx.Tests;

public sealed class QuietTests
{
    [Fact]
    public void Predicting_keeps_no_number_of_this_machine_and_no_record_of_use()
    {
        using var folder = new TemporaryFolder();
        using TrainedModel model = Showers.Model(seed: 1);
        model.ExportOnnx(folder["model.onnx"]);
        using OnnxModel loaded = OnnxModel.Load(folder["model.onnx"]);
        loaded.Predict(Trained.Voxels(loaded.InputShape, 2, seed: 1));

        // Where ONNX Runtime keeps them on Linux when it is not told otherwise; elsewhere the test can only say that predicting works.
        string caches = Environment.GetEnvironmentVariable("XDG_CACHE_HOME") ?? Path.Combine(Environment.GetEnvironmentVariable("HOME") ?? "/", ".cache");
        string kept = Path.Combine(caches, "Microsoft", "DeveloperTools", ".onnxruntime");
        DateTime start = Process.GetCurrentProcess().StartTime;

        Assert.Equal("1", Environment.GetEnvironmentVariable("ORT_DISABLE_TELEMETRY"));
        Assert.Empty(Directory.Exists(kept) ? Directory.EnumerateFiles(kept).Where(path => File.GetLastWriteTime(path) > start) : []);
    }
}
