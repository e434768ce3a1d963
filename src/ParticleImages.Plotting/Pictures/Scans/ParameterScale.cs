using ParticleImages.Plotting.Drawing;
using ParticleImages.Search;

namespace ParticleImages.Plotting;

/// <summary>Where numbers stand along a parameter's axis, and round ones to write beside it. Found by asking the parameter alone, so that it holds for axes of anybody's make.</summary>
internal sealed class ParameterScale
{
    private readonly IParameter parameter;
    private readonly double first;
    private readonly double last;

    private ParameterScale(IParameter parameter, double first, double last)
    {
        this.parameter = parameter;
        this.first = first;
        this.last = last;
    }

    private double Low => Math.Min(first, last);

    private double High => Math.Max(first, last);

    // The middle of a logarithmic axis is the ends' geometric mean, nearer to it than to their arithmetic one.
    private bool IsLogarithmic => Low > 0 && High >= 5 * Low && Math.Abs(parameter.At(0.5).AsNumber() - Math.Sqrt(Low * High)) < Math.Abs(parameter.At(0.5).AsNumber() - ((Low + High) / 2));

    /// <summary>The scale of an ordered axis of numbers; null for any other.</summary>
    public static ParameterScale? Of(IParameter parameter) =>
        (parameter.IsOrdered || parameter.Count is null) && parameter.At(0) is { IsNumber: true } first && parameter.At(1) is { IsNumber: true } last && parameter.At(0.5).IsNumber && first != last
            ? new ParameterScale(parameter, first.AsNumber(), last.AsNumber())
            : null;

    /// <summary>A value's place by the parameter itself; NaN where it knows no such value.</summary>
    public static double PlaceOf(IParameter parameter, ParameterValue value)
    {
        try
        {
            return parameter.PositionOf(value);
        }
        catch (ArgumentException)
        {
            return double.NaN;
        }
    }

    public double PlaceOf(ParameterValue value) => PlaceOf(parameter, value);

    /// <summary>About so many round numbers within the axis, with their places.</summary>
    public IReadOnlyList<(double Place, string Name)> Ticks(int about)
    {
        double[] numbers = [.. (IsLogarithmic ? RoundNumbers.ByDecades(Low, High, about) : RoundNumbers.Linear(Low, High, about)).Where(number => number >= Low && number <= High)];
        int digits = Math.Max(ShortNumber.UsualDigits, ValueTicks.DigitsBetween(Low, High));
        return [.. (numbers.Length >= 2 ? numbers : [Low, High]).Select(number => (PlaceOf(number), ShortNumber.Of(number, digits)))];
    }

    // By halving, since a number beside an axis of some values need not be one of them: between two neighbours it stands in proportion.
    private double PlaceOf(double number)
    {
        if (parameter.Count is not { } count)
        {
            return PlaceOf(parameter, ParameterValue.Of(number));
        }

        long low = 0, high = count - 1;
        while (high - low > 1)
        {
            long middle = (low + high) / 2;
            (low, high) = ValueAt(middle, count) <= number == first < last ? (middle, high) : (low, middle);
        }

        double one = ValueAt(low, count), two = ValueAt(high, count);
        return (low + 0.5 + Math.Clamp((number - one) / (two - one), 0, 1)) / count;
    }

    private double ValueAt(long cell, long count) => parameter.At((cell + 0.5) / count).AsNumber();
}
