using ParticleImages.Reports.Contents;
using ParticleImages.Reports.Page;
using ParticleImages.Search;

namespace ParticleImages.Reports.Sections;

/// <summary>Every trial: what it came to, what was tried, how long it took.</summary>
internal static class TrialSection
{
    // More make a page that no browser sorts in a moment.
    private const int MostShown = 2000;

    public static void Write(HtmlText html, ReportContent content)
    {
        ScanContent scan = content.Scan!;
        TrialRecord[] trials = [.. scan.Ranked.Take(MostShown)];
        string[] metrics = [.. trials.SelectMany(trial => trial.Metrics.Names).Distinct().Where(name => scan.Result.Objectives.All(objective => NameOf(objective) != name))];
        TableColumn[] columns =
        [
            new("trial", IsNumber: true),
            new("state"),
            .. scan.Result.Objectives.Select(objective => new TableColumn(NameOf(objective), IsNumber: true)),
            .. scan.Result.Space.Parameters.Select(parameter => ColumnOf(scan.Result, parameter)),
            .. metrics.Select(name => new TableColumn(name, IsNumber: true)),
            new("last epoch", IsNumber: true),
            new("duration in s", IsNumber: true),
            new("begun (UTC)", IsNumber: true),
            new("repeat", IsNumber: true),
            new("attempt", IsNumber: true),
            new("seed", IsNumber: true),
        ];
        new ReportTable(
            "all-trials",
            trials.Length < scan.Result.Trials.Count
                ? FormattableString.Invariant($"The best {trials.Length} of {scan.Result.Trials.Count} trials, the best first. All are in the store.")
                : "All trials, the best first",
            columns,
            [.. trials.Select(Row)]).Write(html);

        IReadOnlyList<TableCell> Row(TrialRecord trial) =>
        [
            TableCell.Of(trial.Number),
            TableCell.Of(StateOf(scan.Result, trial.State)),
            .. scan.Result.Objectives.Select((_, place) => place < trial.Values.Count ? TableCell.Of(trial.Values[place].Value, trial.Values[place].StandardError) : TableCell.Missing),
            .. scan.Result.Space.Parameters.Select(parameter => CellOf(trial.Configuration, parameter)),
            .. metrics.Select(name => trial.Metrics.TryGet(name, out MetricValue value) ? TableCell.Of(value.Value, value.StandardError) : TableCell.Missing),
            TableCell.Of(trial.LastStep),
            TableCell.Of(trial.Duration is { } time ? Math.Round(time.TotalSeconds, 3) : null),
            TableCell.Of(trial.Start),
            TableCell.Of(trial.Repeat),
            TableCell.Of(trial.Attempt),
            TableCell.Of(trial.Seed),
        ];
    }

    /// <summary>A state in words. Of a scan that nobody runs any more no trial is running.</summary>
    public static string StateOf(ScanResult scan, TrialState state) => state == TrialState.Running && !scan.IsRunning ? "left unfinished" : state.ToString().ToLowerInvariant();

    /// <summary>A parameter's column: of numbers where all that was tried is numbers.</summary>
    public static TableColumn ColumnOf(ScanResult scan, IParameter parameter) => new(
        parameter.Name,
        IsNumber: scan.Trials.All(trial => !trial.Configuration.TryGet(parameter.Name, out ParameterValue value) || value.IsNumber));

    public static TableCell CellOf(Configuration configuration, IParameter parameter) => configuration.TryGet(parameter.Name, out ParameterValue value)
        ? CellOf(value)
        : TableCell.Missing;

    public static TableCell CellOf(ParameterValue value) => value.Kind switch
    {
        ParameterValueKind.Real => TableCell.Of(value.AsNumber()),
        ParameterValueKind.Integer => TableCell.Of(value.AsInteger()),
        _ => TableCell.Of(value.ToString()),
    };

    // Judged by the best epoch, the value is another one than the last that the trial reported.
    private static string NameOf(Objective objective) => objective.Epoch == JudgedEpoch.Best ? $"{objective.Metric}, best epoch" : objective.Metric;
}
