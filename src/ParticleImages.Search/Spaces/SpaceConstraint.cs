namespace ParticleImages.Search;

/// <summary>What a configuration must meet to be tried.</summary>
internal sealed record SpaceConstraint(string Text, Func<Configuration, bool> Holds, bool IsText);
