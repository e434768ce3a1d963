namespace ParticleImages.Search;

/// <summary>Normally distributed numbers and their distribution.</summary>
internal static class NormalNumbers
{
    /// <summary>A number with mean 0 and width 1 (Box and Muller).</summary>
    public static double Next(ref SplitMix64 random)
    {
        double radius = Math.Sqrt(-2 * Math.Log(1 - random.Fraction()));
        return radius * Math.Cos(2 * Math.PI * random.Fraction());
    }

    /// <summary>A number from 0 to 1, normal within.</summary>
    public static double NextWithin(ref SplitMix64 random, double mean, double width)
    {
        // The mean is within, so that about half are, even at an end.
        while (true)
        {
            double drawn = mean + (width * Next(ref random));
            if (drawn is >= 0 and <= 1)
            {
                return drawn;
            }
        }
    }

    /// <summary>The share of all numbers below one.</summary>
    public static double Below(double number) => 0.5 * MathNet.Numerics.SpecialFunctions.Erfc(-number / Math.Sqrt(2));

    public static double Density(double number) => Math.Exp(-0.5 * number * number) / Math.Sqrt(2 * Math.PI);
}
