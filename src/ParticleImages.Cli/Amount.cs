using System.Globalization;

namespace ParticleImages.Cli;

/// <summary>Some of the events of a class: so many, or a share of them.</summary>
internal sealed record Amount(string Option, string Text, int? Number, double Share)
{
    /// <param name="option">The option that it was given by.</param>
    /// <param name="text">A whole number, such as 1000, or a share below 1, such as 0.2.</param>
    /// <exception cref="UsageException">It is neither.</exception>
    public static Amount Parse(string option, string text)
    {
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number))
        {
            return new Amount(option, text, number, 0);
        }

        return double.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out double share)
            && share is > 0 and < 1
            ? new Amount(option, text, null, share)
            : throw new UsageException(
                $"{option} '{text}' is neither a number of events of each class, such as 1000, nor a share of them between 0 and 1, such as 0.2.");
    }

    /// <summary>Whether no events are asked for.</summary>
    public bool IsNone => Number == 0;

    /// <summary>How many of the events of a class these are.</summary>
    public int Of(int events) => Number ?? (int)Math.Round(Share * events);

    public override string ToString() => $"{Option} {Text}";
}
