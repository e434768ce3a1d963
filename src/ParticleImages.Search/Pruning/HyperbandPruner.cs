namespace ParticleImages.Search;

/// <summary>Successive halving within brackets.</summary>
internal sealed class HyperbandPruner : IPruner
{
    private readonly HalvingPruner[] brackets;

    // How many trials of each cycle belong to the brackets up to each.
    private readonly int[] ends;

    public HyperbandPruner(int first, int last, int reduction)
    {
        Identity = FormattableString.Invariant($"hyperband from step {first} to {last} by {reduction}");
        var made = new List<HalvingPruner>();
        for (long rung = first; rung <= last; rung *= reduction)
        {
            made.Add(new HalvingPruner((int)rung, reduction));
        }

        brackets = [.. made];
        ends = new int[brackets.Length];
        int end = 0;
        for (int bracket = 0; bracket < brackets.Length; bracket++)
        {
            // As many as Hyperband begins a bracket with, for the same budget each.
            int halvings = brackets.Length - 1 - bracket;
            end += (int)Math.Ceiling(brackets.Length * Math.Pow(reduction, halvings) / (halvings + 1));
            ends[bracket] = end;
        }
    }

    public string Identity { get; }

    public string? Judge(int trial, int atStep, TrialHistory history)
    {
        int own = BracketOf(trial);
        return brackets[own].Judge(trial, atStep, history, other => BracketOf(other) == own);
    }

    /// <summary>The bracket of a trial: at random, but always the same, so that every bracket has trials soon.</summary>
    internal int BracketOf(int trial)
    {
        int place = new SplitMix64((ulong)trial).Below(ends[^1]);
        return Array.FindIndex(ends, end => place < end);
    }
}
