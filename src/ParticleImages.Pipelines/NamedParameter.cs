using ParticleImages.Search;

namespace ParticleImages.Pipelines;

/// <summary>A parameter that means something by its name.</summary>
/// <param name="Name">The name; of one that layers have each, up to their number.</param>
/// <param name="Meaning">What it decides.</param>
/// <param name="Values">What its values are, in words.</param>
/// <param name="Takes">Whether a value is one of them.</param>
internal sealed record NamedParameter(string Name, string Meaning, string Values, Func<ParameterValue, bool> Takes)
{
    // All values of a parameter are looked at up to so many; of more, and of a continuum, some.
    private const int MostLookedAt = 10_000;

    // Both ends, and places where hardly any continuum has a round number.
    private static readonly double[] Some = [0, 1, 1 / Math.E, 1 / Math.PI, 1 - (1 / Math.E)];

    public static NamedParameter Number(string name, string meaning) => new(name, meaning, "a number", value => value.IsNumber);

    public static NamedParameter Positive(string name, string meaning) => new(name, meaning, "a number above 0", value => value.IsNumber && value.AsNumber() > 0);

    public static NamedParameter NotNegative(string name, string meaning) => new(name, meaning, "a number, 0 or more", value => value.IsNumber && value.AsNumber() >= 0);

    public static NamedParameter Share(string name, string meaning) => new(name, meaning, "a number from 0 to below 1", value => value.IsNumber && value.AsNumber() is >= 0 and < 1);

    public static NamedParameter Whole(string name, string meaning) => new(
        name, meaning, "a whole number, 1 or more", value => value.Kind == ParameterValueKind.Integer && value.AsInteger() is >= 1 and <= int.MaxValue);

    public static NamedParameter Truth(string name, string meaning) => new(name, meaning, "true or false", value => value.Kind == ParameterValueKind.Boolean);

    public static NamedParameter Text(string name, string meaning, params string[] names) => new(
        name,
        meaning,
        names.Length == 0 ? "a text" : $"one of the texts {string.Join(", ", names)}",
        value => value.Kind == ParameterValueKind.Text && (names.Length == 0 || names.Contains(value.AsText())));

    /// <exception cref="ArgumentException">It has a value that makes no sense here.</exception>
    public void Check(IParameter parameter)
    {
        IEnumerable<double> places = parameter.Count is { } count and <= MostLookedAt ? Enumerable.Range(0, (int)count).Select(place => (place + 0.5) / count) : Some;
        foreach (ParameterValue value in places.Select(parameter.At).Where(value => !Takes(value)))
        {
            string shown = value.Kind == ParameterValueKind.Text ? $"the text '{value}'" : $"{value}";
            string hint = parameter.Count is null && value.Kind == ParameterValueKind.Real ? " Give it a list of values, or the kind integer, instead of a continuum." : "";
            throw new ArgumentException($"Parameter '{parameter.Name}' has the value {shown}; it takes {Values}: {Meaning}.{hint}", nameof(parameter));
        }
    }
}
