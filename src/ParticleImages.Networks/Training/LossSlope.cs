using ParticleImages.Evaluation;

namespace ParticleImages.Networks.Training;

/// <summary>The loss of one event and its slope, in double. The two values of a network count only by their difference, the logit.</summary>
internal static class LossSlope
{
    // Keras' epsilon.
    private const double Least = 1e-7;

    private static readonly double MostLoss = -Math.Log(Least);
    private static readonly double LeastLoss = -double.LogP1(-Least);

    /// <summary>The loss and its derivative by the logit; that by the electron's value is the same, by the photon's its negative.</summary>
    public static (double Loss, double Slope) Of(TrainingLoss kind, double logit, int label)
    {
        double loss = Logit.Loss(logit, label);
        double slope = Logit.Probability(logit) - (label == ParticleLabel.Electron ? 1 : 0);
        if (kind == TrainingLoss.BinaryCrossEntropy && (loss > MostLoss || loss < LeastLoss))
        {
            return (Math.Clamp(loss, LeastLoss, MostLoss), 0);
        }

        return (loss, slope);
    }
}
