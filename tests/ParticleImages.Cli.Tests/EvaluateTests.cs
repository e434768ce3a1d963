using System.Globalization;
using System.Text.Json.Nodes;
using ParticleImages.Evaluation;
using ParticleImages.Formats;
using ParticleImages.Networks;

namespace ParticleImages.Cli.Tests;

[Collection("torch")]
public sealed class EvaluateTests : IDisposable
{
    private readonly TrainedExample example = new TrainedExample().Train();

    public void Dispose() => example.Dispose();

    [Fact]
    public void The_numbers_are_the_librarys()
    {
        string said = ToolRun.OutputOf("evaluate", example.Model, example.Events);
        using TrainedModel model = TrainedModel.Load(example.Model);
        using EventSource events = EventFile.Open(example.Events);
        EvaluationResult result = model.Network.Evaluate(model.Voxelizer, events);
        string[][] table = Table(said);
        Assert.Equal(["events", "80 (40 photons, 40 electrons)"], table[0]);
        Assert.Equal(["AUC", Invariant($"{result.Roc.Area:F4} ± {result.Roc.StandardError:F4}")], table[1]);
        Assert.Equal(["accuracy", Invariant($"{result.Accuracy:F4} ± {result.Confusion.AccuracyStandardError:F4}")], table[2]);
        Assert.Equal(["loss", Invariant($"{result.Loss:F4}")], table[3]);
        Assert.Equal(["photon rejection at 50 % electron efficiency", $"{result.Roc.BackgroundRejectionAt(0.5)}"], table[4]);
        Assert.Equal(["photons", Invariant($"{result.Confusion.TrueNegatives}"), Invariant($"{result.Confusion.FalsePositives}")], table[6]);
        Assert.Equal(["electrons", Invariant($"{result.Confusion.FalseNegatives}"), Invariant($"{result.Confusion.TruePositives}")], table[7]);
    }

    [Theory]
    [InlineData(":40", "photons", "40 (40 photons, 0 electrons)")]
    [InlineData("-1:", "electrons", "1 (0 photons, 1 electron)")]
    public void Of_one_class_the_area_is_said_to_be_undefined_and_the_rest_is_told(string range, string name, string count)
    {
        string said = ToolRun.OutputOf("evaluate", example.Out, example.Events, "--events", range);
        using TrainedModel model = TrainedModel.Load(example.Model);
        using EventSource all = EventFile.Open(example.Events);
        using EventSource events = range[0] == ':' ? all.Slice(0, 40) : all.Slice(79, 1);
        float[] scores = model.Network.Predict(model.Voxelizer, events);
        int[] labels = [.. events.Read(0, events.Count).Labels];
        double loss = scores.Select((score, i) => -Math.Log(labels[i] == 1 ? score : 1 - score)).Average();
        string[][] table = Table(said);
        Assert.Equal(["events", count], table[0]);
        Assert.Equal(["AUC", $"undefined, since all events are {name}"], table[1]);
        var confusion = ConfusionMatrix.From(scores, labels);
        Assert.Equal(["accuracy", new Estimate(confusion.Accuracy, confusion.AccuracyStandardError).ToString(leastDecimals: 4)], table[2]);
        Assert.Equal(loss, double.Parse(table[3][1], CultureInfo.InvariantCulture), 1e-4);
        Assert.Equal($"undefined, since all events are {name}", table[4][1]);
        Assert.DoesNotContain("NaN", said, StringComparison.Ordinal);
    }

    [Fact]
    public void An_onnx_file_gives_the_same_judgement()
    {
        ToolRun.OutputOf("export-onnx", example.Out, "--out", example["model.onnx"]);
        string[][] torch = Table(ToolRun.OutputOf("evaluate", example.Out, example.Events));
        string[][] onnx = Table(ToolRun.OutputOf("evaluate", example["model.onnx"], example.Events, "--threads", "1"));
        Assert.Equal(torch[0], onnx[0]);
        Assert.Equal(torch[5..], onnx[5..]);
        Assert.Equal(First(torch[1]), First(onnx[1]), 2e-3);
        Assert.Equal(First(torch[3]), First(onnx[3]), 2e-4);

        static double First(string[] row) => double.Parse(row[1].Split(' ')[0], CultureInfo.InvariantCulture);
    }

    [Fact]
    public void Images_of_another_size_are_told_with_both_shapes()
    {
        example.Train("--force", "--network", "small", "--crop", "32", "--train", "4", "--validation", "4", "--epochs", "1");
        using (var small = EventSource.FromBatch(ExampleEvents.Batch(4, 16, 16)))
        {
            EventFile.Save(small, example["small.npz"]);
        }

        ToolRun.Of("evaluate", example.Out, example["small.npz"]).AssertFailed("Crop to 16 or less");
        ToolRun.OutputOf("train", example.Events, "--out", example["whole"], "--network", "small", "--train", "4", "--validation", "4", "--epochs", "1");
        ToolRun.Of("evaluate", example["whole"], example["small.npz"]).AssertFailed("takes voxels of 21 × 32 × 32", "makes 21 × 16 × 16 of the 16 × 16 images", "small.npz");
    }

    [Fact]
    public void Events_of_none_are_told()
    {
        using (var none = EventSource.FromBatch(ExampleEvents.Batch(0, 32, 32)))
        {
            EventFile.Save(none, example["none.npz"]);
        }

        ToolRun.Of("evaluate", example.Out, example["none.npz"]).AssertFailed("none.npz holds no events");
    }

    [Fact]
    public void A_model_that_is_missing_cut_off_foreign_or_newer_is_told()
    {
        string manifest = Path.Combine(example.Model, "model.json");
        string weights = Assert.Single(Directory.GetFiles(example.Model, "weights-*"));
        (string json, byte[] bytes) = (File.ReadAllText(manifest), File.ReadAllBytes(weights));

        Of(example["nowhere"]).AssertFailed("no folder", "nowhere");
        Of(manifest).AssertFailed("is a file", "A model is a folder");
        Of(example.Path).AssertFailed("model.json does not exist");

        File.WriteAllBytes(weights, bytes[..^10]);
        Of(example.Model).AssertFailed(weights, "SHA-256", "a folder as train leaves it");
        File.WriteAllBytes(weights, [.. bytes.Reverse()]);
        Of(example.Model).AssertFailed(weights, "SHA-256");
        File.Delete(weights);
        Of(example.Model).AssertFailed(weights, "does not exist");
        File.WriteAllBytes(weights, bytes);

        File.WriteAllText(manifest, json[..(json.Length / 2)]);
        Of(example.Model).AssertFailed(manifest, "can't be loaded");
        File.WriteAllText(manifest, """{"name": "somebody else's"}""");
        Of(example.Model).AssertFailed(manifest, "no version");
        File.WriteAllText(manifest, Changed(root => root["version"] = 99));
        Of(example.Model).AssertFailed(manifest, "version 99", "A newer library may read it");
        File.WriteAllText(manifest, Changed(root => root["network"]!["version"] = 99));
        Of(example.Model).AssertFailed(manifest, "version 99");
        File.WriteAllText(manifest, Changed(root => root["network"] = JsonNode.Parse(TrainedExample.Describe(filters: 3).ToJson())));
        Of(example.Model).AssertFailed(weights, "shape");

        File.WriteAllText(manifest, json);
        Assert.Contains("40 photons", ToolRun.OutputOf("evaluate", example.Model, example.Events), StringComparison.Ordinal);

        ToolRun Of(string model)
        {
            ToolRun run = ToolRun.Of("evaluate", model, example.Events);
            Assert.DoesNotContain("TrainedModel", run.Error, StringComparison.Ordinal);
            return run;
        }

        string Changed(Action<JsonNode> change)
        {
            JsonNode root = JsonNode.Parse(json)!;
            change(root);
            return root.ToJsonString();
        }
    }

    [Fact]
    public void An_onnx_file_that_is_missing_cut_off_foreign_or_without_a_binning_is_told()
    {
        string path = example["model.onnx"];
        Of().AssertFailed("no file", "model.onnx");
        ToolRun.OutputOf("export-onnx", example.Model, "--out", path);
        byte[] bytes = File.ReadAllBytes(path);
        File.WriteAllBytes(path, bytes[..(bytes.Length / 2)]);
        Of().AssertFailed(path, "a file as export-onnx writes it");
        File.WriteAllText(path, "no network");
        Of().AssertFailed(path, "can't be loaded");
        using (TrainedModel model = TrainedModel.Load(example.Model))
        {
            model.Network.ExportOnnx(path);
        }

        Of().AssertFailed(path, "does not say how events become voxels");

        ToolRun Of()
        {
            ToolRun run = ToolRun.Of("evaluate", path, example.Events);
            Assert.DoesNotContain("TrainedModel", run.Error, StringComparison.Ordinal);
            return run;
        }
    }

    private static string[][] Table(string said) =>
        [.. said.Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split("  ", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))];

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
