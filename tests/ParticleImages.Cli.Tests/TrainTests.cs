using ParticleImages.Evaluation;
using ParticleImages.Networks;

namespace ParticleImages.Cli.Tests;

[Collection("torch")]
public sealed class TrainTests : IDisposable
{
    private readonly TrainedExample example = new();

    public void Dispose() => example.Dispose();

    [Fact]
    public void A_training_tells_its_network_its_epochs_and_its_result_and_leaves_model_and_history()
    {
        string said = ToolRun.OutputOf(example.Training("--epochs", "3", "--validation", "10", "--test", "0.25", "--keep-best"));
        Assert.StartsWith(TrainedExample.Describe(filters: 2).Summary().ToString().ReplaceLineEndings(), said, StringComparison.Ordinal);
        Assert.Contains($"{TrainedExample.Voxelizer}; synthetic events", said, StringComparison.Ordinal);
        Assert.Contains("40 events to train on, 20 to validate on, 20 to test on", said, StringComparison.Ordinal);
        Assert.Contains("3 epochs, batches of 16 events, Adam(0.9, 0.999, 1E-08), learning rate 0.001, cosine(warm-up 0.05, final 0), seed 1; cpu, 1 thread", said, StringComparison.Ordinal);

        TrainingHistory history = TrainingHistory.LoadCsv(Path.Combine(example.Out, "history.csv"));
        Assert.Equal(3, history.Count);
        foreach (EpochRecord epoch in history)
        {
            Assert.Contains(
                FormattableString.Invariant($"epoch {epoch.Epoch} of 3: loss {epoch.Loss:F4}, accuracy {epoch.Accuracy:F4}; validation loss {epoch.ValidationLoss:F4}, "),
                said,
                StringComparison.Ordinal);
        }

        Assert.Contains(
            FormattableString.Invariant($"{example.Model}: 3 epochs, weights of epoch {history.Best(TrainingMetric.ValidationLoss).Epoch}"), said, StringComparison.Ordinal);
        Assert.Contains("20 (10 photons, 10 electrons)", said, StringComparison.Ordinal);
        using TrainedModel model = TrainedModel.Load(example.Model);
        Assert.Equal(TrainedExample.Voxelizer, model.Voxelizer);
        Assert.Equal(TrainedExample.Describe(filters: 2), model.Network.Description);
        Assert.Equal(history, model.History);
        Assert.False(Directory.Exists(example.Checkpoint));
    }

    [Fact]
    public void A_training_says_which_engine_computes_and_why_and_takes_the_one_that_is_asked_for()
    {
        Assert.Contains("Engine Reference: asked for", ToolRun.OutputOf(example.Training("--epochs", "1", "--engine", "reference")), StringComparison.Ordinal);
        Assert.Contains("million multiplications an event", ToolRun.OutputOf(example.Training("--epochs", "1", "--force")), StringComparison.Ordinal);
        Assert.Contains("The engines are auto, reference, fused and sparse", ToolRun.Of(example.Training("--epochs", "1", "--force", "--engine", "dense")).Error, StringComparison.Ordinal);
    }

    [Fact]
    public void The_test_events_are_the_last_of_each_class_and_judged_as_evaluate_does()
    {
        string said = ToolRun.OutputOf(example.Training("--epochs", "2", "--test", "10"));
        string photonsAndElectrons = example["last.npz"];
        using (EventSource events = Formats.EventFile.Open(example.Events))
        using (EventSource last = events.Slice(30, 10).Concat(events.Slice(70, 10)))
        {
            Formats.EventFile.Save(last, photonsAndElectrons);
        }

        Assert.EndsWith(
            "Events to test on:" + Environment.NewLine + ToolRun.OutputOf("evaluate", example.Out, photonsAndElectrons, "--threads", "1"), said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1 epoch, batches of 100 events, Adam(0.9, 0.999, 1E-07), learning rate 0.001, constant, seed 1", "--recipe", "notebook", "--batch-size", "100")]
    [InlineData("learning rate 0.25", "--learning-rate", "0.25")]
    [InlineData("seed 7", "--seed", "7")]
    [InlineData("AdamW(0.9, 0.999, 1E-08, weight decay 0.01)", "--optimizer", "adamw")]
    [InlineData("NAdam(0.9, 0.999, 1E-08)", "--optimizer", "nadam")]
    [InlineData("SGD(momentum 0.9, weight decay 0)", "--optimizer", "sgd")]
    [InlineData("RMSprop(0.99, momentum 0, 1E-08)", "--optimizer", "rmsprop")]
    [InlineData(", constant, ", "--schedule", "constant")]
    [InlineData("one-cycle(", "--schedule", "one-cycle")]
    [InlineData("plateau(", "--schedule", "plateau")]
    [InlineData("step(every 1 epochs, factor 0.1)", "--schedule", "step")]
    [InlineData("16 events to train on, 16 to validate on, 0 to test on", "--train", "8")]
    [InlineData("20 events to train on, 16 to validate on, 0 to test on", "--train", "0.25")]
    [InlineData("80 events to train on, 0 to validate on, 0 to test on", "--validation", "0")]
    [InlineData("energy × 50", "--scale-energy", "50")]
    [InlineData("exclusive", "--exclusive")]
    public void Every_option_reaches_the_training(string essential, params string[] options)
    {
        Assert.Contains(essential, ToolRun.OutputOf(example.Training(["--epochs", "1", .. options])), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("small")]
    [InlineData("stable")]
    [InlineData("notebook")]
    [InlineData("plane", "--time-step", "0.2", "--crop", "18")]
    public void The_known_networks_train(string name, params string[] options)
    {
        ToolRun.OutputOf(example.Training(["--network", name, "--epochs", "1", "--train", "8", "--validation", "4", .. options]));
        Assert.Contains("20 photons", ToolRun.OutputOf("evaluate", example.Model, example.Events, "--events", "20:60"), StringComparison.Ordinal);
    }

    [Fact]
    public void Energies_that_were_scaled_are_not_scaled_again_by_the_stable_network()
    {
        example.Train("--network", "stable", "--epochs", "1", "--train", "4", "--validation", "4", "--scale-energy", "50");
        using TrainedModel model = TrainedModel.Load(example.Model);
        Assert.Equal(Cnn3d.Stable(model.Network.Description.Input, inputScale: 1), model.Network.Description);
    }

    [Fact]
    public void A_training_that_gets_no_better_ends_early_and_says_so()
    {
        string said = ToolRun.OutputOf(example.Training("--epochs", "50", "--patience", "1", "--learning-rate", "0.3", "--schedule", "constant"));
        int epochs = TrainingHistory.LoadCsv(Path.Combine(example.Out, "history.csv")).Count;
        Assert.InRange(epochs, 2, 49);
        Assert.Contains(FormattableString.Invariant($"Ended after epoch {epochs}: the validation loss was no longer getting better."), said, StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_command_gives_the_same_weights_and_another_seed_others()
    {
        string first = TrainedExample.HashOfWeights(example.Train().Model);
        Assert.Equal(first, TrainedExample.HashOfWeights(example.Train("--force").Model));
        Assert.NotEqual(first, TrainedExample.HashOfWeights(example.Train("--force", "--seed", "2").Model));
    }

    [Fact]
    public void A_finished_model_is_replaced_only_when_that_is_asked_for()
    {
        string before = TrainedExample.HashOf(example.Train().Out);
        ToolRun.Of(example.Training("--epochs", "1")).AssertFailed(example.Model, "finished model", "--force");
        Assert.Equal(before, TrainedExample.HashOf(example.Out));

        Assert.Contains("1 epoch", ToolRun.OutputOf(example.Training("--epochs", "1", "--force")), StringComparison.Ordinal);
        Assert.NotEqual(before, TrainedExample.HashOf(example.Out));
    }

    [Fact]
    public void What_goes_wrong_leaves_the_earlier_model_as_it_was()
    {
        string before = TrainedExample.HashOf(example.Train().Out);
        ToolRun diverged = ToolRun.Of(example.Training("--force", "--learning-rate", "1e30", "--optimizer", "sgd", "--schedule", "constant"));
        (diverged with { Output = "" }).AssertFailed("epoch 1", "learning rate 1E+30");
        ToolRun.Of(example.Training("--force", "--validation", "40")).AssertFailed("leave none to train on");
        Assert.Equal(before, TrainedExample.HashOf(example.Out));
        Assert.Contains("80 (40 photons, 40 electrons)", ToolRun.OutputOf("evaluate", example.Out, example.Events), StringComparison.Ordinal);
    }

    [Fact]
    public void A_training_that_diverges_after_a_checkpoint_says_where_the_epochs_before_are()
    {
        // Steps so long that the weights leave float32 after the first epoch.
        ToolRun run = ToolRun.Of(example.Training("--epochs", "40", "--learning-rate", "3e8", "--optimizer", "sgd", "--schedule", "constant", "--batch-size", "64"));
        (run with { Output = "" }).AssertFailed("became NaN or infinite", $"{example.Checkpoint} has the epochs before: delete it");
        Assert.False(Directory.Exists(example.Model));
    }

    [Theory]
    [InlineData("has 40 photons; --validation 30 and --test 10 together ask for 40 and leave none to train on", "--validation", "30", "--test", "10")]
    [InlineData("--train 33, --validation 0.2 and --test 0 together ask for 41", "--train", "33")]
    [InlineData("--validation 0.01 of the 40 photons", "--validation", "0.01")]
    [InlineData("--test 0.01 of the 40 photons", "--test", "0.01")]
    [InlineData("Crop to 32 or less", "--crop", "34")]
    [InlineData("takes voxels of 21 × 8 × 8 (frames × rows × columns), and these options make 21 × 10 × 10", "--crop", "10")]
    [InlineData("takes voxels of 21 × 8 × 8 (frames × rows × columns), and these options make 20 × 8 × 8", "--time-stop", "0.09")]
    [InlineData("takes voxels of one frame, and these are 21 × 8 × 8", "--network", "plane")]
    [InlineData("the time axis", "--network", "small", "--time-step", "0.1")]
    [InlineData("There is no file 'missing.json'", "--network", "missing.json")]
    public void What_does_not_fit_the_events_is_told_before_anything_is_written(string essential, params string[] options)
    {
        ToolRun.Of(example.Training(options)).AssertFailed(essential);
        Assert.False(Directory.Exists(example.Out));
    }

    [Theory]
    [InlineData("photon", 40, 40, "no photon")]
    [InlineData("electron", 0, 40, "no electron")]
    public void Events_of_one_class_train_nothing(string missing, int first, int count, string essential)
    {
        string one = example["one.hdf5"];
        using (EventSource events = Formats.EventFile.Open(example.Events))
        {
            Formats.EventFile.Save(events.Slice(first, count), one);
        }

        ToolRun.Of("train", one, "--out", example.Out, "--network", example.Network, "--crop", "8").AssertFailed(one, essential, $"Add a file of {missing}s");
        Assert.False(Directory.Exists(example.Out));
    }

    [Fact]
    public void A_file_without_events_trains_nothing()
    {
        using (var none = EventSource.FromBatch(ExampleEvents.Batch(0, 32, 32)))
        {
            Formats.EventFile.Save(none, example["none.npz"]);
        }

        ToolRun.Of("train", example["none.npz"], "--out", example.Out, "--crop", "8").AssertFailed("none.npz has no photon");
    }

    [Theory]
    [InlineData("{", "bad.json: The network description can't be read", "particle-images network stable --json")]
    [InlineData("""{"version": 3}""", "version 3", "versions 1 to 2")]
    [InlineData("""{"version": 2, "input": [21, 8, 8], "layers": [{"layer": "conv", "filters": 0, "kernel": {"frames": 3, "rows": 3, "columns": 3}}]}""", "bad.json", "filters")]
    [InlineData("""{"version": 2, "input": [21, 8, 8], "layers": [{"layer": "flatten"}, {"layer": "dense", "units": 3}]}""", "2")]
    [InlineData("""{"version": 2, "input": [21, 8, 8], "layers": [{"layer": "dropuot"}]}""", "bad.json", "dropuot")]
    public void A_description_that_is_none_is_told(string json, params string[] essentials)
    {
        File.WriteAllText(example["bad.json"], json);
        ToolRun.Of("train", example.Events, "--out", example.Out, "--network", example["bad.json"], "--crop", "8").AssertFailed(essentials);
        Assert.False(Directory.Exists(example.Out));
    }

    [Fact]
    public void A_file_in_place_of_the_folder_is_told() =>
        ToolRun.Of("train", example.Events, "--out", example.Events, "--crop", "8").AssertFailed(example.Events, "is a file");

    [Fact]
    public void A_checkpoint_of_another_training_is_told_with_what_differs()
    {
        using (VoxelNetwork network = TrainedExample.Describe(filters: 2).Build(seed: 1))
        using (EventSource events = Formats.EventFile.Open(example.Events))
        {
            Trainer.For(network).Epochs(2).BatchSize(16).Seed(1).CheckpointIn(example.Checkpoint).Fit(TrainedExample.Voxelizer, events.SplitPerClass(32, 8, 0).Train);
        }

        string before = TrainedExample.HashOf(example.Out);

        ToolRun run = ToolRun.Of(example.Training());
        (run with { Output = "" }).AssertFailed(example.Checkpoint, "another training", "validation events none there", "delete the file");
        Assert.Equal(before, TrainedExample.HashOf(example.Out));
    }

    [Fact]
    public void Threads_are_those_that_were_asked_for()
    {
        Assert.Contains("cpu, 2 threads", ToolRun.OutputOf(example.Training("--epochs", "1", "--threads", "2")), StringComparison.Ordinal);
        Assert.Equal(2, TorchLibrary.Threads);
        Assert.Contains("cpu, 1 thread", ToolRun.OutputOf(example.Training("--epochs", "1", "--force")), StringComparison.Ordinal);
        Assert.Equal(1, TorchLibrary.Threads);
    }
}
