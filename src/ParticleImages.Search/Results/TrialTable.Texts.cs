using System.Globalization;
using ParticleImages.Storage;

namespace ParticleImages.Search;

/// <content>Tables as texts: for people, and as CSV for programs.</content>
public sealed partial class TrialTable
{
    /// <summary>The table for a console: numbers in six digits at the right of their columns, texts at the left and cut at 32 characters, columns without any value left out.</summary>
    /// <param name="mostRows">How many rows at most; how many more there are stands below them. 0 or more.</param>
    /// <returns>Lines of text, the last one without an end.</returns>
    /// <exception cref="ArgumentOutOfRangeException">It is negative.</exception>
    public string ToText(int mostRows = 50)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(mostRows);
        string[] lines = TableText.Lines(Take(mostRows));
        string rest = Count > mostRows ? string.Create(CultureInfo.InvariantCulture, $"\n… {Count - mostRows} more rows") : "";
        return string.Join('\n', lines) + rest;
    }

    /// <summary>The first 50 rows as <see cref="ToText"/> gives them.</summary>
    public override string ToString() => ToText();

    /// <summary>
    /// The table as CSV (RFC 4180, but with line feeds), the same in every culture: numbers with a point and in the fewest digits that give them back, NaN, Infinity, true, false,
    /// times in UTC as 2026-11-28T09:30:00.25Z. A missing cell is empty. A text that could be taken for anything else, also an empty one, stands in quotes.
    /// </summary>
    /// <returns>The text: names, then a line a row.</returns>
    public string ToCsv()
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        CsvText.Write(text, this);
        return text.ToString();
    }

    /// <summary>Saves <see cref="ToCsv"/> in UTF-8, whole or not at all.</summary>
    /// <param name="path">The file; an existing one is replaced at the end. Its folder is created if missing.</param>
    /// <exception cref="IOException">The disk refused.</exception>
    public void SaveCsv(string path) => AtomicFile.Write(path, stream =>
    {
        using var text = new StreamWriter(stream, leaveOpen: true);
        CsvText.Write(text, this);
    });

    /// <summary>Reads what <see cref="SaveCsv"/> wrote, or another program as RFC 4180 says: the same cells, kinds and roles. A column without any value is one of texts.</summary>
    /// <param name="path">The file, in UTF-8.</param>
    /// <returns>The table.</returns>
    /// <exception cref="FormatException">It is no such table; the message names the line.</exception>
    /// <exception cref="IOException">The file is missing or cannot be read.</exception>
    public static TrialTable ReadCsv(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return CsvTable.Read(path, File.ReadAllText(path), ',').ToTable(metrics: []);
    }
}
