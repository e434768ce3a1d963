namespace ParticleImages.Evaluation;

/// <summary>One point of a <see cref="RocCurve"/>: what passes when every event with score ≥ <see cref="Threshold"/> is called signal.</summary>
/// <param name="BackgroundEfficiency">Passing fraction of the background events (label 0), 0 to 1: the false positive rate.</param>
/// <param name="SignalEfficiency">Passing fraction of the signal events (label 1), 0 to 1: the true positive rate.</param>
/// <param name="Threshold">The lowest passing score; +∞ at the first point, where nothing passes.</param>
public readonly record struct RocPoint(double BackgroundEfficiency, double SignalEfficiency, double Threshold)
{
    /// <summary>The point as text, with points as decimal signs.</summary>
    /// <returns>Both efficiencies and the threshold.</returns>
    public override string ToString() => FormattableString.Invariant(
        $"signal efficiency {SignalEfficiency}, background efficiency {BackgroundEfficiency}, threshold {Threshold}");
}
