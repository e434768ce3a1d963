namespace ParticleImages.Search;

/// <content>What the table says of its parameters.</content>
public sealed partial class TrialTable
{
    /// <summary>
    /// The correlations of every parameter of numbers or truth values (0 and 1) with every metric, over the configurations that have both as finite numbers. Rows that are alike in all parameters are
    /// one configuration with the mean of its finite values: repeats tell of its noise, and counted one by one would make chance look like a connection. Where the table has the column
    /// <c>state</c>, only finished trials count: a pruned one's metrics are those of an early epoch.
    /// </summary>
    /// <returns>One for each pair, the parameters in order and for each the metrics in order.</returns>
    public IReadOnlyList<ParameterCorrelation> Correlations()
    {
        TrialTable finished = Finished();
        int[][] configurations = finished.Configurations();
        return
        [
            .. from parameter in finished.columns
               where IsParameter(parameter) && parameter.Kind is TrialColumnKind.Integer or TrialColumnKind.Real or TrialColumnKind.Boolean
               from metric in finished.columns
               where metric.Role == TrialColumnRole.Metric && metric.Kind is TrialColumnKind.Integer or TrialColumnKind.Real
               select Correlate(parameter, metric, configurations),
        ];
    }

    /// <summary>
    /// How much of a metric's spread each parameter explains (functional analysis of variance, Hutter, Hoos and Leyton-Brown, ICML 2014), over finished trials whose metric is a finite
    /// number. Rows that are alike in all parameters are one configuration with the mean of their values: of repeats the forest would know what it is asked to foretell. Every value that occurs counts alike, whatever its distance from the next and however often it was tried.
    /// </summary>
    /// <remarks>
    /// A forest of regression trees is fitted to the configurations, and the variance of what it predicts over all combinations of values is divided among the parameters. It says what the
    /// forest has understood, which <see cref="ParameterImportances.Explained"/> measures: below some ten configurations a parameter that is little, and a weak parameter beside a strong one is underrated.
    /// Parameters that matter only together, and hardly alone, are understood late: until then a good part of their share, in an extreme case of two hundred trials a third, stands with parameters of many values.
    /// A single diverged trial outweighs all others: leave it out by <see cref="Where"/>. Constraints of the space are not heeded; where a parameter has no value because of a
    /// condition, it is taken to have had no influence.
    /// </remarks>
    /// <param name="metric">The name of a column of numbers.</param>
    /// <param name="seed">From which the forest is drawn.</param>
    /// <returns>The shares.</returns>
    /// <exception cref="KeyNotFoundException">There is no such column.</exception>
    /// <exception cref="InvalidOperationException">It holds no numbers; the table has no column of a parameter; fewer than 4 configurations have the metric, or all the same one.</exception>
    public ParameterImportances Importances(string metric, ulong seed = 0)
    {
        TrialTable finished = Finished();
        IReadOnlyList<double?> numbers = finished.Numbers(metric);
        TrialTable judged = finished.Pick([.. Enumerable.Range(0, finished.Count).Where(row => numbers[row] is { } number && double.IsFinite(number))]);
        int[][] configurations = judged.Configurations();
        TrialTable ones = judged.Pick(Array.ConvertAll(configurations, rows => rows[0]));
        numbers = judged.Numbers(metric);
        return ParameterImportances.Of(
            metric, [.. ones.columns.Where(IsParameter).Select(ImportanceAxis.Of)], Array.ConvertAll(configurations, rows => Mean(numbers, rows)!.Value), seed);
    }

    private static ParameterCorrelation Correlate(TrialColumn parameter, TrialColumn metric, int[][] configurations)
    {
        IReadOnlyList<double?> values = parameter.Kind == TrialColumnKind.Boolean
            ? [.. parameter.AsBooleans().Select(truth => truth is { } known ? known ? 1.0 : 0 : (double?)null)]
            : parameter.AsNumbers();
        IReadOnlyList<double?> numbers = metric.AsNumbers();
        (double One, double Two)[] pairs =
        [
            .. from rows in configurations
               let one = values[rows[0]]
               let two = Mean(numbers, rows)
               where one is { } known && double.IsFinite(known) && two is not null
               select (one.Value, two.Value),
        ];
        double[] ones = Array.ConvertAll(pairs, pair => pair.One);
        double[] twos = Array.ConvertAll(pairs, pair => pair.Two);
        double? pearson = Correlation.Pearson(ones, twos);
        double? spearman = Correlation.Spearman(ones, twos);
        return new(
            parameter.Name, metric.Name, pairs.Length, pearson, Correlation.PValue(pearson, pairs.Length), spearman, Correlation.PValue(spearman, pairs.Length));
    }

    private static bool IsParameter(TrialColumn column) => column.Role == TrialColumnRole.Parameter;

    // Of the finite ones; null where there is none.
    private static double? Mean(IReadOnlyList<double?> numbers, int[] rows) =>
        rows.Select(row => numbers[row]).Where(number => number is { } known && double.IsFinite(known)).Average();

    // The rows of each configuration, in the order in which it first comes: parameter by parameter, rows stay together that are alike in it.
    private int[][] Configurations()
    {
        var numbers = new int[Count];
        foreach (TrialColumn column in columns.Where(IsParameter))
        {
            var alike = new Dictionary<(int Number, object? Cell), int>();
            for (int row = 0; row < Count; row++)
            {
                (int, object?) key = (numbers[row], column[row]);
                alike.TryAdd(key, alike.Count);
                numbers[row] = alike[key];
            }
        }

        return [.. Enumerable.Range(0, Count).GroupBy(row => numbers[row]).Select(rows => rows.ToArray())];
    }

    private TrialTable Finished() => Array.Exists(columns, column => column.Name == ColumnRoles.State && column.Role == TrialColumnRole.Trial)
        ? Where(row => row.Text(ColumnRoles.State) == "finished")
        : this;
}
