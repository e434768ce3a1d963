namespace ParticleImages.Search;

/// <summary>How much of a metric's spread a parameter explains.</summary>
/// <param name="Parameter">Its name.</param>
/// <param name="Alone">The share, from 0 to 1, that is its own whatever the others are: the main effect. Those of all parameters and <see cref="ParameterImportances.Interactions"/> sum to 1.</param>
/// <param name="Total">The share, from <paramref name="Alone"/> to 1, of all in which it takes part, alone or together with others. With interactions the totals sum to more than 1. 0 says that it can be left as it is.</param>
public sealed record ParameterImportance(string Parameter, double Alone, double Total);
