using ParticleImages.Evaluation;
using ParticleImages.Networks;
using Spectre.Console.Rendering;

namespace ParticleImages.Terminal;

/// <summary>Tells how a training goes: a line for every epoch, on a terminal as a table that grows, and a bar that moves with every step.</summary>
internal sealed class TrainingWatch
{
    private readonly Screen screen;
    private readonly string? checkpoint;
    private readonly Pace pace = new(TimeProvider.System);
    private TrainingProgress? first;
    private TrainingProgress? last;
    private EpochTable? table;

    private TrainingWatch(Screen screen, string? checkpoint) => (this.screen, this.checkpoint) = (screen, checkpoint);

    /// <summary>Trains, and tells how it goes.</summary>
    /// <param name="screen">Where.</param>
    /// <param name="train">The training.</param>
    /// <param name="checkpoint">What an earlier training left and this one goes on from; null if nothing.</param>
    public static TrainingHistory Run(Screen screen, Func<IProgress<TrainingProgress>, TrainingHistory> train, string? checkpoint = null)
    {
        var watch = new TrainingWatch(screen, checkpoint);
        TrainingHistory history = screen.Show(watch.Bar, () => train(new Relay<TrainingProgress>(watch.Report)));
        watch.Finish(history);
        return history;
    }

    private static double Steps(TrainingProgress at) => ((at.Epoch - 1.0) * at.Steps) + at.Step;

    private void Report(TrainingProgress value)
    {
        if (first is null)
        {
            first = value;
            if (checkpoint is not null)
            {
                screen.Say(FormattableString.Invariant(
                    $"Going on from {checkpoint}: {value.Epoch - 1} of {value.Epochs} epochs are done{(value.Step > 1 ? $", and {value.Step - 1} of {value.Steps} steps" : "")}."));
            }
        }

        last = value;
        if (value.Finished is { } epoch)
        {
            if (screen.Width is { } width)
            {
                table ??= EpochTable.Begin(screen, epoch, width);
                table.Add(epoch);
            }
            else
            {
                screen.Say(EpochTable.Sentence(epoch, value.Epochs));
            }
        }
    }

    private void Finish(TrainingHistory history)
    {
        if (first is null)
        {
            screen.Say($"{checkpoint} held the training whole.");
        }
        else if (history.Count < first.Epochs)
        {
            screen.Say(FormattableString.Invariant($"Ended after epoch {history.Count}: the validation loss was no longer getting better."));
        }
    }

    private IRenderable Bar()
    {
        if (last is not { } now)
        {
            return new BarLine("Training", null);
        }

        double all = (double)now.Epochs * now.Steps;
        string step = FormattableString.Invariant($"{now.Step}").PadLeft(FormattableString.Invariant($"{now.Steps}").Length);
        return new BarLine(
            FormattableString.Invariant($"Epoch {now.Epoch} of {now.Epochs}"),
            Steps(now) / all,
            FormattableString.Invariant($"loss {now.Loss:F4}"),
            $"{Pace.Text(pace.Left(Steps(now) - Steps(first!) + 1, all - Steps(now)))} left",
            FormattableString.Invariant($"batch {step} of {now.Steps}"));
    }
}
