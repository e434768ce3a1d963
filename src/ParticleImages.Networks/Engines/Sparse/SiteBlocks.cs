namespace ParticleImages.Networks.Engines.Sparse;

/// <summary>What a level with <see cref="TimeBlocks"/> has in a table between the rows before and its own.</summary>
internal readonly unsafe struct SiteBlocks
{
    /// <summary>Numbers of a header: those of a level without blocks.</summary>
    public const int HeaderLength = SiteTable.HeaderLength - 1;

    public SiteBlocks(int* table, int level)
    {
        int* header = table + table[(level * SiteTable.HeaderLength) + HeaderLength];
        Inputs = new SiteRows(table, header);
        Sums = new SiteRows(table, header + HeaderLength);
    }

    /// <summary>The rows before; an entry is frame of the block × Step, a power of two, + unit: a column's block that holds something.</summary>
    public SiteRows Inputs { get; }

    /// <summary>What units give: a row is an output's column with a block, an entry tap of rows and columns × Step + unit, where Step is the number of units, padded. All are of class 0.</summary>
    public SiteRows Sums { get; }
}
