namespace ParticleImages.Networks.Engines.Sparse;

/// <summary>A scale and shift with numbers that are given: nothing is computed until somebody needs it.</summary>
internal sealed unsafe class ScaleStage(SparseTrunk trunk, SiteMap map, ChannelAffine own) : SparseStage(trunk, map, map)
{
    public override void Prepare()
    {
    }

    protected override void ForwardBackground(int @event)
    {
    }

    protected override void ForwardRows(int* table, in EventTurn turn)
    {
    }

    protected override float* BackwardRows(int* table, in EventTurn turn, float* slopes)
    {
        int rows = new SiteRows(table, Output.Level).Count;
        for (int i = 0; i < rows * Output.Stride; i++)
        {
            slopes[i] *= own.Scale[i % Output.Stride];
        }

        return slopes;
    }

    protected override void BackwardBackground(int @event, double* target, in EventTurn turn)
    {
        double* slopes = Output.BackgroundSlopes(@event);
        for (int i = 0; i < Output.BackgroundSize; i++)
        {
            slopes[i] *= own.Scale[i % Output.Stride];
        }
    }
}
