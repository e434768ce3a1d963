using ParticleImages.Networks.Engines.Lanes;

namespace ParticleImages.Networks.Engines.Sparse;

/// <summary>
/// Rows of a level: those of all events of a batch, or, where every event goes through the whole trunk before its thread takes the next one, those of one event for each
/// thread, which then stay in its cache.
/// </summary>
/// <param name="level">The level of the tables.</param>
/// <param name="stride">Floats from one row to the next.</param>
internal sealed unsafe class RowBuffer(int level, int stride) : IDisposable
{
    private readonly NativeBuffer<float> rows = new();
    private int mostRows;
    private bool isOfThreads;

    public long Bytes => rows.Bytes;

    /// <summary>Makes room for a batch.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="ofAll">Whether all events' rows are wanted in any case.</param>
    public void Begin(SparseBatch batch, bool ofAll = false)
    {
        isOfThreads = batch.IsOnePass && !ofAll;
        mostRows = batch.MostRows(level);
        rows.Need((isOfThreads ? (long)batch.Threads * mostRows : batch.Start(level, batch.Count)) * stride);
    }

    /// <summary>The rows of an event.</summary>
    public float* Of(SparseBatch batch, in EventTurn turn) =>
        rows.At((isOfThreads ? (long)turn.Worker * mostRows : batch.Start(level, turn.Event)) * stride, batch.Rows(level, turn.Event) * stride);

    public void Dispose() => rows.Dispose();
}
