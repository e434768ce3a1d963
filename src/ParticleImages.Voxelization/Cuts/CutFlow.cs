using System.Globalization;
using System.Text;

namespace ParticleImages.Voxelization;

/// <summary>
/// How many events, hits and how much energy each cut of a voxelizer leaves, by class. Made by <see cref="Voxelizer.CountCuts(HitEvents)"/>.
/// </summary>
/// <remarks>
/// The rows follow the voxelizer's order: all, hits (finite energy other than 0, finite time), the energy cut, the time cut, the crop, the time axis;
/// cuts that are not set have no row. Each comes once for photons and once for electrons. What a row has less than the
/// one of its class before is what its cut removed. Immutable.
/// </remarks>
public sealed class CutFlow
{
    internal CutFlow(IReadOnlyList<CutFlowRow> rows) => Rows = rows;

    /// <summary>The rows in the order of the cuts, photons before electrons.</summary>
    public IReadOnlyList<CutFlowRow> Rows { get; }

    /// <summary>The table as comma-separated values with a header: cut,label,events,hits,energy.</summary>
    /// <returns>The text; numbers with a point, energies as they read back exactly; lines end with \n.</returns>
    public string ToCsv()
    {
        var text = new StringBuilder("cut,label,events,hits,energy\n");
        foreach (CutFlowRow row in Rows)
        {
            text.Append(CultureInfo.InvariantCulture, $"{row.Cut},{row.Label},{row.Events},{row.Hits},{row.Energy:R}\n");
        }

        return text.ToString();
    }

    /// <summary>The table for people: one line a cut, with what is left and, in brackets, which part of the line before.</summary>
    /// <returns>Lines with aligned columns for photons and electrons.</returns>
    public override string ToString()
    {
        string[] titles = ["cut", "photons: events", "hits", "energy", "electrons: events", "hits", "energy"];
        List<string[]> lines = [titles];
        for (int i = 0; i < Rows.Count; i += 2)
        {
            List<string> line = [Rows[i].Cut];
            for (int label = 0; label < 2; label++)
            {
                CutFlowRow row = Rows[i + label];
                CutFlowRow? before = i == 0 ? null : Rows[i + label - 2];
                line.Add(Left(row.Events, before?.Events, "N0"));
                line.Add(Left(row.Hits, before?.Hits, "N0"));
                line.Add(Left(row.Energy, before?.Energy, "G6"));
            }

            lines.Add([.. line]);
        }

        int[] widths = [.. Enumerable.Range(0, titles.Length).Select(column => lines.Max(line => line[column].Length))];
        return string.Join('\n', lines.Select(line => string.Join("  ", line.Select(
            (text, column) => column == 0 ? text.PadRight(widths[0]) : text.PadLeft(widths[column]))).TrimEnd()));
    }

    private static string Left(double value, double? before, string format)
    {
        string number = value.ToString(format, CultureInfo.InvariantCulture);
        return before is null or 0 ? number : string.Create(CultureInfo.InvariantCulture, $"{number} ({value / before:P1})");
    }
}
