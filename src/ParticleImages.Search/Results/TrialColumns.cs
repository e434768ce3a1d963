namespace ParticleImages.Search;

/// <summary>The columns of trials and of reports.</summary>
internal static class TrialColumns
{
    // Beyond these a whole number is none as a double.
    public const long ExactInDouble = 1L << 53;

    public static IReadOnlyList<TrialColumn> Of(TrialRecord[] trials, IReadOnlyList<IParameter>? parameters)
    {
        var columns = new ColumnList(ColumnRoles.IsOwn);
        columns.Add(TrialColumn.Times(ColumnRoles.Start, TrialColumnRole.Clock, trials.Select(trial => trial.Start)));
        columns.Add(TrialColumn.Times(ColumnRoles.End, TrialColumnRole.Clock, trials.Select(trial => trial.End)));
        columns.Add(TrialColumn.Reals(ColumnRoles.Duration, TrialColumnRole.Clock, trials.Select(trial => trial.Duration?.TotalSeconds)));
        columns.Add(TrialColumn.Integers(ColumnRoles.Epochs, TrialColumnRole.Trial, trials.Select(trial => (long?)trial.LastStep)));
        columns.AddMetrics([.. trials.Select(trial => trial.Metrics)]);
        columns.Add(TrialColumn.Texts(ColumnRoles.State, TrialColumnRole.Trial, trials.Select(trial => trial.State.ToString().ToLowerInvariant())));
        foreach ((string name, IParameter? parameter) in ParametersOf(trials, parameters))
        {
            ParameterValue?[] values = Array.ConvertAll(trials, trial => trial.Configuration.TryGet(name, out ParameterValue value) ? value : (ParameterValue?)null);
            columns.Add("parameter", name, free => Parameter(free, values, isReal: parameter is IParameter<double> or IParameter<float> or IParameter<decimal>));
        }

        columns.Add(TrialColumn.Integers(ColumnRoles.Trial, TrialColumnRole.Trial, trials.Select(trial => (long?)trial.Number)));
        columns.Add(TrialColumn.Integers(ColumnRoles.Repeat, TrialColumnRole.Trial, trials.Select(trial => (long?)trial.Repeat)));
        columns.Add(TrialColumn.Integers(ColumnRoles.Seed, TrialColumnRole.Trial, trials.Select(trial => (long?)trial.Seed)));
        columns.Add(TrialColumn.Texts(ColumnRoles.Message, TrialColumnRole.Trial, trials.Select(trial => trial.Message)));
        foreach (string note in trials.SelectMany(trial => trial.Notes.Names).Distinct())
        {
            string?[] texts = Array.ConvertAll(trials, trial => trial.Notes.TryGet(note, out string? text) ? text : null);
            columns.Add("note", note, free => TrialColumn.Texts(free, TrialColumnRole.Note, texts));
        }

        return columns.Columns;
    }

    public static IReadOnlyList<TrialColumn> Of((int Trial, TrialReport Report)[] reports)
    {
        var columns = new ColumnList(name => name is ColumnRoles.Trial or ColumnRoles.Step || ColumnRoles.IsOwn(name));
        columns.Add(TrialColumn.Integers(ColumnRoles.Trial, TrialColumnRole.Trial, reports.Select(report => (long?)report.Trial)));
        columns.Add(TrialColumn.Integers(ColumnRoles.Step, TrialColumnRole.Trial, reports.Select(report => (long?)report.Report.Step)));
        columns.AddMetrics([.. reports.Select(report => report.Report.Metrics)]);
        return columns.Columns;
    }

    /// <summary>A column of configurations' values: of one kind where all are of one, of numbers where all are numbers, else of texts.</summary>
    public static TrialColumn Parameter(string name, ParameterValue?[] values, bool isReal)
    {
        ParameterValue[] there = [.. values.OfType<ParameterValue>()];
        return there switch
        {
            _ when isReal && there.All(IsExact) => Reals(name, values),
            _ when there.All(value => value.Kind == ParameterValueKind.Integer) => TrialColumn.Integers(name, TrialColumnRole.Parameter, values.Select(value => value?.AsInteger())),
            _ when there.All(IsExact) => Reals(name, values),
            _ when there.All(value => value.Kind == ParameterValueKind.Boolean) => TrialColumn.Booleans(name, TrialColumnRole.Parameter, values.Select(value => value?.AsBoolean())),
            _ => TrialColumn.Texts(name, TrialColumnRole.Parameter, values.Select(value => value?.ToString())),
        };
    }

    private static TrialColumn Reals(string name, ParameterValue?[] values) => TrialColumn.Reals(name, TrialColumnRole.Parameter, values.Select(value => value?.AsNumber()));

    private static bool IsExact(ParameterValue value) =>
        value.Kind == ParameterValueKind.Real || (value.Kind == ParameterValueKind.Integer && value.AsInteger() is >= -ExactInDouble and <= ExactInDouble);

    private static IEnumerable<(string Name, IParameter? Parameter)> ParametersOf(TrialRecord[] trials, IReadOnlyList<IParameter>? parameters) => parameters is null
        ? trials.SelectMany(trial => trial.Configuration.Names).Distinct().Select(name => (name, (IParameter?)null))
        : parameters.Select(parameter => (parameter.Name, (IParameter?)parameter));
}
