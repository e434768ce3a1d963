using System.Globalization;

namespace ParticleImages.Search;

/// <summary>Reads the logs of Talos (github.com/autonomio/talos), the CSV file that its Scan writes for an experiment, so that old scans stand beside new ones.</summary>
public static class TalosCsv
{
    // time.strftime('%D-%H%M%S')
    private const string TimeFormat = "MM/dd/yy-HHmmss";

    private static readonly char[] Separators = [',', ';', '\t'];

    /// <summary>
    /// Reads a log: Talos 1 writes <c>start</c>, <c>end</c>, <c>duration</c>, <c>round_epochs</c>, the metrics of the last epoch and the parameters, older versions without the first three. Also
    /// what pandas or a spreadsheet made of it: with semicolons or tabulators for commas, with quotes, with a byte order mark.
    /// </summary>
    /// <remarks>
    /// Columns keep their names, kinds follow from the cells. Talos writes no time zone: times are taken as UTC. pandas' index, a first column without a name, becomes <c>trial</c>. Talos writes
    /// texts without quotes, so that a list or a tuple as a parameter's value breaks its line; such a line is refused, not guessed at.
    /// </remarks>
    /// <param name="path">The file, in UTF-8.</param>
    /// <param name="metrics">The names of the columns that are metrics; all others are parameters. If none is given, metrics are names that begin with <c>val_</c> or that exist with it, and the usual ones: loss, acc, accuracy, auc…</param>
    /// <returns>The table, a row a round, in the order of the file.</returns>
    /// <exception cref="FormatException">It is no such log; the message names the line.</exception>
    /// <exception cref="ArgumentException">The file has no column of a metric's name.</exception>
    /// <exception cref="IOException">The file is missing or cannot be read.</exception>
    public static TrialTable Read(string path, params IReadOnlyList<string> metrics)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(metrics);
        string text = File.ReadAllText(path);
        CsvTable table = CsvTable.Read(path, text, SeparatorOf(text)).Unquoted();
        table = table.Names[0].Length == 0 ? table.Renamed(0, ColumnRoles.Trial) : table;
        if (!table.Names.Contains(ColumnRoles.Epochs))
        {
            throw new FormatException($"{path}, line 1: no column '{ColumnRoles.Epochs}', which every log of Talos has. It has {string.Join(", ", table.Names.Select(name => $"'{name}'"))}.");
        }

        foreach (string metric in metrics)
        {
            if (!table.Names.Contains(metric))
            {
                throw new ArgumentException($"{path} has no column '{metric}'. The nearest are {NearestNames.Of(metric, table.Names)}.", nameof(metrics));
            }
        }

        TrialColumnRole[] roles = ColumnRoles.Of(table.Names, metrics);
        for (int i = 0; i < roles.Length; i++)
        {
            if (table.Names[i] is ColumnRoles.Start or ColumnRoles.End)
            {
                table = table.Rewritten(i, ToIso);
            }
            else if (roles[i] is TrialColumnRole.Metric || table.Names[i] is ColumnRoles.Epochs or ColumnRoles.Duration)
            {
                table.CheckNumbers(i);
            }
        }

        return table.ToTable(metrics);
    }

    private static char SeparatorOf(string text)
    {
        string names = text.Split('\n', 2)[0];
        return Separators.MaxBy(separator => names.Count(letter => letter == separator));
    }

    private static string? ToIso(string text) =>
        DateTimeOffset.TryParseExact(text, TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time) ? CellText.Of(time) : null;
}
