namespace ParticleImages.Networks.Engines.Sparse;

/// <summary>All values of the maps in a row, channel by channel: what any layer may follow.</summary>
internal sealed unsafe class FlattenExit(SparseTrunk trunk, SiteMap input) : SparseExit(trunk, input, input.Channels * input.Grid.Places)
{
    private readonly int[] classes = input.Grid.ClassesOfPlaces();

    public override void Forward(int* table, in EventTurn turn, float* row)
    {
        float* background = Input.Background(turn.Event);
        float* values = Input.Values(Batch, turn);
        int places = classes.Length;
        for (int channel = 0; channel < Input.Channels; channel++)
        {
            for (int place = 0; place < places; place++)
            {
                row[((long)channel * places) + place] = Applied(background[(classes[place] * Input.Stride) + channel], channel);
            }
        }

        foreach ((int place, int at) in new SitePlaces(table, Input.Level))
        {
            for (int channel = 0; channel < Input.Channels; channel++)
            {
                row[((long)channel * places) + place] = Applied(values[((long)at * Input.Stride) + channel], channel);
            }
        }
    }

    public override float* Backward(int* table, in EventTurn turn, float* slopes)
    {
        float* back = NoSlopes(new SiteRows(table, Input.Level), turn);
        double* target = Input.BackgroundTarget(turn);
        int places = classes.Length;
        for (int place = 0; place < places; place++)
        {
            for (int channel = 0; channel < Input.Channels; channel++)
            {
                target[(classes[place] * Input.Stride) + channel] += slopes[((long)channel * places) + place];
            }
        }

        foreach ((int place, int at) in new SitePlaces(table, Input.Level))
        {
            for (int channel = 0; channel < Input.Channels; channel++)
            {
                float slope = slopes[((long)channel * places) + place];
                back[((long)at * Input.Stride) + channel] += slope;
                target[(classes[place] * Input.Stride) + channel] -= slope;
            }
        }

        return back;
    }
}
