using System.Runtime.ExceptionServices;

namespace ParticleImages.Formats;

/// <summary>Work that falls into parts which do not depend on each other.</summary>
internal static class SeveralThreads
{
    // Beyond it the disk, or the memory, is what one waits for.
    private const int MostUsual = 4;

    /// <summary>What is used unless somebody says: as many as there are cores, 4 at most.</summary>
    public static int Usual { get; } = Math.Min(Environment.ProcessorCount, MostUsual);

    /// <summary>Does every part.</summary>
    /// <param name="count">Parts.</param>
    /// <param name="threads">How many threads at most.</param>
    /// <param name="part">Does one, numbered from 0. Of several that fail the first one's exception comes out, as it was thrown, whatever the threads' order.</param>
    public static void Run(int count, int threads, Action<int> part)
    {
        if (threads == 1 || count == 1)
        {
            for (int i = 0; i < count; i++)
            {
                part(i);
            }

            return;
        }

        var failures = new ExceptionDispatchInfo?[count];
        Parallel.For(0, count, new ParallelOptions { MaxDegreeOfParallelism = threads }, (i, state) =>
        {
            try
            {
                part(i);
            }
            catch (Exception failure)
            {
                // Those before it are still done, and may fail, too.
                failures[i] = ExceptionDispatchInfo.Capture(failure);
                state.Break();
            }
        });
        Array.Find(failures, failure => failure is not null)?.Throw();
    }
}
