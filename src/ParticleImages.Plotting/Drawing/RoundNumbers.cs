namespace ParticleImages.Plotting.Drawing;

/// <summary>Round numbers to write beside an axis.</summary>
internal static class RoundNumbers
{
    private static readonly double[] Factors = [1, 2, 5, 10];

    /// <summary>Multiples of 1, 2 or 5 of a power of ten from low to high: as many as possible, but not more than asked for (two at least).</summary>
    public static IEnumerable<double> Linear(double low, double high, int most)
    {
        double least = (high - low) / Math.Max(most, 2);
        double power = Math.Pow(10, Math.Floor(Math.Log10(least)));
        double step = power * Factors.First(factor => factor * power >= least * (1 - 1e-9));
        double first = Math.Ceiling((low / step) - 1e-9);
        double count = Math.Floor((high / step) + 1e-9) - first + 1;

        // Counted from the first: above 2⁵³ one more is the same number again.
        for (int i = 0; i < Math.Min(count, Math.Max(most, 2) + 1); i++)
        {
            double number = first + i;

            // Divided where the step is a fraction, so that 3 · 0.1 is 0.3; the sum makes zero of minus zero.
            yield return Math.Clamp(step < 1 ? number / Math.Round(1 / step) : number * step, low, high) + 0.0;
        }
    }

    /// <summary>Powers of ten from low to high, every second or third where there are many, with their 2 and 5 fold where there is room.</summary>
    /// <param name="low">Above 0.</param>
    /// <param name="high">Above <paramref name="low"/>.</param>
    /// <param name="most">How many at most (two at least).</param>
    public static IEnumerable<double> ByDecades(double low, double high, int most)
    {
        int first = (int)Math.Floor(Math.Log10(low)), last = (int)Math.Floor(Math.Log10(high));
        double[][] sets = [[1, 2, 5], [1, 3], [1]];
        foreach (double[] factors in sets)
        {
            double[] numbers = [.. Within(factors, every: 1)];
            if (numbers.Length <= Math.Max(most, 2) && numbers.Length >= 2)
            {
                return numbers;
            }
        }

        return Within([1], every: Math.Max(1, (int)Math.Ceiling((last - first + 1.0) / Math.Max(most, 2))));

        IEnumerable<double> Within(double[] factors, int every) =>
            from decade in Enumerable.Range(first, last - first + 1)
            where decade % every == 0
            from factor in factors
            let number = decade < 0 ? factor / Math.Pow(10, -decade) : factor * Math.Pow(10, decade)
            where number >= low * (1 - 1e-9) && number <= high * (1 + 1e-9)
            select Math.Clamp(number, low, high);
    }
}
