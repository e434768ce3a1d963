namespace ParticleImages.Search.Tests;

/// <summary>Small spaces at random, with axes below axes, and what they contain by brute force.</summary>
internal sealed class RandomSpaces(int seed)
{
    private readonly Random random = new(seed);

    /// <summary>One to six finite axes, of which some depend on others.</summary>
    public SearchSpace Any()
    {
        IParameter[] parameters = [.. Enumerable.Range(0, random.Next(1, 7)).Select(Axis)];
        SearchSpace space = SearchSpace.Of(parameters);

        // In an order of their own, so that parents do not always come before children, and there is no circle.
        int[] order = [.. Enumerable.Range(0, parameters.Length)];
        random.Shuffle(order);
        for (int i = 1; i < order.Length; i++)
        {
            if (random.Next(2) == 0)
            {
                IParameter parent = parameters[order[random.Next(i)]];
                ParameterValue[] values = [.. Values(parent).Where(_ => random.Next(2) == 0)];
                space = space.When(parameters[order[i]], Untyped(parent), values.Length == 0 ? [parent.At(0)] : values);
            }
        }

        return space;
    }

    /// <summary>The configurations as nested loops give them: the first axis varies slowest, and those that depend on one vary inside it.</summary>
    public static IEnumerable<Configuration> Enumerate(SearchSpace space) =>
        Loop(space, [.. space.Parameters.Where(parameter => space.Conditions.All(condition => condition.Parameter != parameter.Name))], []);

    private static IEnumerable<Configuration> Loop(SearchSpace space, IParameter[] left, Dictionary<string, ParameterValue> chosen)
    {
        if (left.Length == 0)
        {
            yield return new Configuration(space.Parameters.Where(parameter => chosen.ContainsKey(parameter.Name)).Select(parameter => new KeyValuePair<string, ParameterValue>(parameter.Name, chosen[parameter.Name])));
            yield break;
        }

        foreach (ParameterValue value in Values(left[0]))
        {
            IEnumerable<IParameter> inside = space.Parameters.Where(parameter => space.Conditions.Any(
                condition => condition.Parameter == parameter.Name && condition.On == left[0].Name && condition.Values.Contains(value)));
            foreach (Configuration configuration in Loop(space, [.. inside, .. left[1..]], new(chosen) { [left[0].Name] = value }))
            {
                yield return configuration;
            }
        }
    }

    private static IEnumerable<ParameterValue> Values(IParameter parameter) =>
        Enumerable.Range(0, (int)parameter.Count!.Value).Select(cell => parameter.At((cell + 0.5) / parameter.Count.Value));

    private static ValuesOf Untyped(IParameter parameter) => new(parameter);

    private IParameter Axis(int number) => random.Next(4) switch
    {
        0 => Parameter.Integer($"p{number}", 1, random.Next(1, 5)),
        1 => Parameter.Boolean($"p{number}"),
        2 => Parameter.OneOf($"p{number}", ["relu", "elu", "tanh"]),
        _ => Parameter.Range($"p{number}", 0, 1, count: random.Next(2, 4)),
    };

    /// <summary>Any axis with its values as they are.</summary>
    private sealed class ValuesOf(IParameter axis) : IParameter<ParameterValue>
    {
        public string Name => axis.Name;

        public long? Count => axis.Count;

        public bool IsOrdered => axis.IsOrdered;

        public ParameterValue At(double position) => axis.At(position);

        public double PositionOf(ParameterValue value) => axis.PositionOf(value);

        public ParameterValue Read(ParameterValue value) => value;
    }
}
