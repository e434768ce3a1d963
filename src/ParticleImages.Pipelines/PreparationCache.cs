namespace ParticleImages.Pipelines;

/// <summary>Binned events by the hash of their preparation. What was used longest ago leaves first. Safe for several threads; two that want the same bin it once.</summary>
internal sealed class PreparationCache(long? bytes = null, int processes = 1)
{
    // Binning takes little beside a training: more would only hold what a long scan over a continuum of cuts never asks for again.
    private const long UsualBytes = 256_000_000;

    private readonly Lock gate = new();

    // The one used last is the last.
    private readonly List<(string Hash, Lazy<PreparedEvents> Events)> entries = [];
    private readonly long room = bytes ?? (Math.Min(UsualBytes, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 8) / processes);

    /// <summary>Whether nobody said how much it holds.</summary>
    public bool IsUsual => bytes is null;

    /// <summary>How often something had to be binned.</summary>
    public int Misses { get; private set; }

    public PreparedEvents Get(string hash, Func<PreparedEvents> prepare)
    {
        Lazy<PreparedEvents> wanted;
        lock (gate)
        {
            int place = entries.FindIndex(entry => entry.Hash == hash);
            if (place < 0)
            {
                Misses++;
                wanted = new Lazy<PreparedEvents>(prepare);
            }
            else
            {
                wanted = entries[place].Events;
                entries.RemoveAt(place);
            }

            entries.Add((hash, wanted));
        }

        PreparedEvents prepared;
        try
        {
            prepared = wanted.Value;
        }
        catch
        {
            // An exception is not kept: what failed for want of memory may work later.
            lock (gate)
            {
                entries.RemoveAll(entry => entry.Events == wanted);
            }

            throw;
        }

        lock (gate)
        {
            while (entries.Count > 1 && entries.Sum(entry => entry.Events.IsValueCreated ? entry.Events.Value.Bytes : 0) > room)
            {
                entries.RemoveAt(0);
            }
        }

        return prepared;
    }
}
