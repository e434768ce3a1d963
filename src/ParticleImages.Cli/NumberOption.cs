using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Numerics;

namespace ParticleImages.Cli;

/// <summary>Options that are numbers.</summary>
/// <remarks>
/// Read strictly: the parser's own conversion takes the comma of 0,005 for a separator of thousands and makes it 5.
/// </remarks>
internal static class NumberOption
{
    public static Option<double> Real(string name, string description, string helpName, double byDefault) => new(name)
    {
        Description = description,
        HelpName = helpName,
        CustomParser = result => Parse<double>(result, NumberStyles.Float, "a number such as 0.005 or 5e-3"),
        DefaultValueFactory = _ => byDefault,
    };

    public static Option<double?> OptionalReal(string name, string description, string helpName) => new(name)
    {
        Description = description,
        HelpName = helpName,
        CustomParser = result => Parse<double>(result, NumberStyles.Float, "a number such as 0 or 0.05"),
    };

    public static Option<int> Whole(string name, string description, string helpName, int byDefault) => new(name)
    {
        Description = description,
        HelpName = helpName,
        CustomParser = result => Parse<int>(result, NumberStyles.AllowLeadingSign, "a whole number such as 1000"),
        DefaultValueFactory = _ => byDefault,
    };

    public static Option<int?> OptionalWhole(string name, string description, string helpName) => new(name)
    {
        Description = description,
        HelpName = helpName,
        CustomParser = result => Parse<int>(result, NumberStyles.AllowLeadingSign, "a whole number such as 1"),
    };

    private static T Parse<T>(ArgumentResult result, NumberStyles style, string allowed)
        where T : struct, INumber<T>
    {
        string text = result.Tokens[0].Value;
        if (T.TryParse(text, style, CultureInfo.InvariantCulture, out T value))
        {
            return value;
        }

        string name = ((OptionResult)result.Parent!).Option.Name;
        result.AddError($"{name} '{text}' is not {allowed}{(typeof(T) == typeof(int) ? ", or it is too large" : "")}.");
        return default;
    }
}
