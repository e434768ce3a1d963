namespace ParticleImages.Networks.Tests;

/// <summary>Collects garbage without a pause until it is disposed of: what torch still reads while nothing of ours refers to it is gone then.</summary>
internal sealed class GarbageStorm : IAsyncDisposable
{
    private readonly CancellationTokenSource stop = new();
    private readonly Task storm;

    public GarbageStorm() => storm = Task.Run(() =>
    {
        while (!stop.IsCancellationRequested)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
    });

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await storm;
        stop.Dispose();
    }
}
