namespace ParticleImages.Evaluation;

/// <summary>
/// The scale on which a classifier of two classes computes: ln(p / (1 − p)), for a network the value of the electron minus that of the photon. It keeps
/// confident events apart where probabilities have all become 1.
/// </summary>
public static class Logit
{
    /// <summary>The probability of label 1 (electron).</summary>
    /// <param name="logit">Any number; ±∞ give 0 and 1.</param>
    /// <returns>1 / (1 + e⁻ˣ), between 0 and 1.</returns>
    public static double Probability(double logit) => 1 / (1 + Math.Exp(-logit));

    /// <summary>The cross-entropy of one event, −ln p of what it is, without overflow or cancellation.</summary>
    /// <param name="logit">The event's logit.</param>
    /// <param name="label">What it is: 0 background (photon), 1 signal (electron).</param>
    /// <returns>At least 0.</returns>
    public static double Loss(double logit, int label)
    {
        // ln(1 + eˣ), x being how far the wrong class leads.
        double lead = label == ParticleLabel.Electron ? -logit : logit;
        return Math.Max(lead, 0) + double.LogP1(Math.Exp(-Math.Abs(lead)));
    }
}
