namespace ParticleImages.Search;

/// <summary>Stores that need nothing beside this assembly.</summary>
public static class TrialStore
{
    /// <summary>A store in memory: quick, for one process, and gone with it. A scan that must survive wants <c>SqliteTrialStore</c> of ParticleImages.Search.Storage.</summary>
    /// <param name="clock">The clock of leases and of the trials' times; the system's if null.</param>
    /// <returns>An empty store.</returns>
    public static ITrialStore InMemory(TimeProvider? clock = null) => new MemoryTrialStore(clock ?? TimeProvider.System);
}
