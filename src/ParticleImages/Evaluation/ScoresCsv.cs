using System.Globalization;

namespace ParticleImages.Evaluation;

/// <summary>Scores of events as comma-separated text: event, label, score.</summary>
internal static class ScoresCsv
{
    private const string Header = "event,label,score";

    public static void Write(Stream stream, ReadOnlySpan<double> scores, ReadOnlySpan<int> labels)
    {
        // A line feed on every system, and as many digits as bring the same double back.
        using var writer = new StreamWriter(stream, leaveOpen: true) { NewLine = "\n" };
        writer.WriteLine(Header);
        for (int i = 0; i < scores.Length; i++)
        {
            writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{i},{labels[i]},{scores[i]}"));
        }
    }

    public static (double[] Scores, int[] Labels) Read(Stream stream, string path)
    {
        using var reader = new StreamReader(stream, leaveOpen: true);
        string? header = reader.ReadLine();
        if (header != Header)
        {
            throw new EventFormatException($"The first line of '{path}' is '{header}'. Scores of events begin with '{Header}', as predict writes them.", path);
        }

        List<double> scores = [];
        List<int> labels = [];
        while (reader.ReadLine() is { } line)
        {
            string[] fields = line.Split(',');
            if (fields.Length != 3
                || !int.TryParse(fields[1], NumberStyles.None, CultureInfo.InvariantCulture, out int label)
                || !double.TryParse(fields[2], NumberStyles.Float, CultureInfo.InvariantCulture, out double score))
            {
                throw new EventFormatException($"Row {scores.Count} of '{path}' is '{line}'. A row has the number of an event, its label, 0 or 1, and its score, 0 to 1.", path, row: scores.Count);
            }

            scores.Add(score);
            labels.Add(label);
        }

        return ([.. scores], [.. labels]);
    }
}
