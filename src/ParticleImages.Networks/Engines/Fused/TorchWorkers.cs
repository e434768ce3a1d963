using TorchSharp;

namespace ParticleImages.Networks.Engines.Fused;

/// <summary>
/// Threads that each compute with torch alone. Torch's own would meet after every operation, and what they sum up depends on how many they are; slices of a batch that are computed
/// on one thread each have the same bits on any number of threads.
/// </summary>
internal sealed class TorchWorkers : IDisposable
{
    private readonly Thread[] threads;
    private readonly SemaphoreSlim begin = new(0);
    private readonly SemaphoreSlim end = new(0);
    private Action<int, int>? work;
    private Exception? problem;
    private int count;
    private int next;

    /// <summary>Starts them.</summary>
    /// <param name="number">How many.</param>
    public TorchWorkers(int number)
    {
        // A thread that sets its number of threads also sets that of threads to come; this puts it back.
        int before = torch.get_num_threads();
        threads = [.. Enumerable.Range(0, number).Select(worker => new Thread(() => Serve(worker)) { IsBackground = true, Name = $"network worker {worker}" })];
        foreach (Thread thread in threads)
        {
            thread.Start();
            end.Wait();
        }

        torch.set_num_threads(before);
    }

    public int Count => threads.Length;

    /// <summary>Does so many things and waits.</summary>
    /// <param name="things">How many.</param>
    /// <param name="work">Gets the number of the thing and that of the thread.</param>
    public void Run(int things, Action<int, int> work)
    {
        (this.work, count, next, problem) = (work, things, -1, null);
        begin.Release(threads.Length);
        for (int i = 0; i < threads.Length; i++)
        {
            end.Wait();
        }

        if (problem is { } thrown)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(thrown);
        }
    }

    public void Dispose()
    {
        work = null;
        begin.Release(threads.Length);
        foreach (Thread thread in threads)
        {
            thread.Join();
        }

        begin.Dispose();
        end.Dispose();
    }

    private void Serve(int worker)
    {
        // The first question makes torch set the thread up; it would overwrite the number later.
        _ = torch.get_num_threads();
        torch.set_num_threads(1);
        end.Release();
        while (true)
        {
            begin.Wait();
            if (work is not { } todo)
            {
                return;
            }

            try
            {
                for (int thing = Interlocked.Increment(ref next); thing < count && problem is null; thing = Interlocked.Increment(ref next))
                {
                    todo(thing, worker);
                }
            }
            catch (Exception thrown)
            {
                // Handed on to whoever waits.
                Interlocked.CompareExchange(ref problem, thrown, null);
            }

            end.Release();
        }
    }
}
