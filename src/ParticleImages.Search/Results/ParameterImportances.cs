using System.Globalization;

namespace ParticleImages.Search;

/// <summary>How much of a metric's spread over a space each parameter explains; <see cref="TrialTable.Importances"/> says how that is found and how far it can be trusted. Immutable.</summary>
public sealed class ParameterImportances
{
    // Fewer configurations leave nothing to split.
    private const int Fewest = 4;

    private ParameterImportances(string metric, int count, IReadOnlyList<ParameterImportance> parameters, double interactions, double explained)
    {
        Metric = metric;
        Count = count;
        Parameters = parameters;
        Interactions = interactions;
        Explained = explained;
    }

    /// <summary>The metric.</summary>
    public string Metric { get; }

    /// <summary>From how many configurations.</summary>
    public int Count { get; }

    /// <summary>The parameters, the most important first by <see cref="ParameterImportance.Total"/>.</summary>
    public IReadOnlyList<ParameterImportance> Parameters { get; }

    /// <summary>The share that no parameter explains alone, but several together.</summary>
    public double Interactions { get; }

    /// <summary>
    /// How well the forest foretells configurations that it was not fitted to (the coefficient of determination over those that a tree has not seen): 1 is perfect, 0 no better than the mean, and below 0 worse. The
    /// shares are of what it foretells: where this is small, they say little.
    /// </summary>
    public double Explained { get; }

    /// <summary>A line a parameter, the interactions, and how far they can be trusted.</summary>
    public override string ToString()
    {
        int width = Parameters.Select(parameter => parameter.Parameter.Length).Append("interactions".Length).Max();
        IEnumerable<string> lines = Parameters.Select(parameter => string.Create(CultureInfo.InvariantCulture, $"{parameter.Parameter.PadRight(width)}  {parameter.Alone,6:P1}  {parameter.Total,6:P1} with others"));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{Metric} over {Count} configurations, of which a forest foretells {Explained:P0}:\n{string.Join('\n', lines)}\n{"interactions".PadRight(width)}  {Interactions,6:P1}");
    }

    internal static ParameterImportances Of(string metric, ImportanceAxis[] axes, double[] responses, ulong seed)
    {
        if (axes.Length == 0)
        {
            throw new InvalidOperationException("There is no parameter whose importance could be found: the table has no column of one.");
        }

        if (responses.Length < Fewest)
        {
            throw new InvalidOperationException($"{responses.Length} finished {(responses.Length == 1 ? "configuration has" : "configurations have")} {metric}; importances want {Fewest} or more, and mean something from about ten a parameter on.");
        }

        if (Array.TrueForAll(responses, response => response == responses[0]))
        {
            throw new InvalidOperationException(FormattableString.Invariant($"{metric} is {responses[0]} in all {responses.Length} configurations: there is no spread to explain."));
        }

        // Shares do not change with the scale; the forest's sums would, where the spread is small beside the mean.
        double mean = responses.Average(response => response / responses.Length) * responses.Length;
        double largest = responses.Max(response => Math.Abs(response - mean));
        var forest = new ImportanceForest(axes, Array.ConvertAll(responses, response => (response - mean) / largest), seed);
        (double[] alone, double[] total) = VarianceShares.Of(forest);
        return new ParameterImportances(
            metric,
            responses.Length,
            [.. axes.Select((axis, i) => new ParameterImportance(axis.Name, alone[i], total[i])).OrderByDescending(parameter => parameter.Total)],
            total.Max() > 0 ? Math.Max(0, 1 - alone.Sum()) : 0,
            forest.Explained);
    }
}
