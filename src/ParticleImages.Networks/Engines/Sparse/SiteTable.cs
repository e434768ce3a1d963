namespace ParticleImages.Networks.Engines.Sparse;

/// <summary>
/// Where one event has something, level by level: the input, then behind each convolution or pool. A row is a vector of channels that stands at one or several
/// places: those that follow each other in time and see the same of the level before. All numbers are in one array, so that many tables are few objects.
/// </summary>
/// <param name="Numbers">For each level a header, then what it points to; at the end where the last level's rows stand.</param>
internal sealed record SiteTable(int[] Numbers)
{
    /// <summary>Numbers of a level's header: rows, the next entry's row step, and where starts, entries, classes and multiplicities begin.</summary>
    public const int HeaderLength = 6;

    public long Bytes => (long)Numbers.Length * sizeof(int);

    /// <summary>The rows of a level.</summary>
    public int Rows(int level) => Numbers[level * HeaderLength];
}

/// <summary>A level's rows in a table that stays in its place meanwhile.</summary>
internal readonly unsafe struct SiteRows
{
    public SiteRows(int* table, int level)
    {
        int* header = table + (level * SiteTable.HeaderLength);
        Count = header[0];
        Step = header[1];
        Starts = table + header[2];
        Entries = table + header[3];
        Classes = table + header[4];
        Multiplicities = table + header[5];
    }

    public int Count { get; }

    /// <summary>The places of each class that have no row.</summary>
    public void Inactive(SiteGrid grid, long* counts)
    {
        for (int kind = 0; kind < grid.Classes; kind++)
        {
            counts[kind] = grid.Sizes[kind];
        }

        for (int row = 0; row < Count; row++)
        {
            counts[Classes[row]] -= Multiplicities[row];
        }
    }

    /// <summary>Rows that so many take in memory: whole tiles of a product.</summary>
    public static int Padded(int rows) => (rows + 3) / 4 * 4;

    /// <summary>
    /// What an entry of a convolution counts the rows of the level before by: an entry is tap × Step + row.
    /// </summary>
    public int Step { get; }

    /// <summary>For each row where its entries begin, and where the last one's end.</summary>
    public int* Starts { get; }

    /// <summary>
    /// Of a convolution: tap and row of the level before, in the order of the taps. Of a pool, in the order in which its window meets them: a row of the level
    /// before, or, negative, the complement of the class of places without one; of an average each followed by how often.
    /// </summary>
    public int* Entries { get; }

    public int* Classes { get; }

    /// <summary>The places of each row.</summary>
    public int* Multiplicities { get; }
}
