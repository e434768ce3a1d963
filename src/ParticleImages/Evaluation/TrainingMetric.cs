namespace ParticleImages.Evaluation;

/// <summary>What a training run is followed by, after every epoch.</summary>
public enum TrainingMetric
{
    /// <summary>Cross-entropy on the training events; lower is better. In files <c>loss</c>.</summary>
    Loss,

    /// <summary>Accuracy on the training events; higher is better. In files <c>accuracy</c>.</summary>
    Accuracy,

    /// <summary>Area under the ROC curve on the training events; higher is better. In files <c>auc</c>.</summary>
    Area,

    /// <summary>Cross-entropy on the validation events; lower is better. In files <c>val_loss</c>.</summary>
    ValidationLoss,

    /// <summary>Accuracy on the validation events; higher is better. In files <c>val_accuracy</c>.</summary>
    ValidationAccuracy,

    /// <summary>Area under the ROC curve on the validation events; higher is better. In files <c>val_auc</c>.</summary>
    ValidationArea,
}
