using System.Globalization;
using ScottPlot;
using ScottPlot.TickGenerators;

namespace ParticleImages.Plotting.Drawing;

/// <summary>
/// Ticks of a logarithmic axis, whose places are logarithms to base 10: whole decades where two or more are in sight, or each so many-th; otherwise 1, 2 and 5 of each; where even of those there
/// are fewer than two, the ends.
/// </summary>
internal static class DecadeTicks
{
    // Names of more decades than this would touch each other.
    private const int MostNamed = 8;

    // More ticks between two names would run together.
    private const int MostUnnamed = 4;

    public static NumericManual Between(double low, double high)
    {
        var generator = new NumericManual();
        foreach (Tick tick in Of(low, high))
        {
            generator.Add(tick);
        }

        return generator;
    }

    /// <summary>The ticks themselves, for what is no plot.</summary>
    public static IReadOnlyList<Tick> Of(double low, double high)
    {
        var ticks = new List<Tick>();
        (int Decade, int Factor, double Place)[] all =
        [
            .. from decade in Enumerable.Range((int)Math.Floor(low), (int)(Math.Floor(high) - Math.Floor(low)) + 1)
               from factor in Enumerable.Range(1, 9)
               let place = decade + Math.Log10(factor)
               where place >= low && place <= high
               select (decade, factor, place),
        ];
        int decades = all.Count(tick => tick.Factor == 1);
        int every = Math.Max(1, (decades + MostNamed - 1) / MostNamed);
        int[] named = decades >= 2 ? [1] : [1, 2, 5];
        foreach ((int decade, int factor, double place) in all)
        {
            bool isNamed = named.Contains(factor) && decade % every == 0;
            if (isNamed || every == 1 || (factor == 1 && every <= MostUnnamed))
            {
                ticks.Add(isNamed ? Tick.Major(place, Name(place)) : Tick.Minor(place));
            }
        }

        return all.Count(tick => named.Contains(tick.Factor)) < 2
            ? [Tick.Major(low, EndName(low)), Tick.Major(high, EndName(high))]
            : ticks;
    }

    // Ends stand on no round number; three digits tell them well enough.
    private static string EndName(double place) => Name(Math.Log10(
        double.Parse(Math.Pow(10, place).ToString("E2", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture)));

    private static string Name(double place) =>
        Math.Pow(10, place).ToString(place is >= -4 and < 6 ? "0.#####" : "0.##e0", CultureInfo.InvariantCulture).Replace('-', '−');
}
