using ParticleImages.Networks.Engines.Lanes;

namespace ParticleImages.Networks.Engines.Sparse;

/// <summary>
/// A feature map of a batch: a background, one vector of channels for each class of places, and a vector for each row. Both may stand before a channel's scale and
/// shift (<see cref="Affine"/>) that nobody has computed yet. With them what a step back finds: the loss' slopes by both.
/// </summary>
internal sealed unsafe class SiteMap(SiteGrid grid, int level, int channels, bool isPerEvent, ChannelAffine? affine) : IDisposable
{
    private readonly RowBuffer values = new(level, (channels + 15) / 16 * 16);
    private readonly NativeBuffer<float> background = new();
    private readonly NativeBuffer<float> slopes = new();
    private readonly NativeBuffer<double> backgroundSlopes = new();
    private readonly NativeBuffer<double> sums = new();
    private readonly NativeBuffer<float> scratch = new();
    private int scratchRows;

    public SiteGrid Grid { get; } = grid;

    /// <summary>Which level of the tables its rows are.</summary>
    public int Level { get; } = level;

    public int Channels { get; } = channels;

    /// <summary>Floats from one row to the next: whole vectors of any width.</summary>
    public int Stride { get; } = (channels + 15) / 16 * 16;

    /// <summary>Whether events have backgrounds of their own: behind a channel dropout.</summary>
    public bool IsPerEvent { get; } = isPerEvent;

    /// <summary>What is yet to be applied to every value; null for nothing.</summary>
    public ChannelAffine? Affine { get; set; } = affine;

    /// <summary>Whether the slopes of all rows stay until the whole batch has them, because a batch norm waits for them.</summary>
    public bool KeepsSlopes { get; set; }

    /// <summary>Floats of one background.</summary>
    public int BackgroundSize => Grid.Classes * Stride;

    public long Bytes => values.Bytes + background.Bytes + slopes.Bytes + backgroundSlopes.Bytes + sums.Bytes + scratch.Bytes;

    /// <summary>Makes room for a batch.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="ofAll">Whether all events' rows are wanted at once in any case.</param>
    public void Begin(SparseBatch batch, bool ofAll = false)
    {
        values.Begin(batch, ofAll);
        background.Need((long)BackgroundSize * (IsPerEvent ? batch.Count : 1));
    }

    /// <summary>Makes room for the way back.</summary>
    public void BeginBack(SparseBatch batch, int threads)
    {
        scratchRows = batch.MostRows(Level);
        slopes.Need(KeepsSlopes ? (long)batch.Start(Level, batch.Count) * Stride : (long)threads * scratchRows * Stride);
        backgroundSlopes.NeedZeros((long)BackgroundSize * (IsPerEvent ? batch.Count : 1));
        sums.NeedZeros((long)BackgroundSize * Chunks.Count);
        scratch.Need((long)BackgroundSize * threads);
    }

    /// <summary>The rows of an event.</summary>
    public float* Values(SparseBatch batch, in EventTurn turn) => values.Of(batch, turn);

    /// <summary>The background of an event, (classes, <see cref="Stride"/>).</summary>
    public float* Background(int @event) => background.At(IsPerEvent ? (long)@event * BackgroundSize : 0, BackgroundSize);

    /// <summary>The slopes by the rows of an event.</summary>
    public float* Slopes(SparseBatch batch, in EventTurn turn) =>
        slopes.At((KeepsSlopes ? batch.Start(Level, turn.Event) : (long)turn.Worker * scratchRows) * Stride, batch.Rows(Level, turn.Event) * Stride);

    /// <summary>The slopes by the background, in double: what arrives at millions of places cancels.</summary>
    public double* BackgroundSlopes(int @event) => backgroundSlopes.At(IsPerEvent ? (long)@event * BackgroundSize : 0, BackgroundSize);

    /// <summary>A place to sum up what an event's rows say about the background, all zero.</summary>
    public float* BeginEvent(in EventTurn turn)
    {
        float* own = scratch.At((long)turn.Worker * BackgroundSize, BackgroundSize);
        new Span<float>(own, BackgroundSize).Clear();
        return own;
    }

    /// <summary>Adds what an event's rows said.</summary>
    public void EndEvent(float* said, in EventTurn turn)
    {
        double* sum = BackgroundTarget(turn);
        for (int i = 0; i < BackgroundSize; i++)
        {
            sum[i] += said[i];
        }
    }

    /// <summary>Where an event's turn adds slopes by the background: its own, or what its chunk sums up of the one that all share.</summary>
    public double* BackgroundTarget(in EventTurn turn) => IsPerEvent ? BackgroundSlopes(turn.Event) : sums.At((long)turn.Chunk * BackgroundSize, BackgroundSize);

    /// <summary>Adds the chunks' sums, in order, once all events have had their turn.</summary>
    public void AddSums()
    {
        if (IsPerEvent)
        {
            return;
        }

        for (int chunk = 0; chunk < Chunks.Count; chunk++)
        {
            double* sum = sums.At((long)chunk * BackgroundSize, BackgroundSize);
            for (int i = 0; i < BackgroundSize; i++)
            {
                backgroundSlopes.Start[i] += sum[i];
            }
        }
    }

    public void Dispose()
    {
        values.Dispose();
        background.Dispose();
        slopes.Dispose();
        backgroundSlopes.Dispose();
        sums.Dispose();
        scratch.Dispose();
    }
}
