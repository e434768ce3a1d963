using System.Numerics;

namespace ParticleImages.Search;

/// <summary>
/// Parameters below those on which they depend. Counts are sums over the values of parents and products over what stands side by side, so that
/// no configuration is ever enumerated.
/// </summary>
internal sealed class SpaceTree
{
    private const long MostParentValues = 10_000;

    private readonly IReadOnlyList<IParameter> parameters;
    private readonly SpaceCondition?[] conditions;
    private readonly List<int>[] children;
    private readonly List<int> roots = [];
    private readonly BigInteger?[] counts;

    public SpaceTree(IReadOnlyList<IParameter> parameters, IReadOnlyList<SpaceCondition> all)
    {
        this.parameters = parameters;
        conditions = new SpaceCondition?[parameters.Count];
        children = [.. parameters.Select(_ => new List<int>())];
        foreach (SpaceCondition condition in all)
        {
            Add(condition);
        }

        for (int i = 0; i < parameters.Count; i++)
        {
            if (conditions[i] is null)
            {
                roots.Add(i);
            }
        }

        CheckCircles();
        counts = new BigInteger?[parameters.Count];
        foreach (int root in roots)
        {
            counts[root] = CountOf(root);
        }

        Count = roots.Aggregate((BigInteger?)BigInteger.One, (product, root) => product * counts[root]);
    }

    public BigInteger? Count { get; }

    public Configuration At(BigInteger index)
    {
        if (Count is not { } count)
        {
            throw new InvalidOperationException(
                $"The space has a continuum of configurations, because of {string.Join(", ", parameters.Where(parameter => parameter.Count is null).Select(parameter => $"'{parameter.Name}'"))}. "
                + "For a grid give the axis as a range by count or step.");
        }

        if (index < 0 || index >= count)
        {
            throw new ArgumentOutOfRangeException(nameof(index), index, $"The space has {count} configurations, from 0 on.");
        }

        var values = new ParameterValue?[parameters.Count];
        Place(roots, index, values);
        return Compose(values);
    }

    public Configuration At(ReadOnlySpan<double> positions)
    {
        var values = new ParameterValue?[parameters.Count];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = parameters[i].At(positions[i]);
        }

        // From the roots on, so that what hangs below a parameter without a value has none either.
        var open = new Stack<int>(roots);
        while (open.TryPop(out int parent))
        {
            foreach (int child in children[parent])
            {
                if (values[parent] is not { } value || !conditions[child]!.Values.Contains(value))
                {
                    values[child] = null;
                }

                open.Push(child);
            }
        }

        return Compose(values);
    }

    /// <summary>What is wrong with names and values; null where nothing is.</summary>
    public string? Misfit(Configuration configuration)
    {
        int known = 0;
        for (int i = 0; i < parameters.Count; i++)
        {
            string name = parameters[i].Name;
            bool wanted = conditions[i]?.Holds(configuration) != false;
            bool given = configuration.TryGet(name, out ParameterValue value);
            if (wanted != given)
            {
                return wanted ? $"Parameter '{name}' has no value." : $"Parameter '{name}' has the value {value}, but {conditions[i]} only.";
            }

            known += given ? 1 : 0;
            if (given && Refused(parameters[i], value) is { } refusal)
            {
                return refusal;
            }
        }

        return known == configuration.Count
            ? null
            : $"The space has no parameter '{configuration.Names.First(name => parameters.All(parameter => parameter.Name != name))}'. It has {string.Join(", ", parameters.Select(parameter => $"'{parameter.Name}'"))}.";
    }

    private static string? Refused(IParameter parameter, ParameterValue value)
    {
        try
        {
            _ = parameter.PositionOf(value);
            return null;
        }
        catch (ArgumentException problem)
        {
            return ArgumentProblem.Of(problem);
        }
    }

    private void Add(SpaceCondition condition)
    {
        int child = Find(condition.Parameter, nameof(condition.Parameter));
        int parent = Find(condition.On, nameof(condition.On));
        if (conditions[child] is { } earlier)
        {
            throw new ArgumentException($"{earlier} already. Let the other dependence be a constraint.");
        }

        if (parameters[parent].Count is not <= MostParentValues)
        {
            throw new ArgumentException($"'{condition.Parameter}' cannot depend on '{condition.On}', which has more than {MostParentValues} values.");
        }

        if (condition.Values.Count == 0)
        {
            throw new ArgumentException($"'{condition.Parameter}' would never have a value. Say with which values of '{condition.On}' it has one.");
        }

        foreach (ParameterValue value in condition.Values)
        {
            _ = parameters[parent].PositionOf(value);
        }

        conditions[child] = condition;
        children[parent].Add(child);
        children[parent].Sort();
    }

    private int Find(string name, string role)
    {
        for (int i = 0; i < parameters.Count; i++)
        {
            if (parameters[i].Name == name)
            {
                return i;
            }
        }

        throw new ArgumentException($"The space has no parameter '{name}'. It has {string.Join(", ", parameters.Select(parameter => $"'{parameter.Name}'"))}.", role);
    }

    private void CheckCircles()
    {
        int reached = 0;
        var open = new Stack<int>(roots);
        while (open.TryPop(out int parent))
        {
            reached++;
            children[parent].ForEach(open.Push);
        }

        if (reached < parameters.Count)
        {
            throw new ArgumentException(
                $"Parameters depend on each other in a circle: {string.Join("; ", conditions.Where(condition => condition is not null))}.");
        }
    }

    private BigInteger? CountOf(int parameter)
    {
        foreach (int child in children[parameter])
        {
            counts[child] = CountOf(child);
        }

        if (children[parameter].Count == 0)
        {
            return parameters[parameter].Count;
        }

        BigInteger? sum = BigInteger.Zero;
        for (long place = 0; place < parameters[parameter].Count; place++)
        {
            sum += Block(Active(parameter, ValueAt(parameter, place)));
        }

        return sum;
    }

    private void Place(List<int> side, BigInteger index, ParameterValue?[] values)
    {
        // The last varies fastest.
        for (int i = side.Count - 1; i >= 0; i--)
        {
            index = BigInteger.DivRem(index, counts[side[i]]!.Value, out BigInteger own);
            Place(side[i], own, values);
        }
    }

    private void Place(int parameter, BigInteger index, ParameterValue?[] values)
    {
        if (children[parameter].Count == 0)
        {
            values[parameter] = ValueAt(parameter, (long)index);
            return;
        }

        for (long place = 0; ; place++)
        {
            ParameterValue value = ValueAt(parameter, place);
            List<int> active = Active(parameter, value);
            BigInteger block = Block(active)!.Value;
            if (index < block)
            {
                values[parameter] = value;
                Place(active, index, values);
                return;
            }

            index -= block;
        }
    }

    private ParameterValue ValueAt(int parameter, long place) => parameters[parameter].At(Cell.Middle(place, parameters[parameter].Count!.Value));

    private List<int> Active(int parent, ParameterValue value) => [.. children[parent].Where(child => conditions[child]!.Values.Contains(value))];

    private BigInteger? Block(List<int> side) => side.Aggregate((BigInteger?)BigInteger.One, (product, parameter) => product * counts[parameter]);

    private Configuration Compose(ParameterValue?[] values) => new(
        Enumerable.Range(0, values.Length).Where(i => values[i] is not null).Select(i => new KeyValuePair<string, ParameterValue>(parameters[i].Name, values[i]!.Value)));
}
