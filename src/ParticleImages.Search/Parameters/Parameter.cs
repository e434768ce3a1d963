namespace ParticleImages.Search;

/// <summary>Makes the axes of a search space. Each keeps its type, with which a trial reads it: <c>trial.Get(rate)</c> is a double.</summary>
public static class Parameter
{
    /// <summary>One of some values. Numbers that rise or fall are ordered, all else is not.</summary>
    /// <typeparam name="T">A number, bool, string or enumeration.</typeparam>
    /// <param name="name">Not empty.</param>
    /// <param name="values">At least one, all different; grid order is their order.</param>
    /// <returns>The axis.</returns>
    /// <exception cref="ArgumentException">The name is empty, or there is no value, or one twice, or the type is not one of these.</exception>
    public static Parameter<T> OneOf<T>(string name, params ReadOnlySpan<T> values)
    {
        CheckName(name);
        if (values.IsEmpty)
        {
            throw new ArgumentException($"Parameter '{name}' has no values. Give one or more.", nameof(values));
        }

        var list = new ParameterValue[values.Length];
        var places = new Dictionary<ParameterValue, int>(values.Length);
        for (int i = 0; i < values.Length; i++)
        {
            list[i] = ParameterValue.From(values[i] ?? throw new ArgumentException($"Value {i} of parameter '{name}' is null.", nameof(values)));
            if (!places.TryAdd(list[i], i))
            {
                throw new ArgumentException($"Parameter '{name}' has {list[i]} twice, as values {places[list[i]]} and {i}. Leave one out.", nameof(values));
            }
        }

        return new Parameter<T>(name, new ChosenValues(list));
    }

    /// <summary>False or true, in this order.</summary>
    /// <param name="name">Not empty.</param>
    /// <returns>The axis.</returns>
    /// <exception cref="ArgumentException">The name is empty.</exception>
    public static Parameter<bool> Boolean(string name) => OneOf(name, false, true);

    /// <summary>Whole numbers from low to high, both included.</summary>
    /// <param name="name">Not empty.</param>
    /// <param name="low">The lowest.</param>
    /// <param name="high">At least <paramref name="low"/>; the highest if steps lead there.</param>
    /// <param name="step">At least 1.</param>
    /// <returns>The axis.</returns>
    /// <exception cref="ArgumentException">The name is empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException">low is above high, or the step is below 1.</exception>
    public static Parameter<int> Integer(string name, int low, int high, int step = 1)
    {
        CheckName(name);
        ArgumentOutOfRangeException.ThrowIfLessThan(step, 1);
        CheckOrder(name, low, high, low <= high);
        return new Parameter<int>(name, new IntegerValues(low, high, step));
    }

    /// <summary>Numbers of a continuum, each as likely as the others.</summary>
    /// <param name="name">Not empty.</param>
    /// <param name="low">The lowest.</param>
    /// <param name="high">Above <paramref name="low"/>.</param>
    /// <returns>The axis. It has no <see cref="IParameter.Count"/>: a grid wants <see cref="Range"/> or <see cref="Steps"/>.</returns>
    /// <exception cref="ArgumentException">The name is empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException">low is not below high, or one is not finite.</exception>
    public static Parameter<double> Real(string name, double low, double high) => new(CheckName(name), Continuum(name, low, high, logarithmic: false));

    /// <summary>Numbers of a continuum, each decade as likely as the others.</summary>
    /// <param name="name">Not empty.</param>
    /// <param name="low">The lowest, above 0.</param>
    /// <param name="high">Above <paramref name="low"/>.</param>
    /// <returns>The axis.</returns>
    /// <exception cref="ArgumentException">The name is empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException">low is not above 0 or not below high, or one is not finite.</exception>
    public static Parameter<double> LogUniform(string name, double low, double high)
    {
        CheckName(name);
        return low > 0
            ? new(name, Continuum(name, low, high, logarithmic: true))
            : throw new ArgumentOutOfRangeException(nameof(low), low, $"Parameter '{name}': a logarithmic axis begins above 0, for example at 1e-5.");
    }

    /// <summary>Some numbers at equal distances, both ends included.</summary>
    /// <param name="name">Not empty.</param>
    /// <param name="low">The first.</param>
    /// <param name="high">The last, above <paramref name="low"/>.</param>
    /// <param name="count">How many, at least 2.</param>
    /// <param name="logarithmic">Whether it is the logarithms that are at equal distances; low is above 0 then.</param>
    /// <returns>The axis.</returns>
    /// <exception cref="ArgumentException">The name is empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The range is empty or not finite, or fewer than 2 numbers are wanted.</exception>
    public static Parameter<double> Range(string name, double low, double high, int count, bool logarithmic = false)
    {
        Parameter<double> continuum = logarithmic ? LogUniform(name, low, high) : Real(name, low, high);
        if (count < 2)
        {
            throw new ArgumentOutOfRangeException(nameof(count), count, $"Parameter '{name}': a range has 2 numbers or more. One value is OneOf.");
        }

        var values = new double[count];
        for (int i = 0; i < count; i++)
        {
            values[i] = continuum.At((double)i / (count - 1)).AsNumber();
        }

        return OneOf<double>(name, values);
    }

    /// <summary>Numbers from low on in steps, as long as they are not above high. Number k is low + k·step.</summary>
    /// <param name="name">Not empty.</param>
    /// <param name="low">The first.</param>
    /// <param name="high">Not below <paramref name="low"/>. Included if steps lead there but for a millionth of one.</param>
    /// <param name="step">Above 0.</param>
    /// <returns>The axis.</returns>
    /// <exception cref="ArgumentException">The name is empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException">low is above high, the step is not above 0, one is not finite, or there were more than a million numbers.</exception>
    public static Parameter<double> Steps(string name, double low, double high, double step)
    {
        CheckName(name);
        CheckOrder(name, low, high, low <= high && double.IsFinite(low) && double.IsFinite(high));
        double steps = Math.Floor(((high - low) / step) + 1e-6);
        if (!(step > 0 && steps < 1_000_000))
        {
            throw new ArgumentOutOfRangeException(nameof(step), step, $"Parameter '{name}': a step is above 0 and leads from {low} to {high} in at most a million numbers.");
        }

        var values = new double[(int)steps + 1];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = low + (i * step);
        }

        return OneOf<double>(name, values);
    }

    internal static string CheckName(string name) => string.IsNullOrWhiteSpace(name)
        ? throw new ArgumentException("A parameter has a name: the column of its values in tables.", nameof(name))
        : StoredText.Check(name, nameof(name));

    private static RealValues Continuum(string name, double low, double high, bool logarithmic)
    {
        CheckOrder(name, low, high, low < high && double.IsFinite(low) && double.IsFinite(high) && double.IsFinite(high - low));
        return new RealValues(low, high, logarithmic);
    }

    private static void CheckOrder<T>(string name, T low, T high, bool holds)
    {
        if (!holds)
        {
            throw new ArgumentOutOfRangeException(nameof(low), low, FormattableString.Invariant(
                $"Parameter '{name}' would go from {low} to {high}. The lower end comes first, and both are finite."));
        }
    }
}
