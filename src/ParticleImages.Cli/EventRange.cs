using System.CommandLine;
using System.Globalization;
using System.Numerics;

namespace ParticleImages.Cli;

/// <summary>A half-open range of events, A:B, written as a slice of numpy: A or B may be left out, and negative ones count from the end.</summary>
/// <remarks>Unlike numpy, a range that leaves the input is refused: fewer events than asked for would go unnoticed.</remarks>
internal sealed record EventRange(int? First, int? End)
{
    public static EventRange All { get; } = new(null, null);

    public static Option<string?> Option() => new("--events")
    {
        Description = "Take events A to B - 1 of all inputs together, counted from 0, as a slice of numpy: 0:1000, 1000: or -100:.",
        HelpName = "A:B",
    };

    /// <exception cref="UsageException">The text is no range, or one that can hold no event.</exception>
    public static EventRange Parse(string text)
    {
        string[] bounds = text.Split(':');
        if (bounds.Length == 2 && bounds.FirstOrDefault(IsTooLarge) is { } large)
        {
            throw new UsageException($"--events '{text}': {large} is too large. Events are counted up to {int.MaxValue}.");
        }

        if (bounds is not [string first, string end] || !TryRead(first, out int? from) || !TryRead(end, out int? to))
        {
            throw new UsageException($"--events '{text}' is no range. Write A:B, for example 0:1000, 1000: or -100:.");
        }

        // Counted from the same end, the order shows without knowing how many events there are. Without A it is the first.
        int lowest = from ?? 0;
        return lowest >= to && (lowest < 0) == (to < 0)
            ? throw new UsageException($"--events '{text}' holds no event: B is not part of the range, so A must lie below it.")
            : new EventRange(from, to);
    }

    /// <summary>The range in events counted from 0.</summary>
    /// <exception cref="InvalidOperationException">It leaves the input or holds no event.</exception>
    public (int Start, int Count) Of(int events, string source)
    {
        if (events == 0)
        {
            throw new InvalidOperationException($"{source} holds no events, so there is nothing to take.");
        }

        long start = Absolute(First ?? 0);
        long end = Absolute(End ?? events);
        return start >= 0 && start < end && end <= events
            ? ((int)start, (int)(end - start))
            : throw new InvalidOperationException($"--events {this} does not fit: {source} has {Sentence.Count(events, "event")}, "
                + "counted from 0, and the range would "
                + (start >= 0 && start <= events && end >= 0 && end <= events ? "hold none." : "leave them."));

        long Absolute(int number) => number < 0 ? (long)events + number : number;
    }

    public override string ToString() => Sentence.Invariant($"{First}:{End}");

    private static bool IsTooLarge(string text) =>
        BigInteger.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out BigInteger number)
        && BigInteger.Abs(number) > int.MaxValue;

    private static bool TryRead(string text, out int? number)
    {
        number = int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int read) ? read : null;
        return number is not null || text.Length == 0;
    }
}
