namespace ParticleImages.Search;

/// <summary>How a parameter and a metric go together over the configurations that have finished.</summary>
/// <param name="Parameter">The parameter.</param>
/// <param name="Metric">The metric.</param>
/// <param name="Count">How many configurations have a value of both.</param>
/// <param name="Pearson">Pearson's correlation of the values, from −1 to 1: how well a straight line fits. Null where one of the two is the same in all, or there are fewer than 2.</param>
/// <param name="PearsonPValue">How probable a correlation at least so strong is where there is none, for normal values (Student's t, two-sided); null below 3 configurations.</param>
/// <param name="Spearman">Spearman's correlation, Pearson's of the ranks, equal values having the mean of theirs: whether one rises with the other, in whatever way.</param>
/// <param name="SpearmanPValue">The same for the ranks by Student's t, which is rough below about 10 configurations.</param>
public sealed record ParameterCorrelation(string Parameter, string Metric, int Count, double? Pearson, double? PearsonPValue, double? Spearman, double? SpearmanPValue);
