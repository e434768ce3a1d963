namespace ParticleImages.Search;

/// <summary>A configuration that was tried, and what it came to.</summary>
/// <param name="Proposal">The number of the proposal.</param>
/// <param name="Configuration">What was tried.</param>
/// <param name="Scores">A number for each objective, less is better; infinite where it was no number.</param>
/// <param name="WasPruned">Whether a trial of it was ended early, so that the scores are those of an early step.</param>
public sealed record ScoredConfiguration(int Proposal, Configuration Configuration, IReadOnlyList<double> Scores, bool WasPruned);
