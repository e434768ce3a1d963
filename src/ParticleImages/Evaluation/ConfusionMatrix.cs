using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace ParticleImages.Evaluation;

/// <summary>
/// What a classifier called each event at one threshold, against what it was. An event is called signal when its
/// score ≥ the threshold, background otherwise; label 1 is signal, label 0 background.
/// </summary>
/// <remarks>Immutable; safe to read from several threads. A fraction of no events is null, never NaN.</remarks>
public sealed record ConfusionMatrix
{
    private const string DistinctOverloads = "The overloads differ in a required parameter: no call fits both.";

    private ConfusionMatrix(
        double threshold, int truePositives, int falsePositives, int trueNegatives, int falseNegatives)
    {
        Threshold = threshold;
        TruePositives = truePositives;
        FalsePositives = falsePositives;
        TrueNegatives = trueNegatives;
        FalseNegatives = falseNegatives;
    }

    /// <summary>The lowest score that is called signal.</summary>
    public double Threshold { get; }

    /// <summary>Signal events called signal.</summary>
    public int TruePositives { get; }

    /// <summary>Background events called signal.</summary>
    public int FalsePositives { get; }

    /// <summary>Background events called background.</summary>
    public int TrueNegatives { get; }

    /// <summary>Signal events called background.</summary>
    public int FalseNegatives { get; }

    /// <summary>All events, at least 1.</summary>
    public int Count => TruePositives + FalsePositives + TrueNegatives + FalseNegatives;

    /// <summary>The fraction of events called what they are, 0 to 1.</summary>
    public double Accuracy => (double)(TruePositives + TrueNegatives) / Count;

    /// <summary>
    /// The binomial standard error √(a(1 − a)/n) of <see cref="Accuracy"/>; 0 where all or none are right, which says
    /// that the sample shows no spread.
    /// </summary>
    public double AccuracyStandardError => Math.Sqrt(Accuracy * (1 - Accuracy) / Count);

    /// <summary>The fraction of signal events called signal (true positive rate, recall); null without signal events.</summary>
    public double? SignalEfficiency => Fraction(TruePositives, FalseNegatives);

    /// <summary>The fraction of background events called signal (false positive rate); null without background events.</summary>
    public double? BackgroundEfficiency => Fraction(FalsePositives, TrueNegatives);

    /// <summary>The fraction of events called signal that are signal (precision); null where nothing is called signal.</summary>
    public double? Purity => Fraction(TruePositives, FalsePositives);

    /// <summary>Counts scored events.</summary>
    /// <param name="scores">One finite score an event, higher for signal.</param>
    /// <param name="labels">One label an event: 0 background (photon), 1 signal (electron). One class alone is allowed.</param>
    /// <param name="threshold">The lowest score that is called signal, finite; 0.5, the default, suits probabilities.</param>
    /// <returns>The counts.</returns>
    /// <exception cref="ArgumentException">
    /// There are no events; the lengths differ; a score is NaN or infinite; or a label is neither 0 nor 1.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">The threshold is NaN or infinite.</exception>
    [SuppressMessage("ApiDesign", "RS0026:Do not add multiple overloads with optional parameters", Justification = DistinctOverloads)]
    public static ConfusionMatrix From(ReadOnlySpan<double> scores, ReadOnlySpan<int> labels, double threshold = 0.5)
    {
        ScoredEvents.Check(scores, labels);
        if (!double.IsFinite(threshold))
        {
            throw new ArgumentOutOfRangeException(
                nameof(threshold), threshold, "A threshold is a finite number, on the scale of the scores.");
        }

        // One cell for each pair of called (0, 1) and is (0, 1).
        Span<int> cells = stackalloc int[4];
        for (int i = 0; i < scores.Length; i++)
        {
            cells[(scores[i] >= threshold ? 2 : 0) + labels[i]]++;
        }

        return new ConfusionMatrix(
            threshold, truePositives: cells[3], falsePositives: cells[2], trueNegatives: cells[0], falseNegatives: cells[1]);
    }

    /// <inheritdoc cref="From(ReadOnlySpan{double}, ReadOnlySpan{int}, double)"/>
    /// <remarks>The threshold is rounded once to float32, so that a score written like the threshold equals it.</remarks>
    [SuppressMessage("ApiDesign", "RS0026:Do not add multiple overloads with optional parameters", Justification = DistinctOverloads)]
    public static ConfusionMatrix From(ReadOnlySpan<float> scores, ReadOnlySpan<int> labels, double threshold = 0.5) =>
        From(ScoredEvents.Widen(scores), labels, (float)threshold);

    /// <summary>The matrix as one line of text.</summary>
    /// <returns>The threshold, what passed of each class, and the accuracy with its error.</returns>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"score ≥ {Threshold}: {TruePositives} of {TruePositives + FalseNegatives} signal "
        + $"and {FalsePositives} of {FalsePositives + TrueNegatives} background events; "
        + $"accuracy {new Estimate(Accuracy, AccuracyStandardError).ToString(leastDecimals: 3)}");

    private static double? Fraction(int part, int rest) => part + rest == 0 ? null : (double)part / (part + rest);
}
