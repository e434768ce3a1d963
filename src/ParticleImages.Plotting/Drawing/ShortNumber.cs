using System.Globalization;

namespace ParticleImages.Plotting.Drawing;

/// <summary>Numbers beside marks and axes in few characters: four digits, a point in any culture, a minus sign rather than a hyphen.</summary>
internal static class ShortNumber
{
    private const int Digits = 4;

    public static string Of(double value)
    {
        if (value == 0 || !double.IsFinite(value))
        {
            return value.ToString("0", CultureInfo.InvariantCulture);
        }

        int decade = (int)Math.Floor(Math.Log10(Math.Abs(value)));
        string text = decade is < -4 or >= 6
            ? value.ToString("0.###e0", CultureInfo.InvariantCulture)
            : value.ToString("0." + new string('#', Math.Clamp(Digits - 1 - decade, 0, 8)), CultureInfo.InvariantCulture);
        return text.Replace('-', '−');
    }
}
