using ParticleImages.Reports.Contents;
using ParticleImages.Reports.Page;
using ParticleImages.Search;

namespace ParticleImages.Reports.Sections;

/// <summary>The trials that came out best, and which of them the errors do not tell apart.</summary>
internal static class BestSection
{
    private const int MostShown = 10;

    public static void Write(HtmlText html, ReportContent content)
    {
        ScanContent scan = content.Scan!;
        ConfigurationResult best = scan.Result.Configurations[0];
        KeyNumbers.Write(
            html,
            [
                .. scan.Result.Objectives.Select((objective, place) => ($"Best: {objective}", TableCell.Of(best.Values[place].Value, best.Values[place].StandardError).Text)),
                ("Trial", string.Join(", ", best.Trials.Select(trial => FormattableString.Invariant($"{trial.Number}")))),
                .. best.Configuration.Select(pair => (pair.Key, TrialSection.CellOf(pair.Value).Text)),
            ]);
        if (scan.Result.Configurations.Count > 1)
        {
            html.Element("p", "The same events chose this trial and gave it its value: the best of many looks better than it is. Judge it on events of its own, as particle-images evaluate does.", ("class", "faint"));
        }

        Table("configurations", Caption(scan.Result), scan.Result, scan.Result.Configurations.Take(MostShown), marked: 1).Write(html);
        if (scan.Result.Objectives.Count > 1)
        {
            Table("front", "The Pareto front: none of these is better in one objective without being worse in another", scan.Result, scan.Result.ParetoFront, marked: 0).Write(html);
        }
    }

    private static string Caption(ScanResult scan)
    {
        int shown = Math.Min(MostShown, scan.Configurations.Count);
        string caption = shown == 1 ? "The only configuration that finished" : FormattableString.Invariant($"The best {shown} of {scan.Configurations.Count} configurations that finished, by {scan.Objectives[0].Metric}");
        int alike = scan.Configurations.Count(configuration => configuration.IsLikeBest() == true);
        return HasErrors(scan) && alike > 1 ? FormattableString.Invariant($"{caption}. {alike} of them cannot be told from the best within two standard errors") : caption;
    }

    // The best is like itself whether errors are known or not; of another one that takes a standard error.
    private static bool HasErrors(ScanResult scan) => scan.Configurations.Skip(1).Any(configuration => configuration.Behind.StandardError is not null);

    private static ReportTable Table(string id, string caption, ScanResult scan, IEnumerable<ConfigurationResult> configurations, int marked)
    {
        ConfigurationResult[] shown = [.. configurations];
        bool hasErrors = HasErrors(scan);
        TableColumn[] columns =
        [
            new("trial", IsNumber: true),
            .. scan.Objectives.Select(objective => new TableColumn(objective.Metric, IsNumber: true)),
            .. scan.Header.Repeats > 1 ? new[] { new TableColumn("trials", IsNumber: true) } : [],
            .. hasErrors ? new[] { new TableColumn("behind the best", IsNumber: true), new TableColumn("like the best") } : [],
            .. scan.Space.Parameters.Select(parameter => TrialSection.ColumnOf(scan, parameter)),
        ];
        return new ReportTable(id, caption, columns, [.. shown.Select(Row)], marked);

        IReadOnlyList<TableCell> Row(ConfigurationResult result) =>
        [
            TableCell.Of(result.Trials[0].Number),
            .. result.Values.Select(value => TableCell.Of(value.Value, value.StandardError)),
            .. scan.Header.Repeats > 1 ? new[] { TableCell.Of(result.Trials.Count) } : [],
            .. hasErrors ? new[] { result == scan.Configurations[0] ? TableCell.Missing : TableCell.Of(result.Behind.Value, result.Behind.StandardError), TableCell.Of(result.IsLikeBest()) } : [],
            .. scan.Space.Parameters.Select(parameter => TrialSection.CellOf(result.Configuration, parameter)),
        ];
    }
}
