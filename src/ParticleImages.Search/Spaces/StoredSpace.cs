using System.Numerics;

namespace ParticleImages.Search;

/// <summary>What a store tells of a space whose program is not at hand: of one of its own kind the values that were tried, and nothing that would propose others.</summary>
internal sealed class StoredSpace : ISearchSpace
{
    private StoredSpace(string identity, IReadOnlyList<IParameter> parameters)
    {
        Identity = identity;
        Parameters = parameters;
    }

    public IReadOnlyList<IParameter> Parameters { get; }

    public BigInteger? Count => null;

    public string Identity { get; }

    public static ISearchSpace Of(string identity, IReadOnlyList<TrialRecord> trials)
    {
        try
        {
            return SpaceJson.ReadIdentity(identity, name => Tried(trials, name));
        }
        catch (FormatException)
        {
            return new StoredSpace(identity, [.. trials.SelectMany(trial => trial.Configuration.Names).Distinct().Select(name => Axis(name, [.. Tried(trials, name)]))]);
        }
    }

    public Configuration At(BigInteger index) => throw NotHere();

    public Configuration At(ReadOnlySpan<double> positions) => throw NotHere();

    public string? Refusal(Configuration configuration) => null;

    public override string ToString() => Identity;

    private static IEnumerable<ParameterValue> Tried(IReadOnlyList<TrialRecord> trials, string name) => trials
        .Select(trial => trial.Configuration.TryGet(name, out ParameterValue value) ? value : (ParameterValue?)null)
        .OfType<ParameterValue>()
        .Distinct();

    // Numbers in their order, so that they are an ordered axis.
    private static IParameter Axis(string name, ParameterValue[] values) => values switch
    {
        _ when values.All(value => value.Kind == ParameterValueKind.Integer) => Parameter.OneOf<long>(name, [.. values.Select(value => value.AsInteger()).Order()]),
        _ when values.All(value => value.IsNumber) => Parameter.OneOf<double>(name, [.. values.Select(value => value.AsNumber()).Distinct().Order()]),
        _ => Parameter.OneOf<ParameterValue>(name, values),
    };

    private InvalidOperationException NotHere() =>
        new($"The space '{Identity}' was read from a store, which holds what was tried of it but not how to propose more. Run the scan with the program that describes it.");
}
