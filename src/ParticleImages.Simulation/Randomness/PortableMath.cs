using System.Runtime.CompilerServices;

namespace ParticleImages.Simulation;

/// <summary>
/// Exponential, logarithm and arc tangent from additions, multiplications, divisions and square roots alone. IEEE 754
/// fixes those to the last bit; the functions of a C library differ in it from version to version and with the
/// processor's instructions. With these a seed gives the same events everywhere. Relative errors stay below 10⁻¹⁴.
/// </summary>
internal static class PortableMath
{
    // ln 2 in two parts, the first short enough that its products with whole numbers are exact (the split of Sun's
    // fdlibm).
    private const double Ln2High = 6.93147180369123816490e-01;
    private const double Ln2Low = 1.90821492927058770002e-10;

    private const int StepsPerOctave = 32;

    // Beyond these the result would be subnormal or infinite; no formula here comes near.
    private const double LargestExponent = 700;

    private static readonly double[] PowersOfTwo = MakePowersOfTwo();

    /// <summary>eˣ: 0 below −700, infinite above 700.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Exp(double x)
    {
        if (!(Math.Abs(x) <= LargestExponent))
        {
            return x < 0 ? 0 : x > 0 ? double.PositiveInfinity : double.NaN;
        }

        // x = (steps / 32) ln 2 + rest with |rest| ≤ ln 2 / 64, where five terms of the series are exact enough.
        double steps = Math.Round(x * (StepsPerOctave / (Ln2High + Ln2Low)));
        double rest = (x - (steps * (Ln2High / StepsPerOctave))) - (steps * (Ln2Low / StepsPerOctave));
        double beyondSquare = rest * ((1.0 / 6) + (rest * ((1.0 / 24) + (rest * (1.0 / 120)))));
        double series = rest + (rest * rest * (0.5 + beyondSquare));
        int whole = (int)steps;
        double power = PowersOfTwo[whole & (StepsPerOctave - 1)];
        return (power + (power * series)) * BitConverter.Int64BitsToDouble((long)((whole >> 5) + 1023) << 52);
    }

    /// <summary>The natural logarithm of a positive, normal number.</summary>
    public static double Log(double x)
    {
        long bits = BitConverter.DoubleToInt64Bits(x);
        int exponent = (int)(bits >> 52) - 1023;
        double mantissa = BitConverter.Int64BitsToDouble((bits & 0x000F_FFFF_FFFF_FFFF) | 0x3FF0_0000_0000_0000);
        if (mantissa > 1.4142135623730951)
        {
            mantissa /= 2;
            exponent++;
        }

        // ln m = 2 artanh s with |s| ≤ .172.
        double s = (mantissa - 1) / (mantissa + 1);
        double square = s * s;
        double series = 0;
        for (int divisor = 23; divisor >= 1; divisor -= 2)
        {
            series = (series * square) + (1.0 / divisor);
        }

        return (exponent * Ln2High) + ((2 * s * series) + (exponent * Ln2Low));
    }

    /// <summary>x to a power, for positive x.</summary>
    public static double Pow(double x, double power) => Exp(power * Log(x));

    /// <summary>The hyperbolic cosine.</summary>
    public static double Cosh(double x)
    {
        double exponential = Exp(x);
        return 0.5 * (exponential + (1 / exponential));
    }

    /// <summary>The angle in radians, −π/2 to π/2, whose tangent is x.</summary>
    public static double Atan(double x)
    {
        // Halving the angle three times brings any tangent below .2, where the series is short.
        double tangent = x;
        for (int halving = 0; halving < 3; halving++)
        {
            tangent /= 1 + Math.Sqrt(1 + (tangent * tangent));
        }

        double square = tangent * tangent;
        double series = 0;
        for (int divisor = 23; divisor >= 1; divisor -= 2)
        {
            series = (1.0 / divisor) - (series * square);
        }

        return 8 * tangent * series;
    }

    private static double[] MakePowersOfTwo()
    {
        // 2^(k/32) as a product of square roots of 2: root[b] = 2^(2^b / 32).
        Span<double> roots = stackalloc double[5];
        double root = 2;
        for (int bit = 4; bit >= 0; bit--)
        {
            root = Math.Sqrt(root);
            roots[bit] = root;
        }

        var powers = new double[StepsPerOctave];
        for (int k = 0; k < StepsPerOctave; k++)
        {
            powers[k] = 1;
            for (int bit = 0; bit < roots.Length; bit++)
            {
                powers[k] *= (k >> bit & 1) != 0 ? roots[bit] : 1;
            }
        }

        return powers;
    }
}
