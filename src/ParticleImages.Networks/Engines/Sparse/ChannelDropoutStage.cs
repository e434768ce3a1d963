using ParticleImages.Networks.Engines.Lanes;

namespace ParticleImages.Networks.Engines.Sparse;

/// <summary>A factor for each channel of each event; from here on every event has a background of its own.</summary>
internal sealed unsafe class ChannelDropoutStage<TLanes, TVector>(SparseTrunk trunk, SiteMap input, SiteMap output, int number)
    : SparseStage(trunk, input, output)
    where TLanes : struct, ILanes<TVector>
    where TVector : unmanaged
{
    private readonly NativeBuffer<float> factors = new();

    public override void Prepare()
    {
        Output.Begin(Batch);
        float* all = factors.Need((long)Batch.Count * Output.Stride);
        ReadOnlySpan<float> drawn = Trunk.DropoutFactors(number);
        for (int i = 0; i < Batch.Count; i++)
        {
            drawn.Slice(i * Output.Channels, Output.Channels).CopyTo(new Span<float>(all + ((long)i * Output.Stride), Output.Channels));
        }
    }

    public override void Dispose()
    {
        factors.Dispose();
        base.Dispose();
    }

    protected override void ForwardBackground(int @event) =>
        Multiply(Affine, Input.Background(@event), Output.Background(@event), @event, Output.Grid.Classes);

    protected override void ForwardRows(int* table, in EventTurn turn) =>
        Multiply(Affine, Input.Values(Batch, turn), Output.Values(Batch, turn), turn.Event, new SiteRows(table, Output.Level).Count);

    protected override float* BackwardRows(int* table, in EventTurn turn, float* slopes)
    {
        float* back = Input.Slopes(Batch, turn);
        Multiply(affine: null, slopes, back, turn.Event, new SiteRows(table, Output.Level).Count);
        return back;
    }

    protected override void BackwardBackground(int @event, double* target, in EventTurn turn)
    {
        double* slopes = Output.BackgroundSlopes(@event);
        float* factor = factors.At((long)@event * Output.Stride, Output.Stride);
        for (int i = 0; i < Output.BackgroundSize; i++)
        {
            target[i] += slopes[i] * factor[i % Output.Stride];
        }
    }

    private void Multiply(ChannelAffine? affine, float* from, float* to, int @event, int rows)
    {
        float* factor = factors.At((long)@event * Output.Stride, Output.Stride);
        for (int row = 0; row < rows; row++, from += Output.Stride, to += Output.Stride)
        {
            RowKernels<TLanes, TVector>.Apply(affine, from, Output.Stride, to);
            for (int i = 0; i < Output.Stride; i += TLanes.Width)
            {
                TLanes.Store(TLanes.Multiply(TLanes.Load(to + i), TLanes.Load(factor + i)), to + i);
            }
        }
    }
}
