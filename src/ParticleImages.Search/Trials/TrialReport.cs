namespace ParticleImages.Search;

/// <summary>What a trial said on its way.</summary>
/// <param name="Step">The epoch, or whatever the trial counts; 0 or more, and each step once.</param>
/// <param name="Metrics">What it had come to.</param>
public sealed record TrialReport(int Step, TrialMetrics Metrics);
