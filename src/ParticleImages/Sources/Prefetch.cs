using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;

namespace ParticleImages;

/// <summary>
/// Makes items ahead of who takes them, on a thread of its own: in order, none lost or doubled, at most so many made and
/// not yet taken. What the thread throws is thrown, with its stack, where the item would have been taken.
/// </summary>
/// <remarks>One taker at a time. Disposing of it ends the thread, and waits for the item that is being made.</remarks>
internal sealed class Prefetch<T> : IDisposable, IAsyncDisposable
    where T : class
{
    private readonly Func<CancellationToken, T?> make;
    private readonly ConcurrentQueue<T> made = [];
    private readonly SemaphoreSlim room;
    private readonly SemaphoreSlim ready = new(0);
    private readonly CancellationTokenSource stop = new();
    private readonly TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Thread thread;
    private ExceptionDispatchInfo? failure;

    /// <summary>Starts the thread.</summary>
    /// <param name="most">Items made and not yet taken at most, that in the making counted; at least 1.</param>
    /// <param name="make">Makes the next item; null ends.</param>
    public Prefetch(int most, Func<CancellationToken, T?> make)
    {
        this.make = make;
        room = new SemaphoreSlim(most);
        thread = new Thread(Run) { IsBackground = true, Name = "ParticleImages prefetch" };
        thread.Start();
    }

    /// <summary>Waits for the next item; null at the end.</summary>
    public T? Take(CancellationToken cancellation)
    {
        ready.Wait(cancellation);
        return TakeReady();
    }

    /// <summary>Waits for the next item without holding a thread; null at the end.</summary>
    public async ValueTask<T?> TakeAsync(CancellationToken cancellation)
    {
        await ready.WaitAsync(cancellation).ConfigureAwait(false);
        return TakeReady();
    }

    public void Dispose()
    {
        stop.Cancel();
        thread.Join();
        DisposeParts();
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync().ConfigureAwait(false);
        await ended.Task.ConfigureAwait(false);
        thread.Join();
        DisposeParts();
    }

    private T? TakeReady()
    {
        if (made.TryDequeue(out T? item))
        {
            room.Release();
            return item;
        }

        // The end stays ready for whoever asks again.
        ready.Release();
        failure?.Throw();
        return null;
    }

    private void Run()
    {
        try
        {
            while (true)
            {
                room.Wait(stop.Token);
                if (make(stop.Token) is not { } item)
                {
                    break;
                }

                made.Enqueue(item);
                ready.Release();
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Nobody takes any more.
        }
        catch (Exception exception)
        {
            failure = ExceptionDispatchInfo.Capture(exception);
        }

        ready.Release();
        ended.SetResult();
    }

    private void DisposeParts()
    {
        room.Dispose();
        ready.Dispose();
        stop.Dispose();
    }
}
