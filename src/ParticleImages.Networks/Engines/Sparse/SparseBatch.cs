namespace ParticleImages.Networks.Engines.Sparse;

/// <summary>The events of one step: their tables, where the rows of each stand among those of all, and how many places of each class have none.</summary>
internal sealed class SparseBatch
{
    private readonly SiteGrid[] grids;
    private readonly int[][] starts;

    public SparseBatch(IEnumerable<SiteGrid> grids)
    {
        this.grids = [.. grids];
        starts = [.. this.grids.Select(_ => new int[1])];
        Inactive = [.. this.grids.Select(grid => new long[grid.Classes])];
    }

    public int Count { get; private set; }

    public SiteTable[] Tables { get; private set; } = [];

    /// <summary>Whether every event goes through the whole trunk before its thread takes the next one, and never comes back.</summary>
    public bool IsOnePass { get; private set; }

    /// <summary>How many threads there are.</summary>
    public int Threads { get; private set; }

    /// <summary>For each level and class the places without a row in all events.</summary>
    public long[][] Inactive { get; }

    /// <summary>Where an event's rows of a level begin; that of event <see cref="Count"/> is the end.</summary>
    public int Start(int level, int @event) => starts[level][@event];

    /// <summary>An event's rows of a level, padded.</summary>
    public long Rows(int level, int @event) => starts[level][@event + 1] - starts[level][@event];

    /// <summary>The most rows of a level in one event, padded.</summary>
    public int MostRows(int level)
    {
        int most = 0;
        for (int i = 0; i < Count; i++)
        {
            most = Math.Max(most, starts[level][i + 1] - starts[level][i]);
        }

        return most;
    }

    /// <summary>Takes events.</summary>
    public unsafe void Take(SiteTable[] tables, int count, bool isOnePass, int threads)
    {
        (Tables, Count, IsOnePass, Threads) = (tables, count, isOnePass, threads);
        for (int level = 0; level < grids.Length; level++)
        {
            if (starts[level].Length <= count)
            {
                starts[level] = new int[count + 1];
            }

            for (int kind = 0; kind < Inactive[level].Length; kind++)
            {
                Inactive[level][kind] = count * grids[level].Sizes[kind];
            }

            for (int i = 0; i < count; i++)
            {
                fixed (int* table = tables[i].Numbers)
                {
                    var rows = new SiteRows(table, level);
                    starts[level][i + 1] = starts[level][i] + SiteRows.Padded(rows.Count);
                    for (int row = 0; row < rows.Count; row++)
                    {
                        Inactive[level][rows.Classes[row]] -= rows.Multiplicities[row];
                    }
                }
            }
        }
    }
}
