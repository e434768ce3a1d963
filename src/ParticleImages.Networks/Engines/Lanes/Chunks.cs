namespace ParticleImages.Networks.Engines.Lanes;

/// <summary>
/// Work in a fixed number of chunks, each done by one of several threads. What a chunk sums up is its own, and chunks are added in order: so no bit
/// depends on how many threads there are.
/// </summary>
internal static class Chunks
{
    /// <summary>Chunks that a batch is divided into: enough for the cores of a laptop, few enough that their sums cost little.</summary>
    public const int Count = 16;

    /// <summary>Does every chunk.</summary>
    /// <param name="threads">How many at a time.</param>
    /// <param name="work">Gets the chunk and the number of the thread, from 0, whose scratch memory it may use.</param>
    public static void Run(int threads, Action<int, int> work)
    {
        if (threads <= 1)
        {
            for (int chunk = 0; chunk < Count; chunk++)
            {
                work(chunk, 0);
            }

            return;
        }

        int next = -1;
        int workers = Math.Min(threads, Count);
        Parallel.For(0, workers, new ParallelOptions { MaxDegreeOfParallelism = workers }, worker =>
        {
            for (int chunk = Interlocked.Increment(ref next); chunk < Count; chunk = Interlocked.Increment(ref next))
            {
                work(chunk, worker);
            }
        });
    }

    /// <summary>Where a chunk's part of so many things begins; that of chunk <see cref="Count"/> is the end.</summary>
    public static int Start(int chunk, int all) => (int)((long)chunk * all / Count);
}
