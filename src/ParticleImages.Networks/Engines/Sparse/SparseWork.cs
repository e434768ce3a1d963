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
                var rows = new SiteRows(numbers, stage.Output.Level);
                int entries = rows.Starts[rows.Count];
                work += CostOfMoving * stage.Output.Stride * (rows.Count + entries) + stage.Multiplications(table.Rows(stage.Input.Level), entries);
            }

            work += (double)table.Rows(trunk.Exit.Input.Level) * trunk.Exit.Input.Stride * trunk.Exit.Columns;
        }

        return work;
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
