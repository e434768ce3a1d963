using ParticleImages.Evaluation;
using ParticleImages.Networks;
using ParticleImages.Search;
using ParticleImages.Terminal;
using Spectre.Console;

namespace ParticleImages.Cli.Tests.Terminal;

public sealed class WatchTests
{
    [Theory]
    [InlineData(200, "epoch loss accuracy val_loss val_accuracy val_auc rate time")]
    [InlineData(80, "epoch loss accuracy val_loss val_accuracy val_auc rate time")]
    [InlineData(60, "epoch loss accuracy val_loss val_accuracy val_auc")]
    [InlineData(40, "epoch loss val_loss val_auc")]
    public void Epochs_become_a_table_with_the_columns_that_a_terminal_has_room_for(int width, string names)
    {
        using var example = new ExampleScreen(width, progress: false);
        TrainingHistory history = Train(example.Screen, 30, isValidated: true);
        string[][] table = Rows(example);
        Assert.Equal(names.Split(' '), table[0]);
        Assert.Equal(history.Count, table.Length - 1);
        Assert.All(history, epoch => Assert.Equal(
            [FormattableString.Invariant($"{epoch.Epoch}"), FormattableString.Invariant($"{epoch.Loss:F4}")], table[epoch.Epoch][..2]));
        Assert.All(history, epoch => Assert.Equal(FormattableString.Invariant($"{epoch.ValidationArea:F4}"), table[epoch.Epoch][table[0].IndexOf("val_auc")]));
    }

    [Fact]
    public void Without_validation_there_are_no_columns_of_it()
    {
        using var example = new ExampleScreen(progress: false);
        Train(example.Screen, 1, isValidated: false);
        Assert.Equal(["epoch", "loss", "accuracy", "rate", "time"], Rows(example)[0]);
    }

    [Fact]
    public void A_sentence_of_an_epoch_has_what_there_is()
    {
        var epoch = new EpochRecord { Epoch = 1, Loss = 0.5, Accuracy = 0.6, ValidationLoss = 0.7, LearningRate = 0.001, Seconds = 1.5 };

        Assert.Equal("epoch 1 of 2: loss 0.5000, accuracy 0.6000; validation loss 0.7000; learning rate 0.001; 1.5 s", EpochTable.Sentence(epoch, 2));
    }

    [Fact]
    public void A_file_gets_a_sentence_an_epoch_while_the_terminal_shows_the_bar()
    {
        using var example = new ExampleScreen(answers: false);
        Train(example.Screen, 2, isValidated: true, pause: 300);
        Assert.Equal(
            ["epoch 1 of 2: loss 0.5000, accuracy 0.6000; validation loss 0.7000, accuracy 0.6100, AUC 0.6600; learning rate 0.001; 1.5 s", "epoch 2 of 2: loss 0.2500, accuracy 0.6000; validation loss 0.3500, accuracy 0.6100, AUC 0.6600; learning rate 0.001; 1.5 s", ""],
            example.Output.Split(Environment.NewLine));
        Assert.Contains("Epoch 1 of 2", example.Text, StringComparison.Ordinal);
        Assert.Contains("batch  3 of 10", example.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_training_that_goes_on_says_from_where_and_one_that_ends_early_that_it_did()
    {
        using var example = new ExampleScreen(width: 200, progress: false);
        TrainingWatch.Run(example.Screen, progress =>
        {
            progress.Report(new TrainingProgress(3, 9, 5, 10, 0.5, null));
            progress.Report(new TrainingProgress(3, 9, 10, 10, 0.5, Epoch(3, isValidated: true)));
            return TrainingHistory.Empty.Append(Epoch(1, isValidated: true)).Append(Epoch(2, isValidated: true)).Append(Epoch(3, isValidated: true));
        }, "out/[x]/checkpoint");
        Assert.Equal("Going on from out/[x]/checkpoint: 2 of 9 epochs are done, and 4 of 10 steps.", example.Lines[0]);
        Assert.Equal("Ended after epoch 3: the validation loss was no longer getting better.", example.Lines[^1]);
    }

    [Theory]
    [InlineData(40, 10)]
    [InlineData(80, 24)]
    [InlineData(200, 50)]
    public async Task A_scan_shows_best_trials_last_trials_and_a_bar_in_the_size_of_the_terminal(int width, int height)
    {
        using var example = new ExampleScreen(width, height);
        await Scan(example.Screen, "filters_[red]1");

        // What was shown last, without the control sequences that put one over the other.
        string[] last = example.Text[example.Text.LastIndexOf("        trial", StringComparison.Ordinal)..].TrimEnd('\n').Split('\n');
        Assert.All(last, line => Assert.InRange(line.GetCellWidth(), 0, width));
        Assert.InRange(last.Length, 2, height - 1);
        Assert.Contains(last, line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries) is ["best", "0", "8", ..]);
        Assert.Contains(last, line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries) is ["last", "2", "failed", ..]);
        Assert.Contains(last, line => line.TrimStart().StartsWith("4/4  ━", StringComparison.Ordinal));
        if (width >= 80)
        {
            Assert.Contains(last, line => line.Contains("filters_[red]1 8", StringComparison.Ordinal));
            Assert.Contains(last, line => line.Contains("[/] is broken", StringComparison.Ordinal));
            Assert.Contains(last, line => line.Contains("best 8 in trial 0", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task Where_no_progress_is_shown_a_scan_says_nothing()
    {
        using var example = new ExampleScreen(progress: false);
        ScanResult result = await Scan(example.Screen, "filters");
        Assert.Equal(4, result.Trials.Count);
        Assert.Equal(("", "", ""), (example.Text, example.Output, example.Error));
    }

    [Fact]
    public async Task A_table_of_trials_is_turned_where_it_is_too_wide()
    {
        using var wide = new ExampleScreen(width: 200);
        using var narrow = new ExampleScreen(width: 40);
        using var file = new ExampleScreen(answers: false);
        TrialTable table = (await Scan(file.Screen, "filters_[red]1")).Results.OrderBy("cost").Only("trial", "state", "cost", "duration", "filters_[red]1", "seed");
        wide.Screen.Say(table);
        Assert.Equal(["trial", "state", "cost", "duration", "filters_[red]1", "seed"], Rows(wide)[0]);
        Assert.Equal(5, wide.Lines.Length);

        narrow.Screen.Say(table);
        Assert.Equal(["trial", "state", "cost", "duration", "filters_[red]1", "seed"], Rows(narrow).Select(row => row[0]));
        Assert.Equal(["trial", "0"], Rows(narrow)[0][..2]);
        Assert.Equal(["cost", "8"], Rows(narrow)[2][..2]);
        Assert.All(narrow.Lines, line => Assert.InRange(line.Length, 1, 40));

        file.Screen.Say(table);
        Assert.Equal(table.ToString() + Environment.NewLine, file.Output);
    }

    [Theory]
    [InlineData(40)]
    [InlineData(80)]
    public void A_network_is_told_in_the_width_of_the_terminal_with_all_its_layers_and_totals(int width)
    {
        using var example = new ExampleScreen(width);
        NetworkSummary summary = TrainedExample.Describe(filters: 2).Summary();
        example.Screen.Say(summary);
        Assert.All(example.Lines, line => Assert.InRange(line.Length, 1, width));
        Assert.Contains(FormattableString.Invariant($"Total params: {summary.Parameters:N0}"), example.Lines);
        string joined = string.Concat(example.Text.Where(letter => !char.IsWhiteSpace(letter)));
        Assert.All(summary.Layers, layer => Assert.Contains(FormattableString.Invariant($"{layer.Parameters:N0}"), joined, StringComparison.Ordinal));
        Assert.Equal(summary.Layers.Count, example.Lines.Count(line => line.StartsWith("  ", StringComparison.Ordinal) && char.IsDigit(line[^1])));
    }

    private static string[][] Rows(ExampleScreen example) =>
        [.. example.Lines.Where(line => line.StartsWith("  ", StringComparison.Ordinal)).Select(line => line.Split("  ", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))];

    private static EpochRecord Epoch(int epoch, bool isValidated) => new()
    {
        Epoch = epoch,
        Loss = 0.5 / epoch,
        Accuracy = 0.6,
        ValidationLoss = isValidated ? 0.7 / epoch : null,
        ValidationAccuracy = isValidated ? 0.61 : null,
        ValidationArea = isValidated ? 0.66 : null,
        LearningRate = 1e-3,
        Seconds = 1.5,
    };

    private static TrainingHistory Train(Screen screen, int epochs, bool isValidated, int pause = 0) => TrainingWatch.Run(screen, progress =>
    {
        TrainingHistory history = TrainingHistory.Empty;
        for (int epoch = 1; epoch <= epochs; epoch++)
        {
            progress.Report(new TrainingProgress(epoch, epochs, 3, 10, 0.5, null));
            Thread.Sleep(pause);
            history = history.Append(Epoch(epoch, isValidated));
            progress.Report(new TrainingProgress(epoch, epochs, 10, 10, 0.5 / epoch, history[^1]));
        }

        return history;
    });

    // Costs 8, 9, none, 11; the last one takes a moment in which the terminal shows the three before.
    private static async Task<ScanResult> Scan(Screen screen, string name)
    {
        Parameter<int> filters = Parameter.OneOf(name, 8, 9, 10, 11);
        using ITrialStore store = TrialStore.InMemory();
        return await ScanWatch.RunAsync(screen, ParticleImages.Search.Scan.Over(SearchSpace.Of(filters)).With(SearchStrategy.Grid()).Minimize("cost").StoreIn(store), watched => watched.RunAsync(trial =>
        {
            int value = trial.Get(filters);
            Thread.Sleep(value == 11 ? 500 : 5);
            return value == 10 ? throw new InvalidOperationException("[/] is broken") : (double)value;
        }));
    }
}
