using System.Globalization;
using ParticleImages.Search;

namespace ParticleImages.Terminal;

/// <summary>Tables of trials on a screen.</summary>
internal static class TrialSheet
{
    /// <summary>Says a table of trials as its text; on a terminal that is too narrow for it a trial becomes a column.</summary>
    /// <param name="screen">Where.</param>
    /// <param name="table">The trials, the most important first.</param>
    public static void Say(this Screen screen, TrialTable table)
    {
        if (screen.Width is not { } width)
        {
            screen.Say(table.ToString());
            return;
        }

        TrialColumn[] columns = [.. table.Columns.Where(column => Enumerable.Range(0, column.Count).Any(row => column[row] is not null))];
        Sheet sheet = new([[.. columns.Select(column => column.Name)], .. Enumerable.Range(0, table.Count).Select(row => columns.Select(column => Text(column, row)).ToArray())])
        {
            HasNames = true,
            IsNumber = column => columns[column].Kind is not (TrialColumnKind.Text or TrialColumnKind.Boolean),
        };
        screen.Say(sheet.Width <= width ? sheet : sheet.Turned(width));
    }

    private static string Text(TrialColumn column, int row) => column[row] switch
    {
        null => "-",
        double number => number.ToString("G6", CultureInfo.InvariantCulture),
        DateTimeOffset time => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
        string text => Letters.Cut(text, 32),
        _ => column.AsTexts()[row]!,
    };
}
