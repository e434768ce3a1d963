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
    private readonly Voxelizer voxelizer;
    private readonly IReadOnlyList<CutFlowRow> counted;

    internal CutFlow(Voxelizer voxelizer, IReadOnlyList<CutFlowRow> counted)
        : this(voxelizer, counted, counted)
    {
    }

    private CutFlow(Voxelizer voxelizer, IReadOnlyList<CutFlowRow> counted, IReadOnlyList<CutFlowRow> rows)
    {
        this.voxelizer = voxelizer;
        this.counted = counted;
        Rows = rows;
    }

    /// <summary>The rows in the order of the cuts, photons before electrons.</summary>
    public IReadOnlyList<CutFlowRow> Rows { get; }

    /// <summary>The same table in GeV and ns: energies are those of the images times the unit, and cuts say theirs, for example <c>energy &gt; 0.25 GeV</c>.</summary>
    /// <param name="gigaelectronvolts">A unit of the images' energy in GeV, above 0; in the public files 50.</param>
    /// <param name="nanoseconds">A unit of the images' time in ns, above 0; in the public files 50.</param>
    /// <returns>A copy; asked again, it starts from the images' units.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A unit is not a finite number above 0.</exception>
    public CutFlow InUnits(double gigaelectronvolts, double nanoseconds)
    {
        Check(gigaelectronvolts, nameof(gigaelectronvolts));
        Check(nanoseconds, nameof(nanoseconds));
        string[] names = CutNames.Of(voxelizer, energy => Text($"{energy * gigaelectronvolts:G6} GeV"), time => Text($"{time * nanoseconds:G6} ns"));
        return new CutFlow(voxelizer, counted, [.. counted.Select((row, i) => row with { Cut = names[i / 2], Energy = row.Energy * gigaelectronvolts })]);

        static void Check(double unit, string name)
        {
            if (!(unit > 0 && double.IsFinite(unit)))
            {
                throw new ArgumentOutOfRangeException(name, unit, "A unit is a finite number above 0.");
            }
        }

        static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
    }

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
