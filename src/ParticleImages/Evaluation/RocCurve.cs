namespace ParticleImages.Evaluation;

/// <summary>
/// The receiver operating characteristic of a classifier: signal efficiency against background efficiency for every
/// threshold on the score, with the area under it.
/// </summary>
/// <remarks>
/// An event passes a threshold when its score ≥ the threshold; label 1 is signal, label 0 background. Events of one
/// score pass together, so a curve has one point a distinct score and ties are straight slopes. Only the scores' order
/// matters. Immutable; safe to read from several threads.
/// </remarks>
public sealed class RocCurve
{
    private readonly RocPoint[] points;

    private RocCurve(RocPoint[] points, int signalCount, int backgroundCount, double area, double standardError)
    {
        this.points = points;
        Points = Array.AsReadOnly(points);
        SignalCount = signalCount;
        BackgroundCount = backgroundCount;
        Area = area;
        StandardError = standardError;
    }

    /// <summary>
    /// The points by falling threshold: (0, 0) at threshold +∞, then one a distinct score, (1, 1) at the lowest.
    /// </summary>
    public IReadOnlyList<RocPoint> Points { get; }

    /// <summary>Signal events (label 1), at least 1.</summary>
    public int SignalCount { get; }

    /// <summary>Background events (label 0), at least 1.</summary>
    public int BackgroundCount { get; }

    /// <summary>
    /// The area under the curve (AUC), 0 to 1: the probability that a signal event scores above a background event,
    /// ties counting one half. Counted in integers and divided once, so it is exact to the last bit.
    /// </summary>
    public double Area { get; }

    /// <summary>
    /// The standard error of <see cref="Area"/>, ties included: E. R. DeLong et al., Biometrics 44 (1988) 837, through
    /// ranks in O(n log n) as by X. Sun and W. Xu, IEEE Signal Process. Lett. 21 (2014) 1389.
    /// </summary>
    /// <remarks>
    /// It is estimated from the spread among the events given: 0 where the classes separate completely, which says that
    /// the sample shows no spread, not that the classifier is known to be perfect; +∞ where a class has a single event,
    /// which shows no spread at all.
    /// </remarks>
    public double StandardError { get; }

    /// <summary>Makes the curve of scored events.</summary>
    /// <param name="scores">One finite score an event, higher for signal; probabilities, logits or any other scale.</param>
    /// <param name="labels">One label an event: 0 background (photon), 1 signal (electron).</param>
    /// <returns>The curve.</returns>
    /// <exception cref="ArgumentException">
    /// The lengths differ; a score is NaN or infinite; a label is neither 0 nor 1; or all events are of one class, for
    /// which neither the curve nor its area is defined.
    /// </exception>
    public static RocCurve From(ReadOnlySpan<double> scores, ReadOnlySpan<int> labels)
    {
        ScoredEvents.Check(scores, labels);
        int signalCount = labels.Count(ParticleLabel.Electron);
        int backgroundCount = labels.Length - signalCount;
        if (signalCount == 0 || backgroundCount == 0)
        {
            throw new ArgumentException(
                $"All {labels.Length} events have label {labels[0]}: a ROC curve and its area are defined only where there are "
                + "signal and background. Judge events of both classes; ConfusionMatrix takes one class too.",
                nameof(labels));
        }

        ScoreGroup[] groups = GroupByScore(scores, labels);
        (double area, double standardError) = Judge(groups, signalCount, backgroundCount);
        return new RocCurve(
            PointsOf(groups, signalCount, backgroundCount), signalCount, backgroundCount, area, standardError);
    }

    /// <inheritdoc cref="From(ReadOnlySpan{double}, ReadOnlySpan{int})"/>
    public static RocCurve From(ReadOnlySpan<float> scores, ReadOnlySpan<int> labels) =>
        From(ScoredEvents.Widen(scores), labels);

    /// <summary>The background efficiency at a signal efficiency: the curve read horizontally.</summary>
    /// <param name="signalEfficiency">0 to 1. Between two points the curve is a straight line; where several points have this
    /// signal efficiency, the one with the least background counts.</param>
    /// <returns>0 to 1.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The efficiency is outside 0 to 1.</exception>
    public double BackgroundEfficiencyAt(double signalEfficiency)
    {
        CheckEfficiency(signalEfficiency);
        int right = FirstPointWhere(point => point.SignalEfficiency >= signalEfficiency);
        if (points[right].SignalEfficiency == signalEfficiency)
        {
            return points[right].BackgroundEfficiency;
        }

        RocPoint low = points[right - 1], high = points[right];
        double fraction = (signalEfficiency - low.SignalEfficiency) / (high.SignalEfficiency - low.SignalEfficiency);
        return low.BackgroundEfficiency + (fraction * (high.BackgroundEfficiency - low.BackgroundEfficiency));
    }

    /// <summary>The background rejection 1/ε_b at a signal efficiency, with its error.</summary>
    /// <param name="signalEfficiency">0 to 1; ε_b is <see cref="BackgroundEfficiencyAt"/> of it.</param>
    /// <returns>The rejection; infinite, with a finite lower limit, where no background event passes.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The efficiency is outside 0 to 1.</exception>
    public BackgroundRejection BackgroundRejectionAt(double signalEfficiency) =>
        new(BackgroundEfficiencyAt(signalEfficiency), BackgroundCount);

    /// <summary>The signal efficiency at a background efficiency: the curve read vertically.</summary>
    /// <param name="backgroundEfficiency">0 to 1. Between two points the curve is a straight line; where several points have
    /// this background efficiency, the one with the most signal counts.</param>
    /// <returns>0 to 1.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The efficiency is outside 0 to 1.</exception>
    public double SignalEfficiencyAt(double backgroundEfficiency)
    {
        CheckEfficiency(backgroundEfficiency);
        int right = FirstPointWhere(point => point.BackgroundEfficiency > backgroundEfficiency);
        RocPoint low = points[right - 1];
        if (low.BackgroundEfficiency == backgroundEfficiency)
        {
            return low.SignalEfficiency;
        }

        RocPoint high = points[right];
        double fraction =
            (backgroundEfficiency - low.BackgroundEfficiency) / (high.BackgroundEfficiency - low.BackgroundEfficiency);
        return low.SignalEfficiency + (fraction * (high.SignalEfficiency - low.SignalEfficiency));
    }

    /// <summary>The area as text, for example <c>AUC 0.758 ± 0.011</c>.</summary>
    /// <returns>The area and its standard error to the second digit of the error, three decimals at least; <c>AUC 1.000 (error unknown)</c> where
    /// <see cref="StandardError"/> is 0 or +∞.</returns>
    public override string ToString() => $"AUC {new Estimate(Area, StandardError).ToString(leastDecimals: 3)}";

    /// <summary>The same curve with thresholds on another, rising scale.</summary>
    internal RocCurve OnScale(Func<double, double> scale) => new(
        [.. points.Select((point, index) => index == 0 ? point : point with { Threshold = scale(point.Threshold) })],
        SignalCount,
        BackgroundCount,
        Area,
        StandardError);

    private static ScoreGroup[] GroupByScore(ReadOnlySpan<double> scores, ReadOnlySpan<int> labels)
    {
        double[] keys = scores.ToArray();
        int[] sorted = labels.ToArray();
        Array.Sort(keys, sorted);
        var groups = new List<ScoreGroup>();
        for (int end = keys.Length; end > 0;)
        {
            int start = end - 1;
            while (start > 0 && keys[start - 1] == keys[end - 1])
            {
                start--;
            }

            int signal = sorted.AsSpan(start..end).Count(ParticleLabel.Electron);
            groups.Add(new ScoreGroup(keys[start], signal, end - start - signal));
            end = start;
        }

        return [.. groups];
    }

    // DeLong's placements: for a signal event the fraction of background below it, for a background event the fraction
    // of signal above it, ties one half. Both average to the area; their spreads make its variance.
    private static (double Area, double StandardError) Judge(ScoreGroup[] groups, int signalCount, int backgroundCount)
    {
        long twiceOrdered = 0;
        long signalAbove = 0;
        foreach (ScoreGroup group in groups)
        {
            twiceOrdered += group.Background * ((2 * signalAbove) + group.Signal);
            signalAbove += group.Signal;
        }

        double area = twiceOrdered / (2.0 * signalCount * backgroundCount);
        if (signalCount == 1 || backgroundCount == 1)
        {
            return (area, double.PositiveInfinity);
        }

        double signalSpread = 0, backgroundSpread = 0;
        signalAbove = 0;
        long backgroundBelow = backgroundCount;
        foreach (ScoreGroup group in groups)
        {
            backgroundBelow -= group.Background;
            double below = (backgroundBelow + (0.5 * group.Background)) / backgroundCount;
            double above = (signalAbove + (0.5 * group.Signal)) / signalCount;
            signalSpread += group.Signal * (below - area) * (below - area);
            backgroundSpread += group.Background * (above - area) * (above - area);
            signalAbove += group.Signal;
        }

        double variance = (signalSpread / (signalCount - 1) / signalCount)
            + (backgroundSpread / (backgroundCount - 1) / backgroundCount);
        return (area, Math.Sqrt(variance));
    }

    private static RocPoint[] PointsOf(ScoreGroup[] groups, int signalCount, int backgroundCount)
    {
        var points = new RocPoint[groups.Length + 1];
        points[0] = new RocPoint(0, 0, double.PositiveInfinity);
        int signal = 0, background = 0;
        for (int i = 0; i < groups.Length; i++)
        {
            signal += groups[i].Signal;
            background += groups[i].Background;
            points[i + 1] = new RocPoint(
                (double)background / backgroundCount, (double)signal / signalCount, groups[i].Score);
        }

        return points;
    }

    private static void CheckEfficiency(
        double value, [System.Runtime.CompilerServices.CallerArgumentExpression(nameof(value))] string? name = null)
    {
        if (!(value >= 0 && value <= 1))
        {
            throw new ArgumentOutOfRangeException(name, value, "An efficiency is between 0 and 1.");
        }
    }

    // Both efficiencies rise along the points, so whatever asks for more of one is false, then true.
    private int FirstPointWhere(Predicate<RocPoint> condition)
    {
        int low = 0, high = points.Length;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            if (condition(points[middle]))
            {
                high = middle;
            }
            else
            {
                low = middle + 1;
            }
        }

        return low;
    }

    private readonly record struct ScoreGroup(double Score, int Signal, int Background);
}
