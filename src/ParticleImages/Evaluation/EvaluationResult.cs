using ParticleImages.Storage;

namespace ParticleImages.Evaluation;

/// <summary>
/// How well a classifier does on events it was not fitted to: loss, accuracy and ROC curve, with the scores they were
/// made of.
/// </summary>
/// <remarks>Immutable; safe to read from several threads.</remarks>
public sealed class EvaluationResult
{
    /// <summary>
    /// In the loss a probability counts as at least this, 10⁻⁷, the value of Keras (<c>keras.config.epsilon()</c>):
    /// float32 rounds 1 − p to 0 where it is smaller, and one such event would make the mean infinite.
    /// </summary>
    public const double LeastProbability = 1e-7;

    private readonly double[] scores;
    private readonly int[] labels;

    private EvaluationResult(double[] scores, int[] labels, RocCurve roc, double loss)
    {
        this.scores = scores;
        this.labels = labels;
        Roc = roc;
        Confusion = ConfusionMatrix.From(scores, labels);
        Loss = loss;
    }

    /// <summary>The number of events.</summary>
    public int Count => scores.Length;

    /// <summary>The probability of being signal that each event was given, 0 to 1, in the order of the events.</summary>
    public ReadOnlySpan<double> Scores => scores;

    /// <summary>What each event is: 0 background (photon), 1 signal (electron).</summary>
    public ReadOnlySpan<int> Labels => labels;

    /// <summary>The ROC curve: <c>Roc.Area</c> ± <c>Roc.StandardError</c>.</summary>
    public RocCurve Roc { get; }

    /// <summary>The confusion matrix at threshold 0.5; for another: <c>ConfusionMatrix.From(result.Scores, result.Labels, 0.7)</c>.</summary>
    public ConfusionMatrix Confusion { get; }

    /// <summary>The fraction of events on the right side of 0.5, 0 to 1.</summary>
    public double Accuracy => Confusion.Accuracy;

    /// <summary>
    /// The cross-entropy: the mean of −ln p over the events, p the probability given to what the event is, limited to
    /// <see cref="LeastProbability"/> and 1 − <see cref="LeastProbability"/> unless it came from logits. Guessing ½ gives ln 2 ≈ 0.693. Summed in double.
    /// </summary>
    public double Loss { get; }

    /// <summary>The scores of each class in bins of equal width over 0 to 1, with the calibration error.</summary>
    /// <param name="bins">How many, 1 to 1000; 10, the default, is usual for calibration.</param>
    /// <returns>The distribution.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The number is outside 1 to 1000.</exception>
    public ScoreDistribution Distribution(int bins = 10)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bins, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bins, 1000);
        return ScoreDistribution.Of(scores, labels, bins);
    }

    /// <summary>Judges scored events.</summary>
    /// <param name="scores">The probability of being signal for each event, 0 to 1. Copied.</param>
    /// <param name="labels">One label an event: 0 background (photon), 1 signal (electron), both present. Copied.</param>
    /// <returns>The judgement.</returns>
    /// <exception cref="ArgumentException">
    /// The lengths differ; a score is not a probability; a label is neither 0 nor 1; or all events are of one class.
    /// </exception>
    public static EvaluationResult From(ReadOnlySpan<double> scores, ReadOnlySpan<int> labels)
    {
        ScoredEvents.Check(scores, labels);
        int odd = scores.IndexOfAnyExceptInRange(0, 1);
        if (odd >= 0)
        {
            throw new ArgumentException(
                FormattableString.Invariant($"The score of event {odd} is {scores[odd]}; here scores are probabilities, 0 to 1. ")
                + "Put logits through the softmax first; RocCurve takes any scale.",
                nameof(scores));
        }

        double[] copied = scores.ToArray();
        return new EvaluationResult(copied, labels.ToArray(), RocCurve.From(scores, labels), CrossEntropy(copied, labels));
    }

    /// <inheritdoc cref="From(ReadOnlySpan{double}, ReadOnlySpan{int})"/>
    public static EvaluationResult From(ReadOnlySpan<float> scores, ReadOnlySpan<int> labels) =>
        From(ScoredEvents.Widen(scores), labels);

    /// <summary>
    /// Judges events by their logits: the curve, its area and the loss see differences that are lost in probabilities, which near 1 are all
    /// the same. <see cref="Scores"/> and the curve's thresholds are probabilities all the same.
    /// </summary>
    /// <param name="logits">ln(p / (1 − p)) of being signal for each event, finite.</param>
    /// <param name="labels">One label an event: 0 background (photon), 1 signal (electron), both present. Copied.</param>
    /// <returns>The judgement; its loss has no <see cref="LeastProbability"/>.</returns>
    /// <exception cref="ArgumentException">
    /// The lengths differ; a logit is NaN or infinite; a label is neither 0 nor 1; or all events are of one class.
    /// </exception>
    public static EvaluationResult FromLogits(ReadOnlySpan<double> logits, ReadOnlySpan<int> labels)
    {
        RocCurve roc = RocCurve.From(logits, labels).OnScale(Logit.Probability);
        var scores = new double[logits.Length];
        double loss = 0;
        for (int i = 0; i < scores.Length; i++)
        {
            scores[i] = Logit.Probability(logits[i]);
            loss += Logit.Loss(logits[i], labels[i]);
        }

        return new EvaluationResult(scores, labels.ToArray(), roc, loss / scores.Length);
    }

    /// <summary>Writes what the judgement was made of as text that pandas and spreadsheets read: <c>event,label,score</c>, then one line an event.</summary>
    /// <param name="path">The file; an existing one is replaced, whole or not at all. Scores have as many digits as bring the same double back.</param>
    /// <exception cref="IOException">The disk refused.</exception>
    public void SaveCsv(string path) => AtomicFile.Write(path, stream => ScoresCsv.Write(stream, scores, labels));

    /// <summary>Reads and judges what <see cref="SaveCsv"/> wrote, or <c>particle-images predict</c>.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The judgement. One that was made from logits differs from it where probabilities near 0 or 1 have lost their differences.</returns>
    /// <exception cref="EventFormatException">It is no such file, or a score is no probability, a label neither 0 nor 1, or all events are of one class.</exception>
    /// <exception cref="IOException">The file can't be read.</exception>
    public static EvaluationResult LoadCsv(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using FileStream stream = File.OpenRead(path);
        (double[] scores, int[] labels) = ScoresCsv.Read(stream, path);
        try
        {
            return From(scores, labels);
        }
        catch (ArgumentException problem)
        {
            throw new EventFormatException($"The scores in '{path}' can't be judged: {problem.Message}", path, innerException: problem);
        }
    }

    /// <summary>The judgement as one line of text, for example <c>2000 events: AUC 0.758 ± 0.011, accuracy 0.708 ± 0.010, loss 0.591</c>.</summary>
    /// <returns>The number of events, area, accuracy and loss.</returns>
    public override string ToString() => FormattableString.Invariant(
        $"{Count} events: {Roc}, accuracy {new Estimate(Accuracy, Confusion.AccuracyStandardError).ToString(leastDecimals: 3)}, loss {Loss:F3}");

    private static double CrossEntropy(double[] scores, ReadOnlySpan<int> labels)
    {
        double sum = 0;
        for (int i = 0; i < scores.Length; i++)
        {
            double right = labels[i] == ParticleLabel.Electron ? scores[i] : 1 - scores[i];
            sum -= Math.Log(Math.Clamp(right, LeastProbability, 1 - LeastProbability));
        }

        return sum / scores.Length;
    }
}
