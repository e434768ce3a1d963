using ParticleImages.Evaluation;
using ParticleImages.Networks;

namespace ParticleImages.Cli;

/// <summary>Tells how a training goes: a line on standard output after every epoch, and on a terminal one that shows the steps.</summary>
internal sealed class TrainingLines(TextWriter output, TextWriter error, string? checkpoint) : IProgress<TrainingProgress>, IDisposable
{
    private readonly StatusLine line = new(error);
    private bool isFirst = true;

    public void Report(TrainingProgress value)
    {
        if (isFirst && checkpoint is not null)
        {
            output.WriteLine(Sentence.Invariant(
                $"Going on from {checkpoint}: {value.Epoch - 1} of {value.Epochs} epochs are done{(value.Step > 1 ? $", and {value.Step - 1} of {value.Steps} steps" : "")}."));
        }

        isFirst = false;
        if (value.Finished is null)
        {
            line.Show(Sentence.Invariant($"Epoch {value.Epoch} of {value.Epochs}: step {value.Step} of {value.Steps}, loss {value.Loss:F4}"));
            return;
        }

        line.Clear();
        output.WriteLine(Text(value.Finished, value.Epochs));
    }

    /// <summary>Tells what else there is to say when the training has ended.</summary>
    public void Finish(TrainingHistory history, int epochs)
    {
        line.Clear();
        if (isFirst)
        {
            output.WriteLine($"{checkpoint} held the training whole.");
        }
        else if (history.Count < epochs)
        {
            output.WriteLine(Sentence.Invariant($"Ended after epoch {history.Count}: the validation loss was no longer getting better."));
        }
    }

    public void Dispose() => line.Dispose();

    private static string Text(EpochRecord epoch, int epochs)
    {
        string validation = epoch.ValidationLoss is null
            ? ""
            : Sentence.Invariant($"; validation loss {epoch.ValidationLoss:F4}, accuracy {epoch.ValidationAccuracy:F4}{(epoch.ValidationArea is double area ? $", AUC {area:F4}" : "")}");
        return Sentence.Invariant(
            $"epoch {epoch.Epoch} of {epochs}: loss {epoch.Loss:F4}, accuracy {epoch.Accuracy:F4}{validation}; learning rate {epoch.LearningRate:G3}; {epoch.Seconds:F1} s");
    }
}
