using CustomSearch;

namespace ParticleImages.Search.Tests;

/// <summary>The sample's own axis, space and strategy hold for what ours do.</summary>
public sealed class PermutationParameterTests : ParameterContract<object>
{
    protected override IParameter<object> Create() => new Read(new PermutationParameter("order", crystals: 5));

    // The sample's type is its own business.
    private sealed class Read(PermutationParameter order) : IParameter<object>
    {
        public string Name => order.Name;

        public long? Count => order.Count;

        public bool IsOrdered => order.IsOrdered;

        public ParameterValue At(double position) => order.At(position);

        public double PositionOf(ParameterValue value) => order.PositionOf(value);

        object IParameter<object>.Read(ParameterValue value) => order.Read(value);
    }
}

public sealed class TriggerSpaceTests : SearchSpaceContract
{
    protected override ISearchSpace Create() => new TriggerSpace(limit: 40);

    protected override ISearchSpace CreateOther() => new TriggerSpace(limit: 45);
}

public sealed class AnnealingTests : SearchStrategyContract
{
    protected override ISearchStrategy Create() => new AnnealingStrategy(trials: 30, temperature: 0.5);
}
