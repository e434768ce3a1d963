using System.Diagnostics;

namespace ParticleImages.Networks.Engines.Sparse;

/// <summary>
/// Where one event has something, level by level: the input, then behind each convolution or pool. A row is a vector of channels that stands at one or several
/// places: those that follow each other in time and see the same of the level before. All numbers are in one array, so that many tables are few objects.
/// </summary>
/// <param name="Numbers">For each level a header, then what it points to; at the end where the last level's rows stand.</param>
internal sealed record SiteTable(int[] Numbers)
{
    /// <summary>Numbers of a level's header: rows, the next entry's row step, where starts, entries, classes and multiplicities begin, and where <see cref="SiteBlocks"/> do, 0 for none.</summary>
    public const int HeaderLength = 7;

    public long Bytes => (long)Numbers.Length * sizeof(int);

    /// <summary>The rows of a level.</summary>
    public int Rows(int level) => Numbers[level * HeaderLength];

    /// <summary>In debug builds: whether everything in it points to something that is there. Kernels follow it without looking.</summary>
    [Conditional("DEBUG")]
    public unsafe void Check(SiteGrid input, IReadOnlyList<SiteLevel> levels)
    {
        fixed (int* numbers = Numbers)
        {
            for (int level = 0; level <= levels.Count; level++)
            {
                var rows = new SiteRows(numbers, level);
                SiteGrid grid = level == 0 ? input : levels[level - 1].Window.Output;
                for (int row = 0; row < rows.Count; row++)
                {
                    Require((uint)rows.Classes[row] < (uint)grid.Classes, level, "class", rows.Classes[row]);
                }

                if (level > 0)
                {
                    CheckEntries(rows, level, levels[level - 1], level == 1 ? input : levels[level - 2].Window.Output);
                }
            }
        }
    }

    private unsafe void CheckEntries(SiteRows rows, int number, SiteLevel level, SiteGrid from)
    {
        int before = Rows(number - 1);
        int size = level.Kind == SiteLevelKind.AveragePool ? 2 : 1;
        if (level.Blocks is { } blocks)
        {
            CheckBlocks(rows, number, level, blocks, before);
            return;
        }

        for (int row = 0; row < rows.Count; row++)
        {
            Require(rows.Starts[row] <= rows.Starts[row + 1], number, "start", rows.Starts[row]);
            for (int i = rows.Starts[row]; i < rows.Starts[row + 1]; i += size)
            {
                int entry = rows.Entries[i];
                bool isThere = level.Kind == SiteLevelKind.Convolution
                    ? entry >= 0 && entry / rows.Step < level.Window.Taps && entry % rows.Step < before
                    : entry >= 0 ? entry < before : ~entry < from.Classes;
                Require(isThere, number, "entry", entry);
            }
        }
    }

    private unsafe void CheckBlocks(SiteRows rows, int number, SiteLevel level, TimeBlocks blocks, int before)
    {
        fixed (int* numbers = Numbers)
        {
            var own = new SiteBlocks(numbers, number);
            Require(own.Inputs.Count == before, number, "row before", own.Inputs.Count);
            CheckEntries(own.Inputs, number, blocks.Length, own.Sums.Step);
            CheckEntries(own.Sums, number, level.Window.Taps / level.Window.Size.Frames, own.Sums.Step);
            CheckEntries(rows, number, TimeBlocks.Points, own.Sums.Count);
        }
    }

    /// <summary>Whether entries count to less than a number and point to less than a count of places.</summary>
    private static unsafe void CheckEntries(SiteRows rows, int number, int most, int places)
    {
        for (int i = 0; i < rows.EntryCount; i++)
        {
            Require(rows.Entries[i] >= 0 && rows.Entries[i] / rows.Step < most && rows.Entries[i] % rows.Step < places, number, "entry", rows.Entries[i]);
        }
    }

    private static void Require(bool isThere, int level, string what, int value)
    {
        if (!isThere)
        {
            throw new InvalidOperationException($"A table's level {level} has the {what} {value}, which points to nothing.");
        }
    }
}

/// <summary>A level's rows in a table that stays in its place meanwhile.</summary>
internal readonly unsafe struct SiteRows
{
    public SiteRows(int* table, int level)
        : this(table, table + (level * SiteTable.HeaderLength))
    {
    }

    /// <summary>Rows with a header of their own.</summary>
    public SiteRows(int* table, int* header)
    {
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

    /// <summary>The entries of all rows.</summary>
    public int EntryCount => Starts[Count];

    /// <summary>Values that are read and written where every entry is a row of so many.</summary>
    public double Moves(int stride) => (double)stride * (Count + EntryCount);

    /// <summary>Rows that so many take in memory: whole tiles of a product.</summary>
    public static int Padded(int rows) => (rows + 3) / 4 * 4;

    /// <summary>What an entry of a convolution counts the rows of the level before by: an entry is tap × Step + row, or of one with blocks shift × Step + sum.</summary>
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
