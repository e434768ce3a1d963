namespace ParticleImages.Search;

/// <summary>A parameter has a value only where another one has one of some values.</summary>
/// <param name="Parameter">The name of the one that depends.</param>
/// <param name="On">The name of the one on which it depends.</param>
/// <param name="Values">The values with which it exists.</param>
public sealed record SpaceCondition(string Parameter, string On, IReadOnlyList<ParameterValue> Values)
{
    internal bool Holds(Configuration configuration) => configuration.TryGet(On, out ParameterValue value) && Values.Contains(value);

    /// <summary>The condition in words.</summary>
    public override string ToString() => $"'{Parameter}' has a value where '{On}' is {string.Join(" or ", Values)}";
}
