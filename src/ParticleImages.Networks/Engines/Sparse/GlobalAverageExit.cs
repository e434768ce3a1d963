namespace ParticleImages.Networks.Engines.Sparse;

/// <summary>The mean of each map.</summary>
internal sealed unsafe class GlobalAverageExit(SparseTrunk trunk, SiteMap input) : SparseExit(trunk, input, input.Channels)
{
    public override void Forward(int* table, in EventTurn turn, float* row)
    {
        var rows = new SiteRows(table, Input.Level);
        float* background = Input.Background(turn.Event);
        float* values = Input.Values(Batch, turn);
        long* inactive = stackalloc long[Input.Grid.Classes];
        rows.Inactive(Input.Grid, inactive);
        for (int channel = 0; channel < Input.Channels; channel++)
        {
            double sum = 0;
            for (int kind = 0; kind < Input.Grid.Classes; kind++)
            {
                sum += inactive[kind] * (double)background[(kind * Input.Stride) + channel];
            }

            for (int i = 0; i < rows.Count; i++)
            {
                sum += rows.Multiplicities[i] * (double)values[((long)i * Input.Stride) + channel];
            }

            row[channel] = Applied((float)(sum / Input.Grid.Places), channel);
        }
    }

    public override float* Backward(int* table, in EventTurn turn, float* slopes)
    {
        var rows = new SiteRows(table, Input.Level);
        float* back = NoSlopes(rows, turn);
        double* target = Input.BackgroundTarget(turn);
        long* inactive = stackalloc long[Input.Grid.Classes];
        rows.Inactive(Input.Grid, inactive);
        for (int channel = 0; channel < Input.Channels; channel++)
        {
            double share = (double)slopes[channel] / Input.Grid.Places;
            for (int kind = 0; kind < Input.Grid.Classes; kind++)
            {
                target[(kind * Input.Stride) + channel] += inactive[kind] * share;
            }

            for (int i = 0; i < rows.Count; i++)
            {
                back[((long)i * Input.Stride) + channel] = (float)(rows.Multiplicities[i] * share);
            }
        }

        return back;
    }
}
