namespace ParticleImages.Evaluation;

/// <summary>What every judgement asks of its input, checked in one place.</summary>
internal static class ScoredEvents
{
    /// <summary>Refuses what no judgement can be made of, naming the first event concerned.</summary>
    public static void Check(ReadOnlySpan<double> scores, ReadOnlySpan<int> labels)
    {
        if (scores.Length != labels.Length)
        {
            throw new ArgumentException(
                $"{scores.Length} scores came with {labels.Length} labels. Give one label a score.", nameof(labels));
        }

        if (scores.IsEmpty)
        {
            throw new ArgumentException("There are no events to judge. Give at least one score and its label.", nameof(scores));
        }

        for (int i = 0; i < scores.Length; i++)
        {
            if (!double.IsFinite(scores[i]))
            {
                throw new ArgumentException(
                    FormattableString.Invariant($"The score of event {i} is {scores[i]}. ")
                    + "A score is a finite number; a network that gives another has diverged.",
                    nameof(scores));
            }
        }

        int odd = labels.IndexOfAnyExceptInRange(ParticleLabel.Photon, ParticleLabel.Electron);
        if (odd >= 0)
        {
            throw new ArgumentException(
                $"Event {odd} has label {labels[odd]}. A label is 0 (background) or 1 (signal).", nameof(labels));
        }
    }

    /// <summary>The same values in double, exactly.</summary>
    public static double[] Widen(ReadOnlySpan<float> scores)
    {
        var wide = new double[scores.Length];
        for (int i = 0; i < wide.Length; i++)
        {
            wide[i] = scores[i];
        }

        return wide;
    }
}
