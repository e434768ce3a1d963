namespace ParticleImages.Search;

/// <summary>Which of a trial's reports stands for it.</summary>
public enum JudgedEpoch
{
    /// <summary>What the objective returned, or where it returned no such metric the last report.</summary>
    Last,

    /// <summary>The best of all reports and of what the objective returned. It flatters: the best of many noisy values is better than the truth.</summary>
    Best,
}
