namespace ParticleImages.Networks.Engines.Sparse;

/// <summary>How much there is to do for an event.</summary>
internal static unsafe class SparseWork
{
    // A value that is only read, added and written costs about as much as so many multiplications in a tile: with this number the counts cross near where the times do, see the table
    // in docs/concepts/engines.md.
    private const double CostOfMoving = 4;

    /// <summary>Multiplications of the trunk's way there for an event, with what moving values costs in their unit.</summary>
    public static double Of(SparseTrunk trunk, SiteTable table)
    {
        double work = 0;
        fixed (int* numbers = table.Numbers)
        {
            foreach (SparseStage stage in trunk.Stages.Where(stage => stage.Input.Level != stage.Output.Level))
            {
                work += (CostOfMoving * stage.Moves(numbers)) + stage.Multiplications(numbers);
            }

            work += (double)table.Rows(trunk.Exit.Input.Level) * trunk.Exit.Input.Stride * trunk.Exit.Columns;
        }

        return work;
    }

    /// <summary>What some stages have to do for a batch on the way there: rows read and written once.</summary>
    public static PhaseWork Of(SparseBatch batch, IEnumerable<SparseStage> stages)
    {
        var work = default(PhaseWork);
        foreach (SparseStage stage in stages)
        {
            for (int i = 0; i < batch.Count; i++)
            {
                SiteTable table = batch.Tables[i];
                fixed (int* numbers = table.Numbers)
                {
                    var outputs = new SiteRows(numbers, stage.Output.Level);
                    double values = ((double)table.Rows(stage.Input.Level) * stage.Input.Stride) + ((double)outputs.Count * stage.Output.Stride);
                    work += new PhaseWork(stage.Multiplications(numbers), sizeof(float) * values);
                }
            }
        }

        return work;
    }

    /// <summary>What the end of the maps has to do for a batch: the products of its rows.</summary>
    public static PhaseWork Of(SparseBatch batch, SparseExit exit)
    {
        double rows = 0;
        for (int i = 0; i < batch.Count; i++)
        {
            rows += batch.Tables[i].Rows(exit.Input.Level);
        }

        return new PhaseWork(rows * exit.Input.Stride * exit.Columns, sizeof(float) * rows * exit.Input.Stride);
    }

    /// <summary>Places of a level with a row.</summary>
    public static long ActivePlaces(SiteTable table, int level)
    {
        long places = 0;
        fixed (int* numbers = table.Numbers)
        {
            var rows = new SiteRows(numbers, level);
            for (int row = 0; row < rows.Count; row++)
            {
                places += rows.Multiplicities[row];
            }
        }

        return places;
    }
}
