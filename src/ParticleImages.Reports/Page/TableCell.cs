using System.Globalization;

namespace ParticleImages.Reports.Page;

/// <summary>A cell: what is read, and, where it is a number, by what it is sorted. A missing one is empty.</summary>
internal readonly record struct TableCell(string Text, string? SortValue = null)
{
    // What a double has.
    private const int MostDigits = 15;

    public static TableCell Missing => new("");

    public static TableCell Of(string? text) => new(text ?? "");

    public static TableCell Of(bool? truth) => new(truth switch { null => "", true => "yes", false => "no" });

    public static TableCell Of(long? number) => number switch
    {
        null => Missing,
        < 0 => new(number.Value.ToString(CultureInfo.InvariantCulture).Replace('-', '−'), number.Value.ToString(CultureInfo.InvariantCulture)),
        _ => new(number.Value.ToString(CultureInfo.InvariantCulture)),
    };

    /// <summary>A number in six digits; with a standard error both to the second digit of the error.</summary>
    public static TableCell Of(double? number, double? standardError = null) => number is { } value
        ? new(standardError is { } error ? WithError(value, error) : Number(value), Exact(value))
        : Missing;

    /// <summary>A moment, to the second.</summary>
    public static TableCell Of(DateTimeOffset? time) => time is { } moment
        ? new(moment.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture), moment.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture))
        : Missing;

    /// <summary>A number as people read it: so many digits, a proper minus, and powers of ten where zeros would be many.</summary>
    public static string Number(double value, int digits = 6)
    {
        if (!double.IsFinite(value))
        {
            return double.IsNaN(value) ? "NaN" : value > 0 ? "∞" : "−∞";
        }

        string text = value.ToString($"G{digits}", CultureInfo.InvariantCulture);
        int power = text.IndexOf('E', StringComparison.Ordinal);
        string mantissa = power < 0 ? text : text[..power];
        return (power < 0 ? mantissa : $"{mantissa}e{int.Parse(text[(power + 1)..], CultureInfo.InvariantCulture)}").Replace('-', '−');
    }

    private static string WithError(double value, double error)
    {
        int largest = PowerOf(Math.Max(Math.Abs(value), error)), digits = largest - PowerOf(error) + 1;
        if (!double.IsFinite(value) || !(error > 0) || !double.IsFinite(error) || digits > MostDigits)
        {
            return $"{Number(value)} ± {Number(error, digits: 2)}";
        }

        // Beyond these a row of digits says less than a power of ten, which has to be the same for both.
        bool isPlain = error is > 1e-6 and < 1e6 && Math.Abs(value) < 1e9;
        double unit = isPlain ? 1 : Math.Pow(10, largest);
        var both = new Estimate(value / unit, error / unit);
        return (isPlain ? $"{both}" : $"({both})e{largest.ToString(CultureInfo.InvariantCulture)}").Replace('-', '−');
    }

    private static int PowerOf(double number) => (int)Math.Floor(Math.Log10(number));

    private static string Exact(double value) => double.IsFinite(value)
        ? value.ToString("R", CultureInfo.InvariantCulture)
        : double.IsNaN(value) ? "NaN" : value > 0 ? "Infinity" : "-Infinity";
}
