using ParticleImages.Evaluation;

namespace ParticleImages.Plotting;

/// <content>Pictures of a training and of what it led to.</content>
public abstract partial class Picture
{
    /// <summary>A ROC curve: signal efficiency against background efficiency, with its area.</summary>
    /// <param name="curve">The curve; <see cref="RocPicture.Compare"/> adds others.</param>
    /// <param name="name">What the legend calls it; empty, the default, leaves the area alone there.</param>
    /// <returns>The description of the picture.</returns>
    public static RocPicture Roc(RocCurve curve, string name = "") => RocPicture.Of(curve, name);

    /// <summary>The course of a training: loss, accuracy and area by epoch, training beside validation.</summary>
    /// <param name="history">At least one epoch.</param>
    /// <returns>The description of the picture.</returns>
    /// <exception cref="ArgumentException">The history has no epoch.</exception>
    public static HistoryPicture History(TrainingHistory history) => HistoryPicture.Of(history);
}
