namespace ParticleImages.Networks.Engines.Sparse;

/// <summary>The largest value of each map; of ties that of the first place wins if it is one of them.</summary>
internal sealed unsafe class GlobalMaxExit(SparseTrunk trunk, SiteMap input) : SparseExit(trunk, input, input.Channels)
{
    public override void Forward(int* table, in EventTurn turn, float* row)
    {
        var rows = new SiteRows(table, Input.Level);
        int* winners = stackalloc int[Input.Channels];
        Choose(table, rows, turn, winners);
        float* background = Input.Background(turn.Event);
        float* values = Input.Values(Batch, turn);
        for (int channel = 0; channel < Input.Channels; channel++)
        {
            row[channel] = Applied(At(winners[channel], values, background)[channel], channel);
        }
    }

    public override float* Backward(int* table, in EventTurn turn, float* slopes)
    {
        var rows = new SiteRows(table, Input.Level);
        float* back = NoSlopes(rows, turn);
        double* target = Input.BackgroundTarget(turn);
        int* winners = stackalloc int[Input.Channels];
        Choose(table, rows, turn, winners);
        for (int channel = 0; channel < Input.Channels; channel++)
        {
            int winner = winners[channel];
            if (winner >= 0)
            {
                back[((long)winner * Input.Stride) + channel] = slopes[channel];
            }
            else
            {
                target[((long)~winner * Input.Stride) + channel] += slopes[channel];
            }
        }

        return back;
    }

    private float* At(int entry, float* values, float* background) =>
        entry >= 0 ? values + ((long)entry * Input.Stride) : background + ((long)~entry * Input.Stride);

    /// <summary>For each channel the row with the largest value, or the complement of the background's class.</summary>
    private void Choose(int* table, SiteRows rows, in EventTurn turn, int* winners)
    {
        float* background = Input.Background(turn.Event);
        float* values = Input.Values(Batch, turn);
        long* inactive = stackalloc long[Input.Grid.Classes];
        rows.Inactive(Input.Grid, inactive);
        int first = ~Input.Grid.ClassOf(0, 0, 0);
        foreach ((int place, int row) in new SitePlaces(table, Input.Level))
        {
            first = place == 0 ? row : first;
        }

        for (int channel = 0; channel < Input.Channels; channel++)
        {
            float sign = Affine?.Sign[channel] ?? 1;
            winners[channel] = first;
            for (int entry = -Input.Grid.Classes; entry < rows.Count; entry++)
            {
                float key = At(entry, values, background)[channel] * sign;
                if ((entry >= 0 || inactive[~entry] > 0) && (key > At(winners[channel], values, background)[channel] * sign || float.IsNaN(key)))
                {
                    winners[channel] = entry;
                }
            }
        }
    }
}
