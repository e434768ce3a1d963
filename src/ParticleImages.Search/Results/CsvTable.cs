namespace ParticleImages.Search;

/// <summary>A CSV file as names and rows that fit them.</summary>
internal sealed class CsvTable
{
    private readonly string path;
    private readonly List<CsvRow> rows;

    private CsvTable(string path, string[] names, List<CsvRow> rows)
    {
        this.path = path;
        Names = names;
        this.rows = rows;
    }

    public string[] Names { get; private init; }

    public static CsvTable Read(string path, string text, char separator)
    {
        List<CsvRow> rows = CsvText.Read(path, text, separator);
        if (rows.Count == 0 || rows[0].Cells.All(cell => cell.IsMissing))
        {
            throw new FormatException($"{path} is empty. A table begins with a line of names.");
        }

        if (rows[0].Cells is [{ IsQuoted: false } only] && only.Text.AsSpan().IndexOfAny(';', '\t') >= 0)
        {
            throw new FormatException($"{path}, line 1: '{only.Text}' is one name, but seems to be several with other separators. Cells are separated by '{separator}'.");
        }

        string[] names = Array.ConvertAll(rows[0].Cells, cell => cell.Text);
        rows.RemoveAt(0);

        // Programs and people leave empty lines behind; in a table of one column they are a missing cell.
        rows.RemoveAll(row => names.Length > 1 && row.Cells is [{ IsMissing: true }]);
        foreach (CsvRow row in rows)
        {
            if (row.Cells.Length != names.Length)
            {
                throw new FormatException(
                    $"{path}, line {row.Line}: {row.Cells.Length} cells, but line 1 has {names.Length} names. "
                    + (row.Cells.Length < names.Length ? "Fill in what is missing, or leave the line out." : "A text with a comma in it, such as a list, stands in quotes."));
            }
        }

        return new CsvTable(path, names, rows);
    }

    public CsvTable Renamed(int column, string name) => new(path, [.. Names[..column], name, .. Names[(column + 1)..]], rows);

    /// <summary>Columns of the kinds that their cells say.</summary>
    /// <param name="metrics">Names of columns that are metrics and not parameters, where the table's layout leaves that open; empty for the usual ones.</param>
    public TrialTable ToTable(IReadOnlyCollection<string> metrics)
    {
        CheckNames();
        TrialColumnRole[] roles = ColumnRoles.Of(Names, metrics);
        return TrialTable.Of([.. Names.Select((name, place) => Column(name, roles[place], [.. rows.Select(row => row.Cells[place])]))]);
    }

    /// <summary>Sees to it that a column holds nothing but numbers.</summary>
    public void CheckNumbers(int column)
    {
        foreach (CsvRow row in rows)
        {
            CsvCell cell = row.Cells[column];
            if (cell.Text.Length > 0 && CellText.ReadReal(cell.Text) is null)
            {
                throw new FormatException($"{path}, line {row.Line}: {Names[column]} is '{cell.Text}', which is no number. Numbers have a point and no blanks, such as 0.25.");
            }
        }
    }

    /// <summary>The cells without their quotes, for programs that put them around everything.</summary>
    public CsvTable Unquoted() => new(path, Names, rows.ConvertAll(row => row with { Cells = Array.ConvertAll(row.Cells, cell => cell with { IsQuoted = false }) }));

    /// <summary>The cells of a column as another text says, null leaving a cell as it is.</summary>
    public CsvTable Rewritten(int column, Func<string, string?> rewrite) => new(path, Names, rows.ConvertAll(row =>
    {
        CsvCell[] cells = [.. row.Cells];
        cells[column] = cells[column] with { Text = rewrite(cells[column].Text) ?? cells[column].Text };
        return row with { Cells = cells };
    }));

    private void CheckNames()
    {
        for (int i = 0; i < Names.Length; i++)
        {
            if (Names[i].Length == 0)
            {
                throw new FormatException($"{path}, line 1: column {i + 1} of {Names.Length} has no name. Give it one.");
            }

            int twin = Array.IndexOf(Names, Names[i], 0, i);
            if (twin >= 0)
            {
                throw new FormatException($"{path}, line 1: columns {twin + 1} and {i + 1} have the same name, '{Names[i]}'. Give one of them another.");
            }
        }
    }

    private static TrialColumn Column(string name, TrialColumnRole role, CsvCell[] cells)
    {
        object?[] values = Array.ConvertAll(cells, cell => cell.IsMissing ? null : cell.IsQuoted ? cell.Text : CellText.Read(cell.Text));
        object[] there = [.. values.OfType<object>()];
        return there switch
        {
            _ when there.Length > 0 && there.All(value => value is long) => TrialColumn.Integers(name, role, values.Cast<long?>()),
            _ when there.Length > 0 && there.All(value => value is double or (>= -TrialColumns.ExactInDouble and <= TrialColumns.ExactInDouble)) => TrialColumn.Reals(name, role, values.Select(value => value is long whole ? whole : (double?)value)),
            _ when there.Length > 0 && there.All(value => value is bool) => TrialColumn.Booleans(name, role, values.Cast<bool?>()),
            _ when there.Length > 0 && there.All(value => value is DateTimeOffset) => TrialColumn.Times(name, role, values.Cast<DateTimeOffset?>()),

            // Not all alike: texts, each as it stands in the file.
            _ => TrialColumn.Texts(name, role, cells.Select(cell => cell.IsMissing ? null : cell.Text)),
        };
    }
}
