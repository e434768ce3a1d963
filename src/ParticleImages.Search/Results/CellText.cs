using System.Globalization;

namespace ParticleImages.Search;

/// <summary>Cells of tables as texts, the same in every culture, and texts as cells.</summary>
internal static class CellText
{
    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'";

    /// <summary>A number without a fraction keeps a point, so that it is read as what it was.</summary>
    public static string? Of(object? cell) => cell switch
    {
        null => null,
        string text => text,
        bool truth => truth ? "true" : "false",
        long integer => integer.ToString(CultureInfo.InvariantCulture),
        double real => WithPoint(real.ToString("R", CultureInfo.InvariantCulture)),
        DateTimeOffset time => time.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture),
        _ => throw new InvalidOperationException($"A cell is no {cell.GetType().Name}."),
    };

    /// <summary>What an unquoted text means: a number, a truth value, a moment, or itself. Digits alone are a whole number or, as 007 or more than 64 bits hold, a text, so that none is lost.</summary>
    public static object Read(string text)
    {
        if (text.AsSpan(text is ['-', ..] ? 1 : 0).IndexOfAnyExceptInRange('0', '9') < 0)
        {
            return long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long integer) && integer.ToString(CultureInfo.InvariantCulture) == text ? integer : text;
        }

        if (ReadReal(text) is { } real)
        {
            return real;
        }

        return text switch
        {
            "true" or "True" => true,
            "false" or "False" => false,
            _ => DateTimeOffset.TryParseExact(text, TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time) ? time : text,
        };
    }

    /// <summary>Null where it is no number. Python's nan and inf are numbers.</summary>
    public static double? ReadReal(string text)
    {
        const NumberStyles style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        bool isPadded = text is ['0', >= '0' and <= '9', ..] or ['-', '0', >= '0' and <= '9', ..] or ['+', ..];
        return text switch
        {
            "inf" => double.PositiveInfinity,
            "-inf" => double.NegativeInfinity,
            _ => !isPadded && double.TryParse(text, style, CultureInfo.InvariantCulture, out double real) ? real : null,
        };
    }

    private static string WithPoint(string number) => number.AsSpan().IndexOfAny(".ENy") >= 0 ? number : number + ".0";
}
