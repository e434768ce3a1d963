namespace ParticleImages.Evaluation;

/// <summary>
/// How the scores of each class are distributed over 0 to 1, in bins of equal width; and how far scores can be taken for probabilities.
/// </summary>
/// <remarks>Made by <see cref="EvaluationResult.Distribution"/>. Immutable; safe to read from several threads.</remarks>
public sealed class ScoreDistribution
{
    private ScoreDistribution(ScoreBin[] bins, double calibrationError, double calibrationErrorByChance)
    {
        Bins = Array.AsReadOnly(bins);
        CalibrationError = calibrationError;
        CalibrationErrorByChance = calibrationErrorByChance;
    }

    /// <summary>The bins from 0 to 1, those without events too.</summary>
    public IReadOnlyList<ScoreBin> Bins { get; }

    /// <summary>
    /// The expected calibration error, ECE: Σ nᵦ/N · |fraction of signal − mean score| over the bins, 0 to 1, nᵦ of N events in bin b; 0 where of the events
    /// scored p a part p is signal. M. P. Naeini et al., AAAI (2015) 2901, there with 10 bins. It depends on the bins: say how many.
    /// </summary>
    public double CalibrationError { get; }

    /// <summary>
    /// What <see cref="CalibrationError"/> would come to on average, by the finite number of events alone, if every score were the true probability: about
    /// √(2/π) Σ √(Σ p(1 − p)) / N, the outer sum over bins, the inner over the scores p in each. An error no larger than this shows no miscalibration.
    /// </summary>
    public double CalibrationErrorByChance { get; }

    internal static ScoreDistribution Of(ReadOnlySpan<double> scores, ReadOnlySpan<int> labels, int count)
    {
        var signal = new int[count];
        var all = new int[count];
        var sums = new double[count];
        var variances = new double[count];
        for (int i = 0; i < scores.Length; i++)
        {
            int bin = BinOf(scores[i], count);
            signal[bin] += labels[i];
            all[bin]++;
            sums[bin] += scores[i];
            variances[bin] += scores[i] * (1 - scores[i]);
        }

        var bins = new ScoreBin[count];
        double error = 0, chance = 0;
        for (int b = 0; b < count; b++)
        {
            bins[b] = new ScoreBin(Edge(b, count), Edge(b + 1, count), signal[b], all[b] - signal[b], all[b] == 0 ? null : sums[b] / all[b]);
            error += Math.Abs(signal[b] - sums[b]) / scores.Length;
            chance += Math.Sqrt(2 / Math.PI * variances[b]) / scores.Length;
        }

        return new ScoreDistribution(bins, error, chance);
    }

    private static double Edge(int index, int count) => (double)index / count;

    // The product is rounded, the edges are too: a score has to be where the edges say.
    private static int BinOf(double score, int count)
    {
        int bin = Math.Min((int)(score * count), count - 1);
        return score < Edge(bin, count) ? bin - 1 : bin < count - 1 && score >= Edge(bin + 1, count) ? bin + 1 : bin;
    }
}
