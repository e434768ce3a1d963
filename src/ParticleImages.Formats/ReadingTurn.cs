namespace ParticleImages.Formats;

/// <summary>Lets one thread read a file at a time, and refuses others: they would share its place in the file and its decoded chunks.</summary>
internal sealed class ReadingTurn
{
    private int isTaken;

    /// <summary>Takes the turn until what it returns is disposed of.</summary>
    /// <exception cref="InvalidOperationException">Another thread is reading.</exception>
    public Taken Take(string path) => Interlocked.Exchange(ref isTaken, 1) == 0
        ? new Taken(this)
        : throw new InvalidOperationException(
            $"{path} is being read by another thread. A source reads for one thread at a time, its views and prefetched batches counted. "
            + "Open the file a second time for the other thread, or end the prefetched enumeration before.");

    /// <summary>Waits for the reading under way and keeps out others while a file is closed: buffers of an archive go back to a pool then.</summary>
    public Taken Await()
    {
        SpinWait.SpinUntil(() => Interlocked.Exchange(ref isTaken, 1) == 0);
        return new Taken(this);
    }

    public readonly ref struct Taken(ReadingTurn turn)
    {
        public void Dispose() => Volatile.Write(ref turn.isTaken, 0);
    }
}
