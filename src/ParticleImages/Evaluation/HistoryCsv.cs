namespace ParticleImages.Evaluation;

/// <summary>A training history as comma-separated text: a line of names, then a line an epoch.</summary>
internal static class HistoryCsv
{
    public static void Write(Stream stream, IReadOnlyList<EpochRecord> records)
    {
        // A line feed on every system, so that one history is the same bytes everywhere.
        using var writer = new StreamWriter(stream, leaveOpen: true) { NewLine = "\n" };
        writer.WriteLine(string.Join(',', HistoryColumns.All.Select(column => column.Name)));
        foreach (EpochRecord record in records)
        {
            writer.WriteLine(string.Join(',', HistoryColumns.All.Select(
                column => column.Read(record) is { } value ? HistoryColumns.Format(value) : "")));
        }
    }

    public static TrainingHistory Read(Stream stream, string path)
    {
        using var reader = new StreamReader(stream, leaveOpen: true);
        string[] names = Split(reader.ReadLine() ?? "");
        int[] places = [.. HistoryColumns.All.Select(column => Find(column, names, path))];
        var records = new List<EpochRecord>();
        while (reader.ReadLine() is { } line)
        {
            if (line.Length > 0)
            {
                records.Add(Parse(Split(line), names, places, path, records.Count));
            }
        }

        return HistoryColumns.Compose(records, path);
    }

    private static EpochRecord Parse(string[] texts, string[] names, int[] places, string path, int row)
    {
        if (texts.Length != names.Length)
        {
            throw new EventFormatException(
                $"Row {row} of '{path}' has {texts.Length} fields, the first line {names.Length}. The file is cut off or not a history.",
                path,
                row: row);
        }

        var fields = new double?[places.Length];
        for (int i = 0; i < places.Length; i++)
        {
            string text = texts[places[i]];
            fields[i] = text.Length == 0 ? null : HistoryColumns.Parse(text, HistoryColumns.All[i], path, row);
        }

        return HistoryColumns.Compose(fields, path, row);
    }

    private static int Find(HistoryColumn column, string[] names, string path)
    {
        int place = Array.IndexOf(names, column.Name);
        return place >= 0 ? place : throw new EventFormatException(
            $"No column '{column.Name}' in '{path}'. It has {string.Join(", ", names.Select(name => $"'{name}'"))}. "
            + $"A history has {string.Join(", ", HistoryColumns.All.Select(wanted => wanted.Name))}.",
            path,
            column.Name);
    }

    private static string[] Split(string line) => line.Split(',', StringSplitOptions.TrimEntries);
}
