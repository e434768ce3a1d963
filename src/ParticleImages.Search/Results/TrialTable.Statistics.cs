namespace ParticleImages.Search;

/// <content>What the table says of its parameters.</content>
public sealed partial class TrialTable
{
    /// <summary>
    /// The correlations of every parameter of numbers or truth values (0 and 1) with every metric, over the trials that have both as finite numbers. Where the table has the column
    /// <c>state</c>, only finished trials count: a pruned one's metrics are those of an early epoch.
    /// </summary>
    /// <returns>One for each pair, the parameters in order and for each the metrics in order.</returns>
    public IReadOnlyList<ParameterCorrelation> Correlations()
    {
        TrialTable finished = Finished();
        return
        [
            .. from parameter in finished.columns
               where parameter.Role == TrialColumnRole.Parameter && parameter.Kind is TrialColumnKind.Integer or TrialColumnKind.Real or TrialColumnKind.Boolean
               from metric in finished.columns
               where metric.Role == TrialColumnRole.Metric && metric.Kind is TrialColumnKind.Integer or TrialColumnKind.Real
               select Correlate(parameter, metric),
        ];
    }

    /// <summary>
    /// How much of a metric's spread each parameter explains (functional analysis of variance, Hutter, Hoos and Leyton-Brown, ICML 2014), over finished trials whose metric is a finite
    /// number. Every value that occurs counts alike, whatever its distance from the next and however often it was tried.
    /// </summary>
    /// <remarks>
    /// A forest of regression trees is fitted to the trials, and the variance of what it predicts over all combinations of values is divided among the parameters. It says what the
    /// forest has understood, which <see cref="ParameterImportances.Explained"/> measures: below some ten trials a parameter that is little, and a weak parameter beside a strong one is underrated.
    /// Parameters that matter only together, and hardly alone, are understood late: until then a good part of their share, in an extreme case of two hundred trials a third, stands with parameters of many values.
    /// A single diverged trial outweighs all others: leave it out by <see cref="Where"/>. Constraints of the space are not heeded; where a parameter has no value because of a
    /// condition, it is taken to have had no influence.
    /// </remarks>
    /// <param name="metric">The name of a column of numbers.</param>
    /// <param name="seed">From which the forest is drawn.</param>
    /// <returns>The shares.</returns>
    /// <exception cref="KeyNotFoundException">There is no such column.</exception>
    /// <exception cref="InvalidOperationException">It holds no numbers; the table has no column of a parameter; fewer than 4 trials have the metric, or all the same one.</exception>
    public ParameterImportances Importances(string metric, ulong seed = 0)
    {
        TrialTable finished = Finished();
        IReadOnlyList<double?> numbers = finished.Numbers(metric);
        TrialTable judged = finished.Pick([.. Enumerable.Range(0, finished.Count).Where(row => numbers[row] is { } number && double.IsFinite(number))]);
        ImportanceAxis[] axes = [.. judged.columns.Where(column => column.Role == TrialColumnRole.Parameter).Select(ImportanceAxis.Of)];
        return ParameterImportances.Of(metric, axes, [.. judged.Numbers(metric).Select(number => number!.Value)], seed);
    }

    private static ParameterCorrelation Correlate(TrialColumn parameter, TrialColumn metric)
    {
        IReadOnlyList<double?> values = parameter.Kind == TrialColumnKind.Boolean
            ? [.. parameter.AsBooleans().Select(truth => truth is { } known ? known ? 1.0 : 0 : (double?)null)]
            : parameter.AsNumbers();
        (double One, double Two)[] pairs =
        [
            .. values.Zip(metric.AsNumbers())
                .Where(pair => pair.First is { } one && pair.Second is { } two && double.IsFinite(one) && double.IsFinite(two))
                .Select(pair => (pair.First!.Value, pair.Second!.Value)),
        ];
        double[] ones = Array.ConvertAll(pairs, pair => pair.One);
        double[] twos = Array.ConvertAll(pairs, pair => pair.Two);
        double? pearson = Correlation.Pearson(ones, twos);
        double? spearman = Correlation.Spearman(ones, twos);
        return new(
            parameter.Name, metric.Name, pairs.Length, pearson, Correlation.PValue(pearson, pairs.Length), spearman, Correlation.PValue(spearman, pairs.Length));
    }

    private TrialTable Finished() => Array.Exists(columns, column => column.Name == ColumnRoles.State && column.Role == TrialColumnRole.Trial)
        ? Where(row => row.Text(ColumnRoles.State) == "finished")
        : this;
}
