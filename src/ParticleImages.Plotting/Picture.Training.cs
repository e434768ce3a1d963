using ParticleImages.Evaluation;

namespace ParticleImages.Plotting;

/// <content>Pictures of a training and of what it led to.</content>
public abstract partial class Picture
{
    /// <summary>A ROC curve: signal efficiency against background efficiency, with its area and working points.</summary>
    /// <param name="curve">The curve; <see cref="RocPicture.Compare"/> adds others.</param>
    /// <param name="name">What the legend calls it; empty, the default, leaves the area alone there.</param>
    /// <returns>The description of the picture.</returns>
    public static RocPicture Roc(RocCurve curve, string name = "") => RocPicture.Of(curve, name);

    /// <summary>Background rejection 1/ε, logarithmic, against signal efficiency: a ROC curve as papers on calorimeters show it, with working points.</summary>
    /// <param name="curve">The curve; <see cref="RejectionPicture.Compare"/> adds others.</param>
    /// <param name="name">What the legend calls it; empty, the default, leaves the area and the rejections alone there.</param>
    /// <returns>The description of the picture.</returns>
    public static RejectionPicture Rejection(RocCurve curve, string name = "") => RejectionPicture.Of(curve, name);

    /// <summary>The scores of each class as histograms with statistical errors.</summary>
    /// <param name="result">What a network made of events of both classes.</param>
    /// <returns>The description of the picture.</returns>
    public static ScoresPicture Scores(EvaluationResult result) => ScoresPicture.Of(result);

    /// <summary>How far scores are probabilities: the fraction of electrons by score, the number of events, and the expected calibration error.</summary>
    /// <param name="result">What a network made of events of both classes; <see cref="CalibrationPicture.Compare"/> adds others.</param>
    /// <param name="name">What the legend calls it; empty, the default, leaves the calibration error alone there.</param>
    /// <returns>The description of the picture.</returns>
    public static CalibrationPicture Calibration(EvaluationResult result, string name = "") => CalibrationPicture.Of(result, name);

    /// <summary>A confusion matrix: what events are called against what they are.</summary>
    /// <param name="matrix">The counts; one class alone will do.</param>
    /// <returns>The description of the picture.</returns>
    public static ConfusionPicture Confusion(ConfusionMatrix matrix) => ConfusionPicture.Of(matrix);

    /// <summary>The confusion matrix at threshold 0.5.</summary>
    /// <param name="result">What a network made of events.</param>
    /// <returns>The description of the picture.</returns>
    public static ConfusionPicture Confusion(EvaluationResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        return ConfusionPicture.Of(result.Confusion);
    }

    /// <summary>The course of a training: loss, accuracy, area and learning rate by epoch, training beside validation.</summary>
    /// <param name="history">At least one epoch; <see cref="HistoryPicture.Compare"/> adds others.</param>
    /// <param name="name">What the legend calls it; empty, the default, leaves training and validation alone there.</param>
    /// <returns>The description of the picture.</returns>
    /// <exception cref="ArgumentException">The history has no epoch.</exception>
    public static HistoryPicture History(TrainingHistory history, string name = "")
    {
        ArgumentNullException.ThrowIfNull(history);
        return HistoryPicture.Of(name, [history], nameof(history));
    }

    /// <summary>The course of several runs of one training, for example with several seeds: the median and a band of the central 68 %.</summary>
    /// <param name="histories">At least one, each of at least one epoch; <see cref="HistoryPicture.Compare"/> adds the runs of something else.</param>
    /// <param name="name">What the legend calls them; empty, the default, leaves training and validation alone there.</param>
    /// <returns>The description of the picture.</returns>
    /// <exception cref="ArgumentException">There is no history, or one has no epoch.</exception>
    public static HistoryPicture Histories(IEnumerable<TrainingHistory> histories, string name = "") =>
        HistoryPicture.Of(name, histories, nameof(histories));
}
