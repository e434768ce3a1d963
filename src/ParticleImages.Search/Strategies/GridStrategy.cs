namespace ParticleImages.Search;

/// <summary>Grid order. The mark is the index.</summary>
internal sealed class GridStrategy : ISearchStrategy
{
    public string Identity => "grid";

    public Proposal? Propose(ISearchSpace space, TrialHistory history, ulong seed) =>
        Walk.From(space, history, IndexLimit.Of(space, "A grid"), index => index);
}
