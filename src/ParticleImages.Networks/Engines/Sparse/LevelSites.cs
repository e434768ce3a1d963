namespace ParticleImages.Networks.Engines.Sparse;

/// <summary>Scratch for one level of one event: which row stands where, time running fastest, and what becomes the table.</summary>
internal sealed class LevelSites
{
    private readonly List<int> activeColumns = [];
    private readonly bool[] isActive;

    /// <summary>Scratch for a level.</summary>
    /// <param name="grid">Its places.</param>
    /// <param name="level">How it comes from the one before; null for the input.</param>
    public LevelSites(SiteGrid grid, SiteLevel? level = null)
    {
        Grid = grid;
        Blocks = level?.Blocks is { } blocks ? new BlockSites(blocks, level.Window) : null;
        Words = (grid.Frames + 63) / 64;
        Rows = new int[grid.Places];
        Changes = new ulong[grid.Height * grid.Width * Words];
        isActive = new bool[grid.Height * grid.Width];
        ClassChanges = new ulong[Words];
        for (int frame = 1; frame < grid.Frames; frame++)
        {
            if (grid.Along(0, frame) != grid.Along(0, frame - 1))
            {
                ClassChanges[frame / 64] |= 1UL << (frame % 64);
            }
        }
    }

    public SiteGrid Grid { get; }

    /// <summary>Words of a column's bits.</summary>
    public int Words { get; }

    /// <summary>For each (row, column, frame) one more than the number of the row of the table that stands there, 0 for none.</summary>
    public int[] Rows { get; }

    /// <summary>For each (row, column) a bit for each frame at which another row begins than stood there in the frame before.</summary>
    public ulong[] Changes { get; }

    /// <summary>The frames that are of another class than the frame before.</summary>
    public ulong[] ClassChanges { get; }

    /// <summary>Columns that have a row anywhere, ascending.</summary>
    public List<int> ActiveColumns => activeColumns;

    /// <summary>What is between this level and the one before; null for nothing.</summary>
    public BlockSites? Blocks { get; }

    public IntList Starts { get; } = new();

    public IntList Entries { get; } = new();

    public IntList Classes { get; } = new();

    public IntList Multiplicities { get; } = new();

    public int Count => Multiplicities.Count;

    /// <summary>Places with a row.</summary>
    public int Places
    {
        get
        {
            int places = 0;
            foreach (int times in Multiplicities.All)
            {
                places += times;
            }

            return places;
        }
    }

    public bool IsActive(int column) => isActive[column];

    public void Begin()
    {
        foreach (int column in activeColumns)
        {
            isActive[column] = false;
            Array.Clear(Rows, column * Grid.Frames, Grid.Frames);
            Array.Clear(Changes, column * Words, Words);
        }

        activeColumns.Clear();
        Starts.Shorten(0);
        Entries.Shorten(0);
        Classes.Shorten(0);
        Multiplicities.Shorten(0);
    }

    public void Activate(int column)
    {
        if (!isActive[column])
        {
            isActive[column] = true;
            activeColumns.Add(column);
        }
    }

    /// <summary>Puts a row at frames of a column.</summary>
    /// <param name="column">The column.</param>
    /// <param name="begin">The first frame.</param>
    /// <param name="end">The frame after the last one.</param>
    /// <param name="row">The row's number, from 0; −1 for none.</param>
    public void Place(int column, int begin, int end, int row)
    {
        int at = (column * Grid.Frames) + begin;
        int before = begin == 0 ? 0 : Rows[at - 1];
        Rows.AsSpan(at, end - begin).Fill(row + 1);
        ulong bit = 1UL << (begin % 64);
        if (before != row + 1)
        {
            Changes[(column * Words) + (begin / 64)] |= bit;
        }
        else
        {
            // The row goes on; its end was marked here.
            Changes[(column * Words) + (begin / 64)] &= ~bit;
        }

        // What stands after it may be the background; whoever puts a row there marks the same bit.
        if (end < Grid.Frames && row >= 0)
        {
            Changes[(column * Words) + (end / 64)] |= 1UL << (end % 64);
        }

        if (row >= 0)
        {
            Multiplicities[row] += end - begin;
        }
    }
}
