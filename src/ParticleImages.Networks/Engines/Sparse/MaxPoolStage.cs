using System.Runtime.CompilerServices;
using ParticleImages.Networks.Engines.Lanes;

namespace ParticleImages.Networks.Engines.Sparse;

/// <summary>
/// The largest value of each window, of ties the first. What stands before a scale that is yet to be computed is compared by the scale's sign: the largest scaled value is
/// the smallest one where the scale is negative, and the first where it is 0.
/// </summary>
internal sealed unsafe class MaxPoolStage<TLanes, TVector>(SparseTrunk trunk, SiteMap input, SiteMap output, SiteWindow window)
    : SparseStage(trunk, input, output)
    where TLanes : struct, ILanes<TVector>
    where TVector : unmanaged
{
    private readonly float[] plain = GC.AllocateArray<float>(input.Stride, pinned: true);

    private float[] Signs => Affine?.Sign ?? plain;

    public override bool IsPool => true;

    public override void Prepare()
    {
        Array.Fill(plain, 1);
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
                to[channel] = from[(Winner(from, kind, channel) * Input.Stride) + channel];
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override void ForwardRows(int* table, in EventTurn turn)
    {
        var rows = new SiteRows(table, Output.Level);
        float* background = Input.Background(turn.Event);
        float* values = Input.Values(Batch, turn);
        float* to = Output.Values(Batch, turn);
        int stride = Output.Stride;
        fixed (float* signs = Signs)
        {
            for (int row = 0; row < rows.Count; row++, to += stride)
            {
                for (int i = 0; i < stride; i += TLanes.Width)
                {
                    TVector sign = TLanes.Load(signs + i);
                    int entry = rows.Starts[row];
                    TVector best = TLanes.Load(At(rows.Entries[entry], values, background, stride) + i);
                    TVector key = TLanes.Multiply(best, sign);
                    for (entry++; entry < rows.Starts[row + 1]; entry++)
                    {
                        TVector value = TLanes.Load(At(rows.Entries[entry], values, background, stride) + i);
                        TVector other = TLanes.Multiply(value, sign);

                        // As in torch what is no number wins.
                        TVector wins = TLanes.Or(TLanes.IsGreater(other, key), TLanes.AndNot(TLanes.IsEqual(sign, sign), TLanes.IsEqual(other, other)));
                        best = TLanes.Select(wins, value, best);
                        key = TLanes.Select(wins, other, key);
                    }

                    TLanes.Store(best, to + i);
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override float* BackwardRows(int* table, in EventTurn turn, float* slopes)
    {
        var rows = new SiteRows(table, Output.Level);
        int stride = Output.Stride;
        float* background = Input.Background(turn.Event);
        float* values = Input.Values(Batch, turn);
        float* winner = Output.Values(Batch, turn);
        float* back = Input.Slopes(Batch, turn);
        new Span<float>(back, SiteRows.Padded(new SiteRows(table, Input.Level).Count) * stride).Clear();
        float* said = Input.BeginEvent(turn);
        for (int row = 0; row < rows.Count; row++, slopes += stride, winner += stride)
        {
            for (int i = 0; i < stride; i += TLanes.Width)
            {
                TVector best = TLanes.Load(winner + i);
                TVector slope = TLanes.Load(slopes + i);
                TVector free = TLanes.IsEqual(best, best);
                for (int entry = rows.Starts[row]; entry < rows.Starts[row + 1]; entry++)
                {
                    int code = rows.Entries[entry];
                    TVector won = TLanes.And(free, TLanes.IsEqual(TLanes.Load(At(code, values, background, stride) + i), best));
                    free = TLanes.AndNot(free, won);
                    float* into = At(code, back, said, stride) + i;
                    TLanes.Store(TLanes.Add(TLanes.Load(into), TLanes.And(slope, won)), into);
                }
            }
        }

        Input.EndEvent(said, turn);
        return back;
    }

    protected override void BackwardBackground(int @event, double* target, in EventTurn turn)
    {
        float* from = Input.Background(@event);
        double* slopes = Output.BackgroundSlopes(@event);
        for (int kind = 0; kind < Output.Grid.Classes; kind++, slopes += Output.Stride)
        {
            for (int channel = 0; channel < Output.Channels; channel++)
            {
                target[(Winner(from, kind, channel) * Input.Stride) + channel] += slopes[channel];
            }
        }
    }

    // A row, or the background of the class of which the entry is the complement.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float* At(int entry, float* rows, float* background, int stride) =>
        entry >= 0 ? rows + ((long)entry * stride) : background + ((long)~entry * stride);

    /// <summary>The class of the input whose background is the largest of a window's.</summary>
    private int Winner(float* background, int kind, int channel)
    {
        int best = -1;
        float sign = Signs[channel];
        for (int tap = 0; tap < window.Taps; tap++)
        {
            int source = window.Sources[(kind * window.Taps) + tap];
            if (source >= 0)
            {
                float key = background[(source * Input.Stride) + channel] * sign;
                if (best < 0 || key > background[(best * Input.Stride) + channel] * sign || float.IsNaN(key))
                {
                    best = source;
                }
            }
        }

        return best;
    }
}
