namespace ParticleImages.Search;

/// <summary>The columns of configurations beside each other.</summary>
internal static class ComparisonColumns
{
    private static readonly string[] Own = ["trials", "behind", "behind_error", "like_best", "proposal"];

    public static IReadOnlyList<TrialColumn> Of(ScanResult scan, double standardErrors)
    {
        ConfigurationResult[] rows = [.. scan.Configurations];
        var columns = new ColumnList(Own.Contains);
        for (int i = 0; i < scan.Objectives.Count; i++)
        {
            int objective = i;
            columns.Add("metric", scan.Objectives[i].Metric, free => TrialColumn.Reals(free, TrialColumnRole.Metric, rows.Select(row => (double?)row.Values[objective].Value)));
            columns.Add("error", columns.Columns[^1].Name + ColumnRoles.ErrorEnding, free => TrialColumn.Reals(free, TrialColumnRole.Error, rows.Select(row => row.Values[objective].StandardError)));
        }

        columns.Add(TrialColumn.Integers("trials", TrialColumnRole.Trial, rows.Select(row => (long?)row.Trials.Count)));
        columns.Add(TrialColumn.Reals("behind", TrialColumnRole.Metric, rows.Select(row => (double?)row.Behind.Value)));
        columns.Add(TrialColumn.Reals("behind_error", TrialColumnRole.Error, rows.Select(row => row.Behind.StandardError)));
        columns.Add(TrialColumn.Booleans("like_best", TrialColumnRole.Trial, rows.Select(row => row.IsLikeBest(standardErrors))));
        foreach (TrialColumn parameter in TrialTable.Of(rows.Select(row => row.Trials[0]), scan.Space.Parameters).Columns.Where(column => column.Role == TrialColumnRole.Parameter))
        {
            columns.Add("parameter", parameter.Name, parameter.Named);
        }

        columns.Add(TrialColumn.Integers("proposal", TrialColumnRole.Trial, rows.Select(row => (long?)row.Proposal)));
        return columns.Columns;
    }
}
