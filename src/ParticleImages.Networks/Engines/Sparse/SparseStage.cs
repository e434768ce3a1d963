namespace ParticleImages.Networks.Engines.Sparse;

/// <summary>
/// One layer of feature maps, there and back. A pass over a batch goes event by event through several stages, so that an event's rows stay in the cache; it stops
/// where a batch norm has to have seen all events.
/// </summary>
internal abstract unsafe class SparseStage(SparseTrunk trunk, SiteMap input, SiteMap output) : IDisposable
{
    /// <summary>What comes in; a stage that computes in place has it as its output, too.</summary>
    public SiteMap Input { get; } = input;

    public SiteMap Output { get; } = output;

    /// <summary>Whether it hands on every slope to values that it took.</summary>
    public virtual bool IsPool => false;

    /// <summary>What is yet to be applied to the input; slopes are always those by the values after it.</summary>
    protected ChannelAffine? Affine { get; } = input.Affine;

    protected SparseTrunk Trunk { get; } = trunk;

    protected SparseBatch Batch => Trunk.Batch;

    /// <summary>Multiplications of an event's way there.</summary>
    public virtual double Multiplications(int* table) => 0;

    /// <summary>Values of an event that are only read, added and written on the way there.</summary>
    public virtual double Moves(int* table) => new SiteRows(table, Output.Level).Moves(Output.Stride);

    /// <summary>Before the events' turns: what is the same for all of them. A background that all share is computed here.</summary>
    public virtual void Prepare()
    {
        if (!Output.IsPerEvent)
        {
            ForwardBackground(0);
        }
    }

    /// <summary>One event, with the background where it is the event's own.</summary>
    public void Forward(int* table, in EventTurn turn)
    {
        if (Output.IsPerEvent)
        {
            ForwardBackground(turn.Event);
        }

        ForwardRows(table, turn);
    }

    /// <summary>Before the events' turns on the way back.</summary>
    public virtual void PrepareBack()
    {
    }

    /// <summary>One event on the way back.</summary>
    /// <param name="table">Its table.</param>
    /// <param name="turn">Whose turn it is.</param>
    /// <param name="slopes">The loss' slopes by the output's rows; may be overwritten.</param>
    /// <returns>The slopes by the input's rows.</returns>
    public float* Backward(int* table, in EventTurn turn, float* slopes)
    {
        float* back = BackwardRows(table, turn, slopes);
        if (Output.IsPerEvent)
        {
            BackwardBackground(turn.Event, Input.BackgroundTarget(turn), turn);
        }

        return back;
    }

    /// <summary>After the events' turns on the way back: the background that all share, and the gradient.</summary>
    public virtual void FinishBack(float* gradient)
    {
        if (Input != Output)
        {
            Input.AddSums();
        }

        if (!Output.IsPerEvent)
        {
            BackwardBackground(0, Input.BackgroundSlopes(0), default);
        }
    }

    public virtual void Dispose()
    {
    }

    protected abstract void ForwardBackground(int @event);

    protected abstract void ForwardRows(int* table, in EventTurn turn);

    protected abstract float* BackwardRows(int* table, in EventTurn turn, float* slopes);

    /// <summary>From the slopes by the output's background to those by the input's, to which they are added.</summary>
    protected abstract void BackwardBackground(int @event, double* target, in EventTurn turn);
}
