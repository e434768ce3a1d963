namespace ParticleImages.Cli;

/// <summary>Rows of cells as lines of aligned columns.</summary>
internal static class TextTable
{
    private const string Between = "  ";

    /// <param name="output">Where the lines go.</param>
    /// <param name="rows">Rows of equally many cells.</param>
    /// <param name="numbers">Whether all columns but the first end, rather than begin, at the same place.</param>
    public static void Write(TextWriter output, IReadOnlyList<string[]> rows, bool numbers = false)
    {
        int[] widths = [.. Enumerable.Range(0, rows[0].Length).Select(column => rows.Max(row => row[column].Length))];
        foreach (string[] row in rows)
        {
            IEnumerable<string> cells = row.Select((cell, column) =>
                numbers && column > 0 ? cell.PadLeft(widths[column]) : cell.PadRight(widths[column]));
            output.WriteLine((Between + string.Join(Between, cells)).TrimEnd());
        }
    }
}
