namespace ParticleImages.Search.Tests.Storage;

public sealed class MemoryTrialStoreTests : TrialStoreContract
{
    protected override ITrialStore Make(TimeProvider clock) => TrialStore.InMemory(clock);
}
