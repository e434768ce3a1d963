using System.Globalization;
using ParticleImages.Evaluation;

namespace FluctuationStudy;

/// <summary>What one training came to.</summary>
internal sealed record Outcome(string Recipe, int Seed, TrainingHistory History, EvaluationResult Result)
{
    /// <summary>The standard deviation of the validation loss over the epochs of the last half.</summary>
    public double Deviation
    {
        get
        {
            double[] losses = LastHalf();
            double mean = losses.Average();
            return Math.Sqrt(losses.Sum(loss => (loss - mean) * (loss - mean)) / (losses.Length - 1));
        }
    }

    /// <summary>The root mean square of the change from one epoch of the last half to the next.</summary>
    public double Jump => Math.Sqrt(LastHalf().Zip(LastHalf().Skip(1), (before, after) => (after - before) * (after - before)).Average());

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Recipe}, seed {Seed}: deviation {Deviation:F4}, jump {Jump:F4}; last validation loss {History[^1].ValidationLoss:F4}; test AUC {Result.Roc.Area:F4} ± {Result.Roc.StandardError:F4}; "
        + $"{History.Sum(record => record.Seconds):F0} s");

    private double[] LastHalf() => [.. History.Skip(History.Count / 2).Select(record => record.ValidationLoss!.Value)];
}
