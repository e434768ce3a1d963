using ParticleImages.Evaluation;

namespace ParticleImages.Networks.Training;

/// <summary>What an epoch's events came to.</summary>
/// <param name="Loss">The mean loss, weighted where events or classes are.</param>
/// <param name="Accuracy">The share that was called right, each event counting once.</param>
/// <param name="Area">The area under the ROC curve, each event counting once; null where a class is missing.</param>
internal sealed record EpochMeasure(double Loss, double Accuracy, double? Area)
{
    public static EpochMeasure Of(double summedLoss, ReadOnlySpan<double> logits, ReadOnlySpan<int> labels)
    {
        // Of one class alone no curve is defined; the other numbers are.
        bool both = labels.Contains(ParticleLabel.Photon) && labels.Contains(ParticleLabel.Electron);
        return new EpochMeasure(
            summedLoss / logits.Length,
            ConfusionMatrix.From(logits, labels, threshold: 0).Accuracy,
            both ? RocCurve.From(logits, labels).Area : null);
    }
}
