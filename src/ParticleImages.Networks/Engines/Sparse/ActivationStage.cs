using ParticleImages.Networks.Engines.Activations;
using ParticleImages.Networks.Engines.Lanes;

namespace ParticleImages.Networks.Engines.Sparse;

/// <summary>An activation function, in place where nothing else needs what it was before, else on a map of its own. Without a function a scale and shift are applied.</summary>
internal sealed unsafe class ActivationStage<TLanes, TVector>(SparseTrunk trunk, SiteMap input, SiteMap output, Activation? function, bool isDone)
    : SparseStage(trunk, input, output)
    where TLanes : struct, ILanes<TVector>
    where TVector : unmanaged
{
    private readonly IActivationKernel kernel = ActivationKernels.Of((LaneWidth)TLanes.Width);
    private readonly NativeBuffer<float> derivatives = new();
    private readonly NativeBuffer<float> backgroundDerivatives = new();

    // A ReLU's derivative shows in its values.
    private bool KeepsDerivatives => function is not (null or Activation.Relu);

    public override void Prepare()
    {
        if (Input != Output)
        {
            Output.Begin(Batch);
        }

        if (KeepsDerivatives)
        {
            derivatives.Need((long)Batch.Start(Output.Level, Batch.Count) * Output.Stride);
            backgroundDerivatives.Need((long)Output.BackgroundSize * (Output.IsPerEvent ? Batch.Count : 1));
        }

        base.Prepare();
    }

    public override void Dispose()
    {
        derivatives.Dispose();
        backgroundDerivatives.Dispose();
        base.Dispose();
    }

    protected override void ForwardBackground(int @event)
    {
        float* slopes = KeepsDerivatives ? BackgroundDerivatives(@event) : null;
        Run(Input.Background(@event), Output.Background(@event), slopes, Output.Grid.Classes);
    }

    protected override void ForwardRows(int* table, in EventTurn turn)
    {
        if (!isDone)
        {
            float* slopes = KeepsDerivatives ? Derivatives(turn) : null;
            Run(Input.Values(Batch, turn), Output.Values(Batch, turn), slopes, new SiteRows(table, Output.Level).Count);
        }
    }

    protected override float* BackwardRows(int* table, in EventTurn turn, float* slopes)
    {
        int count = new SiteRows(table, Output.Level).Count * Output.Stride;
        float* back = Input == Output ? slopes : Input.Slopes(Batch, turn);
        if (KeepsDerivatives)
        {
            float* derivative = Derivatives(turn);
            for (int i = 0; i < count; i += TLanes.Width)
            {
                TLanes.Store(TLanes.Multiply(TLanes.Load(slopes + i), TLanes.Load(derivative + i)), back + i);
            }
        }
        else if (function is null)
        {
            new Span<float>(slopes, count).CopyTo(new Span<float>(back, count));
        }
        else
        {
            float* values = Output.Values(Batch, turn);
            for (int i = 0; i < count; i += TLanes.Width)
            {
                TLanes.Store(TLanes.And(TLanes.Load(slopes + i), TLanes.IsGreater(TLanes.Load(values + i), TLanes.Zero)), back + i);
            }
        }

        return back;
    }

    protected override void BackwardBackground(int @event, double* target, in EventTurn turn)
    {
        double* slopes = Output.BackgroundSlopes(@event);
        float* values = Output.Background(@event);
        float* derivative = KeepsDerivatives ? BackgroundDerivatives(@event) : null;
        for (int i = 0; i < Output.BackgroundSize; i++)
        {
            double factor = derivative is not null ? derivative[i] : function is null || values[i] > 0 ? 1 : 0;
            if (Input == Output)
            {
                slopes[i] *= factor;
            }
            else
            {
                target[i] += factor * slopes[i];
            }
        }
    }

    private float* Derivatives(in EventTurn turn) => derivatives.At((long)Batch.Start(Output.Level, turn.Event) * Output.Stride, Batch.Rows(Output.Level, turn.Event) * Output.Stride);

    private float* BackgroundDerivatives(int @event) => backgroundDerivatives.At(Output.IsPerEvent ? (long)@event * Output.BackgroundSize : 0, Output.BackgroundSize);

    private void Run(float* from, float* to, float* slopes, int rows)
    {
        float* into = to;
        for (int row = 0; row < rows; row++)
        {
            RowKernels<TLanes, TVector>.Apply(Affine, from, Output.Stride, into);
            if (function is Activation.Relu)
            {
                for (int i = 0; i < Output.Stride; i += TLanes.Width)
                {
                    TLanes.Store(TLanes.Max(TLanes.Load(into + i), TLanes.Zero), into + i);
                }
            }

            from += Output.Stride;
            into += Output.Stride;
        }

        if (KeepsDerivatives)
        {
            kernel.Run(function!.Value, to, slopes, rows, Output.Channels, Output.Stride);
        }
    }
}
