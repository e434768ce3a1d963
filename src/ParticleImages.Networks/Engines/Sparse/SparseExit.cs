namespace ParticleImages.Networks.Engines.Sparse;

/// <summary>Where maps become a row of values for each event, which the rest of the network computes densely.</summary>
internal abstract unsafe class SparseExit(SparseTrunk trunk, SiteMap input, int columns) : IDisposable
{
    public SiteMap Input { get; } = input;

    /// <summary>Values of an event.</summary>
    public int Columns { get; } = columns;

    protected SparseTrunk Trunk { get; } = trunk;

    protected SparseBatch Batch => Trunk.Batch;

    protected ChannelAffine? Affine { get; } = input.Affine;

    /// <summary>Before the events' turns.</summary>
    public virtual void Prepare()
    {
    }

    /// <summary>One event's row.</summary>
    public abstract void Forward(int* table, in EventTurn turn, float* row);

    /// <summary>Before the events' turns on the way back.</summary>
    /// <param name="slopes">The loss' slopes by all rows.</param>
    /// <param name="gradient">Receives the gradient by this layer's own weights.</param>
    public virtual void PrepareBack(float* slopes, float* gradient)
    {
    }

    /// <summary>One event on the way back.</summary>
    /// <returns>The slopes by the input's rows.</returns>
    public abstract float* Backward(int* table, in EventTurn turn, float* slopes);

    public virtual void Dispose()
    {
    }

    /// <summary>Slopes by the input's rows of an event, all zero.</summary>
    protected float* NoSlopes(SiteRows rows, in EventTurn turn)
    {
        float* slopes = Input.Slopes(Batch, turn);
        new Span<float>(slopes, SiteRows.Padded(rows.Count) * Input.Stride).Clear();
        return slopes;
    }

    /// <summary>A value of a channel after the input's scale and shift.</summary>
    protected float Applied(float value, int channel) => Affine is null ? value : float.MultiplyAddEstimate(Affine.Scale[channel], value, Affine.Shift[channel]);
}
