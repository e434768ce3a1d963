using Spectre.Console;
using Spectre.Console.Rendering;

namespace ParticleImages.Terminal;

/// <summary>Rows of cells in aligned columns.</summary>
/// <param name="Rows">Rows of equally many cells, at least one.</param>
internal sealed record Sheet(IReadOnlyList<string[]> Rows)
{
    /// <summary>Where tables begin.</summary>
    public const int Indent = 2;

    private const int Between = 2;

    /// <summary>Whether the first row has the columns' names.</summary>
    public bool HasNames { get; init; }

    /// <summary>Which columns hold numbers: these end, rather than begin, at the same place.</summary>
    public Predicate<int> IsNumber { get; init; } = _ => false;

    /// <summary>How many cells of a terminal it is wide.</summary>
    public int Width => Indent + Widths.Sum() + (Between * (Rows[0].Length - 1));

    private IEnumerable<int> Widths => Enumerable.Range(0, Rows[0].Length).Select(column => Rows.Max(row => row[column].GetCellWidth()));

    /// <summary>Rows as columns, as many as a terminal has room for, the first first.</summary>
    public Sheet Turned(int width)
    {
        int[] wide = [.. Rows.Select(row => row.Max(cell => cell.GetCellWidth()))];
        int used = Indent + wide[0];
        int count = Math.Max(2, 1 + wide.Skip(1).TakeWhile(next => (used += Between + next) <= width).Count());
        return new Sheet([.. Enumerable.Range(0, Rows[0].Length).Select(column => Rows.Take(Math.Min(count, Rows.Count)).Select(row => row[column]).ToArray())])
        {
            HasNames = HasNames,
            IsNumber = column => column > 0,
        };
    }

    /// <summary>The table, laid out.</summary>
    /// <param name="width">Cells in a line of a terminal, which gets <see cref="Letters.Visible"/>; null for a file or a pipe, where cells stay as they are.</param>
    public IRenderable Layout(int? width)
    {
        int[]? narrow = width < Width ? Narrowed(width.Value) : null;
        var table = new Table { Border = TableBorder.None, ShowHeaders = HasNames };
        for (int i = 0; i < Rows[0].Length; i++)
        {
            table.AddColumn(new TableColumn(HasNames ? Cell(Rows[0][i], new Style(decoration: Decoration.Bold)) : Text.Empty)
            {
                Alignment = IsNumber(i) ? Justify.Right : Justify.Left,
                Width = narrow?[i],
                Padding = new Padding(0, 0, i == Rows[0].Length - 1 ? 0 : Between, 0),
            });
        }

        foreach (string[] row in Rows.Skip(HasNames ? 1 : 0))
        {
            table.AddRow(row.Select(cell => Cell(cell, Style.Plain)));
        }

        return new Padder(table, new Padding(Indent, 0, 0, 0));

        Text Cell(string text, Style style) => new(width is null ? text : Letters.Visible(text), style);
    }

    // Every column is as wide as its longest word, a value and its error being one, and what is left goes where most is lacking; null where not even the words find room.
    private int[]? Narrowed(int width)
    {
        int[] wanted = [.. Widths];
        int[] given = [.. Enumerable.Range(0, wanted.Length).Select(column => Rows.Max(row => row[column].Replace(" ± ", "_±_", StringComparison.Ordinal).Split(' ').Max(word => word.GetCellWidth())))];
        int left = width - Indent - (Between * (given.Length - 1)) - given.Sum();
        for (; left > 0; left--)
        {
            int[] lacking = [.. wanted.Zip(given, (most, now) => most - now)];
            given[Array.IndexOf(lacking, lacking.Max())]++;
        }

        return left < 0 ? null : given;
    }
}
