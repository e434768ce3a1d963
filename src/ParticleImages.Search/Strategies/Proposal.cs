namespace ParticleImages.Search;

/// <summary>What a strategy wants to be tried.</summary>
/// <param name="Configuration">One of the space that it does not refuse.</param>
/// <param name="Mark">What the strategy wants to know again: it stands in the trial's record.</param>
public sealed record Proposal(Configuration Configuration, string? Mark = null);
