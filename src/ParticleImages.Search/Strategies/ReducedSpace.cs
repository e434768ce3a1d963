using System.Numerics;

namespace ParticleImages.Search;

/// <summary>A space without some values of its parameters, which it refuses.</summary>
internal sealed class ReducedSpace(ISearchSpace whole) : ISearchSpace
{
    private readonly Dictionary<string, HashSet<ParameterValue>> dropped = [];

    public IReadOnlyList<IParameter> Parameters => whole.Parameters;

    public BigInteger? Count => whole.Count;

    public string Identity => whole.Identity;

    /// <summary>How many values of a parameter are left; 0 of a continuum, whose values cannot be counted.</summary>
    public long ValuesLeft(IParameter parameter) => parameter.Count is { } count ? count - (dropped.TryGetValue(parameter.Name, out HashSet<ParameterValue>? gone) ? gone.Count : 0) : 0;

    public void Drop(IParameter parameter, ParameterValue value)
    {
        if (!dropped.TryGetValue(parameter.Name, out HashSet<ParameterValue>? gone))
        {
            dropped[parameter.Name] = gone = [];
        }

        gone.Add(value);
    }

    public bool IsDropped(string parameter, ParameterValue value) => dropped.TryGetValue(parameter, out HashSet<ParameterValue>? gone) && gone.Contains(value);

    public Configuration At(BigInteger index) => whole.At(index);

    public Configuration At(ReadOnlySpan<double> positions) => whole.At(positions);

    public string? Refusal(Configuration configuration)
    {
        foreach ((string name, ParameterValue value) in configuration)
        {
            if (IsDropped(name, value))
            {
                return $"Parameter '{name}' had its value {value} dropped, as the worst.";
            }
        }

        return whole.Refusal(configuration);
    }
}
