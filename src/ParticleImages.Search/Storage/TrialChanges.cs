namespace ParticleImages.Search;

/// <summary>What happened in a store since somebody looked.</summary>
/// <param name="Trials">Trials that are new or have changed, as they are now, by number.</param>
/// <param name="Reports">New reports with their trials' numbers, in the order in which they came.</param>
/// <param name="Revision">The store's count of changes up to here.</param>
public sealed record TrialChanges(IReadOnlyList<TrialRecord> Trials, IReadOnlyList<(int Trial, TrialReport Report)> Reports, long Revision);
