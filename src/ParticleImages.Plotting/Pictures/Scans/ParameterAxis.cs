using ParticleImages.Plotting.Drawing;
using ParticleImages.Search;

namespace ParticleImages.Plotting;

/// <summary>
/// A parameter as pictures show it, along the unit interval: few values as categories, each in a cell of its own; numbers in the parameter's own scale, by decades where it is logarithmic; of very many
/// names those of the best trials, and the others together.
/// </summary>
internal sealed class ParameterAxis
{
    private const int MostCategories = 12;

    // With more a number is not what somebody wrote, but all that it holds.
    private const int MostDigits = 15;

    private readonly Func<ParameterValue, double> placeOf;
    private readonly Func<int, IReadOnlyList<(double Place, string Name)>> ticks;

    private ParameterAxis(string name, int? categories, Func<ParameterValue, double> placeOf, Func<int, IReadOnlyList<(double Place, string Name)>> ticks)
    {
        Name = name;
        Categories = categories;
        this.placeOf = placeOf;
        this.ticks = ticks;
    }

    public string Name { get; }

    /// <summary>How many cells the interval is divided into; null for an axis of numbers.</summary>
    public int? Categories { get; }

    /// <param name="parameter">One of a space.</param>
    /// <param name="configurations">What was tried, the best first: of very many names these say which are shown.</param>
    public static ParameterAxis Of(IParameter parameter, IEnumerable<Configuration> configurations) =>
        parameter.Count is { } count and <= MostCategories ? OfFew(parameter, (int)count)
        : ParameterScale.Of(parameter) is { } scale ? new ParameterAxis(parameter.Name, null, scale.PlaceOf, scale.Ticks)
        : OfMany(parameter, configurations);

    /// <summary>Where a configuration stands, from 0 to 1; null where it has no value.</summary>
    public double? PlaceOf(Configuration configuration) =>
        configuration.TryGet(Name, out ParameterValue value) && placeOf(value) is var place && !double.IsNaN(place) ? place : null;

    /// <summary>Places and their names: of categories all, of numbers about so many round ones.</summary>
    public IReadOnlyList<(double Place, string Name)> Ticks(int about) => ticks(about);

    private static ParameterAxis OfFew(IParameter parameter, int count)
    {
        double[] places = [.. Enumerable.Range(0, count).Select(cell => (cell + 0.5) / count)];
        (double Place, string Name)[] cells = [.. places.Zip(NamesOf([.. places.Select(parameter.At)]))];
        return new ParameterAxis(parameter.Name, count, value => ParameterScale.PlaceOf(parameter, value), _ => cells);
    }

    private static ParameterAxis OfMany(IParameter parameter, IEnumerable<Configuration> configurations)
    {
        ParameterValue[] tried = [.. configurations.Select(configuration => configuration.TryGet(parameter.Name, out ParameterValue value) ? value : (ParameterValue?)null).OfType<ParameterValue>().Distinct()];
        bool hasOthers = tried.Length > MostCategories;
        ParameterValue[] shown = hasOthers ? tried[..(MostCategories - 1)] : [.. tried.OrderBy(value => ParameterScale.PlaceOf(parameter, value))];
        int cells = Math.Max(1, shown.Length + (hasOthers ? 1 : 0));
        Dictionary<ParameterValue, double> places = shown.Select((value, cell) => (value, cell)).ToDictionary(pair => pair.value, pair => (pair.cell + 0.5) / cells);
        double others = hasOthers ? (cells - 0.5) / cells : double.NaN;
        IEnumerable<(double, string)> ticks = shown.Select(value => places[value]).Zip(NamesOf(shown));
        (double, string)[] all = hasOthers ? [.. ticks, (others, $"{tried.Length - shown.Length} others")] : [.. ticks];
        return new ParameterAxis(parameter.Name, cells, value => places.GetValueOrDefault(value, others), _ => all);
    }

    // Numbers with a fraction in as many digits as tell them apart.
    private static string[] NamesOf(ParameterValue[] values)
    {
        double[] reals = [.. values.Where(value => value.Kind == ParameterValueKind.Real).Select(value => value.AsNumber()).Distinct()];
        int digits = Enumerable.Range(ShortNumber.UsualDigits, MostDigits).First(digits => digits > MostDigits || reals.Select(number => ShortNumber.Of(number, digits)).Distinct().Count() == reals.Length);
        return Array.ConvertAll(values, value => value.Kind == ParameterValueKind.Real && digits <= MostDigits ? ShortNumber.Of(value.AsNumber(), digits)
            : value.IsNumber ? value.ToString().Replace('-', '−')
            : value.ToString());
    }
}
