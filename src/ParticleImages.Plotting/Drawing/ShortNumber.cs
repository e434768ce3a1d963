using System.Globalization;

namespace ParticleImages.Plotting.Drawing;

/// <summary>Numbers beside marks and axes in few characters: some digits only, a point in any culture, a minus sign rather than a hyphen, powers of ten where the number would be long and has fewer digits.</summary>
internal static class ShortNumber
{
    public const int UsualDigits = 4;

    /// <param name="value">Any.</param>
    /// <param name="digits">Significant digits, at least 1.</param>
    public static string Of(double value, int digits = UsualDigits)
    {
        if (value == 0 || !double.IsFinite(value))
        {
            return value == 0 ? "0" : value.ToString(CultureInfo.InvariantCulture).Replace('-', '−');
        }

        int decade = (int)Math.Floor(Math.Log10(Math.Abs(value)));
        string text = decade < -4 || decade >= Math.Max(6, digits)
            ? value.ToString($"0.{new string('#', digits - 1)}e0", CultureInfo.InvariantCulture)
            : value.ToString($"0.{new string('#', Math.Clamp(digits - 1 - decade, 0, 15))}", CultureInfo.InvariantCulture);
        return text.Replace('-', '−');
    }

    /// <summary>A value and, where it is known, its error in two digits.</summary>
    public static string Of(double value, double? error, int digits = UsualDigits) => error is { } known ? $"{Of(value, digits)} ± {Of(known, 2)}" : Of(value, digits);
}
