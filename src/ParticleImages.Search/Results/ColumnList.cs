namespace ParticleImages.Search;

/// <summary>Columns that grow, each with a name that is still free.</summary>
internal sealed class ColumnList(Func<string, bool> isReserved)
{
    private readonly List<TrialColumn> columns = [];
    private readonly HashSet<string> names = [];

    public IReadOnlyList<TrialColumn> Columns => columns;

    /// <summary>Appends one of the table's own columns, whose names are reserved.</summary>
    public void Add(TrialColumn column)
    {
        names.Add(column.Name);
        columns.Add(column);
    }

    /// <summary>Appends a column that says what it is where its name is taken.</summary>
    public void Add(string what, string name, Func<string, TrialColumn> make)
    {
        while (isReserved(name) || names.Contains(name))
        {
            name = $"{what}:{name}";
        }

        Add(make(name));
    }

    /// <summary>Appends the metrics as they first come, each with its standard errors where any is known.</summary>
    public void AddMetrics(TrialMetrics[] rows)
    {
        foreach (string metric in rows.SelectMany(row => row.Names).Distinct())
        {
            MetricValue?[] values = Array.ConvertAll(rows, row => row.TryGet(metric, out MetricValue value) ? value : (MetricValue?)null);
            Add("metric", metric, free => TrialColumn.Reals(free, TrialColumnRole.Metric, values.Select(value => value?.Value)));
            if (Array.Exists(values, value => value?.StandardError is not null))
            {
                Add("error", columns[^1].Name + ColumnRoles.ErrorEnding, free => TrialColumn.Reals(free, TrialColumnRole.Error, values.Select(value => value?.StandardError)));
            }
        }
    }
}
