using ParticleImages.Evaluation;
using ParticleImages.Networks;
using Spectre.Console;

namespace ElectronPhoton;

/// <summary>A bar that moves with every step, and a line that stays for every epoch.</summary>
internal static class TrainingDisplay
{
    public static TrainingHistory Watch(Func<IProgress<TrainingProgress>, TrainingHistory> train) =>
        AnsiConsole.Progress()
            .AutoClear(true)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .Start(context =>
            {
                ProgressTask bar = context.AddTask("Training");
                return train(new Relay<TrainingProgress>(progress => Show(progress, bar)));
            });

    private static void Show(TrainingProgress progress, ProgressTask bar)
    {
        bar.MaxValue = (double)progress.Epochs * progress.Steps;
        bar.Value = ((progress.Epoch - 1) * progress.Steps) + progress.Step;
        bar.Description = $"Epoch {progress.Epoch} of {progress.Epochs}, loss {progress.Loss:F4}";
        if (progress.Finished is { } epoch)
        {
            AnsiConsole.WriteLine(
                $"Epoch {epoch.Epoch,3}: loss {epoch.Loss:F4}; validation loss {epoch.ValidationLoss:F4}, accuracy {epoch.ValidationAccuracy:F4}, "
                + $"AUC {epoch.ValidationArea:F4}; {epoch.Seconds:F1} s");
        }
    }
}
