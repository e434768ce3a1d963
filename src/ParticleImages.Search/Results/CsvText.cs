using System.Buffers;
using System.Text;

namespace ParticleImages.Search;

/// <summary>CSV as RFC 4180 has it.</summary>
internal static class CsvText
{
    private static readonly SearchValues<char> Special = SearchValues.Create(",;\t\"\r\n");

    public static void Write(TextWriter text, TrialTable table)
    {
        text.Write(string.Join(',', table.Columns.Select(column => Quoted(column.Name, isName: true))));
        text.Write('\n');
        var cells = new string[table.Columns.Count];
        for (int row = 0; row < table.Count; row++)
        {
            for (int i = 0; i < cells.Length; i++)
            {
                object? cell = table.Columns[i][row];
                cells[i] = cell is string own ? Quoted(own, isName: false) : CellText.Of(cell) ?? "";
            }

            text.Write(string.Join(',', cells));
            text.Write('\n');
        }
    }

    /// <summary>Rows with the lines on which they begin, from 1. Quotes count at the beginning of a cell only.</summary>
    public static List<CsvRow> Read(string path, string text, char separator)
    {
        var rows = new List<CsvRow>();
        var cells = new List<CsvCell>();
        int line = 1;
        int place = 0;
        int begin = 1;
        while (place < text.Length)
        {
            cells.Add(text[place] == '"' ? ReadQuoted(path, text, separator, ref place, ref line) : ReadPlain(text, separator, ref place));

            // Behind a cell stands a separator, an end of line, or nothing more.
            if (place < text.Length && text[place] == separator)
            {
                place++;
                if (place < text.Length)
                {
                    continue;
                }

                cells.Add(new CsvCell("", IsQuoted: false));
            }

            rows.Add(new CsvRow(begin, [.. cells]));
            cells.Clear();
            SkipLineEnd(text, ref place);
            begin = ++line;
        }

        return rows;
    }

    private static string Quoted(string text, bool isName)
    {
        bool isPlain = text.Length > 0
            && text.AsSpan().IndexOfAny(Special) < 0
            && !char.IsWhiteSpace(text[0]) && !char.IsWhiteSpace(text[^1]) && text[0] != '\uFEFF'
            && (isName || CellText.Read(text) is string);
        return isPlain ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }

    private static CsvCell ReadPlain(string text, char separator, ref int place)
    {
        int length = text.AsSpan(place).IndexOfAny(separator, '\r', '\n');
        string cell = length < 0 ? text[place..] : text.Substring(place, length);
        place += cell.Length;
        return new CsvCell(cell, IsQuoted: false);
    }

    private static CsvCell ReadQuoted(string path, string text, char separator, ref int place, ref int line)
    {
        int begin = line;
        var cell = new StringBuilder();
        for (place++; ; place++)
        {
            if (place == text.Length)
            {
                throw new FormatException($"{path}, line {begin}: a quote begins and does not end. Put one where the text ends; a quote inside a text is written twice.");
            }

            if (text[place] != '"')
            {
                line += text[place] == '\n' ? 1 : 0;
                cell.Append(text[place]);
            }
            else if (place + 1 < text.Length && text[place + 1] == '"')
            {
                cell.Append(text[place++]);
            }
            else
            {
                break;
            }
        }

        place++;
        return place == text.Length || text[place] == separator || text[place] is '\r' or '\n'
            ? new CsvCell(cell.ToString(), IsQuoted: true)
            : throw new FormatException($"{path}, line {line}: '{text[place]}' follows a closing quote. A quote inside a text is written twice.");
    }

    private static void SkipLineEnd(string text, ref int place)
    {
        place += place < text.Length && text[place] == '\r' ? 1 : 0;
        place += place < text.Length && text[place] == '\n' ? 1 : 0;
    }
}

/// <summary>A cell as it stands in a file.</summary>
internal readonly record struct CsvCell(string Text, bool IsQuoted)
{
    public bool IsMissing => Text.Length == 0 && !IsQuoted;
}

/// <summary>The cells of a row, and the line on which it begins.</summary>
internal readonly record struct CsvRow(int Line, CsvCell[] Cells);
