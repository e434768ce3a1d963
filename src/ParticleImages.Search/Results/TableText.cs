using System.Globalization;

namespace ParticleImages.Search;

/// <summary>A table as people read it.</summary>
internal static class TableText
{
    private const int Widest = 32;
    private const string Missing = "-";

    public static string[] Lines(TrialTable table)
    {
        // The names, and a line a row.
        var lines = new string[table.Count + 1];
        Array.Fill(lines, "");
        foreach (TrialColumn column in table.Columns)
        {
            string?[] cells = [.. Enumerable.Range(0, table.Count).Select(row => Short(column[row]))];
            if (table.Count > 0 && cells.All(cell => cell is null))
            {
                continue;
            }

            string[] texts = [column.Name, .. cells.Select(cell => cell ?? Missing)];
            int width = texts.Max(text => text.Length);
            bool isLeft = column.Kind is TrialColumnKind.Text or TrialColumnKind.Boolean;
            for (int i = 0; i < lines.Length; i++)
            {
                lines[i] += (lines[i].Length > 0 ? "  " : "") + (isLeft ? texts[i].PadRight(width) : texts[i].PadLeft(width));
            }
        }

        return Array.ConvertAll(lines, line => line.TrimEnd());
    }

    private static string? Short(object? cell) => cell switch
    {
        double real => real.ToString("G6", CultureInfo.InvariantCulture),
        DateTimeOffset time => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
        string text => Cut(text),
        _ => CellText.Of(cell),
    };

    // A message may have several lines; a row has one.
    private static string Cut(string text)
    {
        string line = string.Concat(text.Select(letter => char.IsControl(letter) ? ' ' : letter));
        return line.Length <= Widest ? line : line[..(Widest - 1)] + "…";
    }
}
