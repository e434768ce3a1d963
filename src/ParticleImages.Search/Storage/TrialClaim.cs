namespace ParticleImages.Search;

/// <summary>The right to run a trial, until its lease ends. Whoever claims the trial after that has a higher attempt, and this one counts no more.</summary>
/// <param name="Number">The trial.</param>
/// <param name="Attempt">The attempt.</param>
/// <param name="Owner">Who runs it.</param>
public readonly record struct TrialClaim(int Number, int Attempt, string Owner);
