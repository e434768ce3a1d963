using ParticleImages.Search.Tests;

namespace ParticleImages.Search.Storage.Tests;

public sealed class SqliteTrialStoreTests : TrialStoreContract
{
    private readonly TemporaryFolder folder = new();
    private readonly List<ITrialStore> others = [];

    protected override ITrialStore Make(TimeProvider clock) => SqliteTrialStore.Open(folder["scan.db"], clock);

    protected override ITrialStore Another(ITrialStore store, TimeProvider clock)
    {
        others.Add(SqliteTrialStore.Open(store.Name, clock));
        return others[^1];
    }

    protected override void Close()
    {
        others.ForEach(store => store.Dispose());
        folder.Dispose();
    }
}
