using ParticleImages.Networks.Engines.Lanes;

namespace ParticleImages.Networks.Engines.Sparse;

/// <summary>The mean of what each window covers of the input.</summary>
internal sealed unsafe class AveragePoolStage<TLanes, TVector>(SparseTrunk trunk, SiteMap input, SiteMap output, SiteWindow window)
    : SparseStage(trunk, input, output)
    where TLanes : struct, ILanes<TVector>
    where TVector : unmanaged
{
    public override bool IsPool => true;

    public override void Prepare()
    {
        Output.Begin(Batch);
        base.Prepare();
    }

    protected override void ForwardBackground(int @event)
    {
        float* from = Input.Background(@event);
        float* to = Output.Background(@event);
        for (int kind = 0; kind < Output.Grid.Classes; kind++, to += Output.Stride)
        {
            for (int channel = 0; channel < Output.Channels; channel++)
            {
                double sum = 0;
                for (int tap = 0; tap < window.Taps; tap++)
                {
                    int source = window.Sources[(kind * window.Taps) + tap];
                    sum += source < 0 ? 0 : from[(source * Input.Stride) + channel];
                }

                to[channel] = (float)(sum / window.Covered[kind]);
            }
        }
    }

    protected override void ForwardRows(int* table, in EventTurn turn)
    {
        var rows = new SiteRows(table, Output.Level);
        float* background = Input.Background(turn.Event);
        float* values = Input.Values(Batch, turn);
        float* to = Output.Values(Batch, turn);
        int stride = Output.Stride;
        for (int row = 0; row < rows.Count; row++, to += stride)
        {
            float share = 1f / window.Covered[rows.Classes[row]];
            for (int i = 0; i < stride; i += TLanes.Width)
            {
                TVector sum = TLanes.Zero;
                for (int entry = rows.Starts[row]; entry < rows.Starts[row + 1]; entry += 2)
                {
                    float* from = At(rows.Entries[entry], values, background, stride);
                    sum = TLanes.MultiplyAdd(TLanes.Create(rows.Entries[entry + 1]), TLanes.Load(from + i), sum);
                }

                TLanes.Store(TLanes.Multiply(sum, TLanes.Create(share)), to + i);
            }
        }
    }

    protected override float* BackwardRows(int* table, in EventTurn turn, float* slopes)
    {
        var rows = new SiteRows(table, Output.Level);
        int stride = Output.Stride;
        float* back = Input.Slopes(Batch, turn);
        new Span<float>(back, SiteRows.Padded(new SiteRows(table, Input.Level).Count) * stride).Clear();
        float* said = Input.BeginEvent(turn);
        for (int row = 0; row < rows.Count; row++, slopes += stride)
        {
            float share = 1f / window.Covered[rows.Classes[row]];
            for (int entry = rows.Starts[row]; entry < rows.Starts[row + 1]; entry += 2)
            {
                TVector factor = TLanes.Create(share * rows.Entries[entry + 1]);
                float* into = At(rows.Entries[entry], back, said, stride);
                for (int i = 0; i < stride; i += TLanes.Width)
                {
                    TLanes.Store(TLanes.MultiplyAdd(factor, TLanes.Load(slopes + i), TLanes.Load(into + i)), into + i);
                }
            }
        }

        Input.EndEvent(said, turn);
        return back;
    }

    protected override void BackwardBackground(int @event, double* target, in EventTurn turn)
    {
        double* slopes = Output.BackgroundSlopes(@event);
        for (int kind = 0; kind < Output.Grid.Classes; kind++, slopes += Output.Stride)
        {
            for (int tap = 0; tap < window.Taps; tap++)
            {
                int source = window.Sources[(kind * window.Taps) + tap];
                for (int channel = 0; source >= 0 && channel < Output.Channels; channel++)
                {
                    target[(source * Input.Stride) + channel] += slopes[channel] / window.Covered[kind];
                }
            }
        }
    }

    private static float* At(int entry, float* rows, float* background, int stride) =>
        entry >= 0 ? rows + ((long)entry * stride) : background + ((long)~entry * stride);
}
