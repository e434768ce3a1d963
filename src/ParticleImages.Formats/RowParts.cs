using System.Globalization;

namespace ParticleImages.Formats;

/// <summary>The parts into which a file cuts the rows of its columns, in words, alike for every format: Parquet's row groups, Arrow's record batches.</summary>
internal static class RowParts
{
    /// <summary>For example <c>3 record batches of 4096 to 8192 rows, zstd</c>.</summary>
    /// <param name="one">What a part is called.</param>
    /// <param name="several">What several are called.</param>
    /// <param name="rows">The rows of each part.</param>
    /// <param name="compressions">How each part is compressed.</param>
    public static string Text(string one, string several, IReadOnlyList<long> rows, IEnumerable<string> compressions)
    {
        if (rows.Count == 0)
        {
            return $"no {several}";
        }

        (long least, long most) = (rows.Min(), rows.Max());
        string range = least == most
            ? string.Create(CultureInfo.InvariantCulture, $"{most} {(most == 1 ? "row" : "rows")}")
            : string.Create(CultureInfo.InvariantCulture, $"{least} to {most} rows");
        return string.Join(", ", compressions.Distinct().Order(StringComparer.Ordinal).Prepend($"{rows.Count} {(rows.Count == 1 ? one : several)} of {range}"));
    }
}
