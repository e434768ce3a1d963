namespace ParticleImages.Search;

/// <summary>A parameter as the forest sees it: a place from 0 to 1 for a number, a category for a name, and what the trials had.</summary>
internal sealed class ImportanceAxis
{
    private readonly long? count;

    private ImportanceAxis(string name, bool isOrdered, long? count, double[] places)
    {
        Name = name;
        IsOrdered = isOrdered;
        this.count = count;
        Places = places;
    }

    public string Name { get; }

    /// <summary>Whether places near each other are alike, so that a split is a threshold.</summary>
    public bool IsOrdered { get; }

    /// <summary>Where each trial stands; NaN where a condition left it without a value.</summary>
    public double[] Places { get; }

    /// <summary>A parameter of a space, each of its values counting alike.</summary>
    public static ImportanceAxis Of(IParameter parameter, Configuration[] configurations) => new(
        parameter.Name,
        parameter.IsOrdered || parameter.Count is null,
        parameter.Count,
        Array.ConvertAll(configurations, configuration => configuration.TryGet(parameter.Name, out ParameterValue value) ? parameter.PositionOf(value) : double.NaN));

    /// <summary>A column of a table, each of the values that occur counting alike.</summary>
    public static ImportanceAxis Of(TrialColumn column)
    {
        bool isOrdered = column.Kind is TrialColumnKind.Integer or TrialColumnKind.Real or TrialColumnKind.Time;
        object[] values = [.. Enumerable.Range(0, column.Count).Select(row => column[row]).OfType<object>().Distinct()];
        values = isOrdered ? [.. values.Order(Comparer<object>.Default)] : values;
        Dictionary<object, double> places = values.Select((value, place) => (value, place)).ToDictionary(pair => pair.value, pair => Cell.Middle(pair.place, values.Length));
        return new(
            column.Name,
            isOrdered,
            Math.Max(1, values.Length),
            [.. Enumerable.Range(0, column.Count).Select(row => column[row] is { } value ? places[value] : double.NaN)]);
    }

    /// <summary>The place that a number from 0 to below 1 falls on, each value of the axis having an equal part.</summary>
    public double At(double fraction) => count is { } values ? Cell.Middle(Cell.At(fraction, values), values) : fraction;
}
