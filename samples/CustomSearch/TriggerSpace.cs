using System.Globalization;
using System.Numerics;
using ParticleImages.Search;

namespace CustomSearch;

/// <summary>
/// A whole space of one's own: three trigger thresholds that rise, low below middle below high, each a multiple of 5 MeV up to a limit. Of a SearchSpace with constraints most configurations would be
/// refused; this one counts and draws only those that rise.
/// </summary>
internal sealed class TriggerSpace : ISearchSpace
{
    private const int Step = 5;
    private readonly int steps;
    private readonly Parameter<int>[] thresholds;

    /// <param name="limit">The highest threshold in MeV, a multiple of 5 and at least 15.</param>
    public TriggerSpace(int limit)
    {
        steps = limit / Step;
        thresholds = [.. new[] { "low", "middle", "high" }.Select(name => Parameter.Integer(name, Step, limit, Step))];
        Limit = limit;
    }

    public int Limit { get; }

    public Parameter<int> Low => thresholds[0];

    public Parameter<int> Middle => thresholds[1];

    public Parameter<int> High => thresholds[2];

    public IReadOnlyList<IParameter> Parameters => thresholds;

    /// <summary>Three of so many.</summary>
    public BigInteger? Count => Choose(steps, 3);

    public string Identity => string.Create(CultureInfo.InvariantCulture, $"three rising thresholds up to {Limit} MeV in steps of {Step}");

    /// <summary>In the order of the combinatorial number system: by the highest, then the middle, then the lowest.</summary>
    public Configuration At(BigInteger index)
    {
        if (index < 0 || index >= Count)
        {
            throw new ArgumentOutOfRangeException(nameof(index), index, $"The space has {Count} configurations, from 0 on.");
        }

        int high = Largest(index, 3);
        index -= Choose(high, 3);
        int middle = Largest(index, 2);
        return Of((int)(index - Choose(middle, 2)), middle, high);
    }

    /// <summary>
    /// Where the places rise, as they do where a configuration stands, each leads to its threshold; other points are put in order first, and equal thresholds moved apart.
    /// </summary>
    public Configuration At(ReadOnlySpan<double> positions)
    {
        if (positions.Length != thresholds.Length)
        {
            throw new ArgumentException($"{positions.Length} places were given for {thresholds.Length} thresholds.", nameof(positions));
        }

        int[] cells = [.. positions.ToArray().Select((position, axis) => (int)(thresholds[axis].At(position).AsInteger() / Step) - 1).Order()];
        cells[1] = Math.Clamp(cells[1], 1, steps - 2);
        cells[0] = Math.Min(cells[0], cells[1] - 1);
        cells[2] = Math.Max(cells[2], cells[1] + 1);
        return Of(cells[0], cells[1], cells[2]);
    }

    public string? Refusal(Configuration configuration)
    {
        foreach (Parameter<int> threshold in thresholds)
        {
            if (!configuration.TryGet(threshold.Name, out ParameterValue value))
            {
                return $"Threshold '{threshold.Name}' has no value.";
            }

            if (!value.IsNumber || value.AsNumber() % Step != 0 || value.AsNumber() < Step || value.AsNumber() > Limit)
            {
                return $"Threshold '{threshold.Name}' is {value}; it is a multiple of {Step} MeV, at most {Limit}.";
            }
        }

        return configuration.Count > thresholds.Length ? $"There are three thresholds, but {configuration.Count} values."
            : configuration.Get(Low) < configuration.Get(Middle) && configuration.Get(Middle) < configuration.Get(High) ? null
            : $"The thresholds do not rise: {configuration}.";
    }

    private static BigInteger Choose(int from, int count)
    {
        BigInteger product = BigInteger.One;
        for (int i = 0; i < count; i++)
        {
            product = product * (from - i) / (i + 1);
        }

        return product;
    }

    // The largest number of which not more than so many choices lie below.
    private int Largest(BigInteger index, int count)
    {
        int number = count - 1;
        while (number + 1 < steps && Choose(number + 1, count) <= index)
        {
            number++;
        }

        return number;
    }

    private static Configuration Of(int low, int middle, int high) => Configuration.Of(("low", (low + 1) * Step), ("middle", (middle + 1) * Step), ("high", (high + 1) * Step));
}
