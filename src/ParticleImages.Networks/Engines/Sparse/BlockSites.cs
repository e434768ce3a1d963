using System.Numerics;

namespace ParticleImages.Networks.Engines.Sparse;

/// <summary>Scratch for what a level with <see cref="TimeBlocks"/> has between the rows before and its own; becomes <see cref="SiteBlocks"/>.</summary>
internal sealed class BlockSites
{
    private readonly TimeBlocks blocks;
    private readonly int[] units;
    private readonly int[] sums;
    private readonly IntList cursors = new();
    private int unitCount;

    public BlockSites(TimeBlocks blocks, SiteWindow window)
    {
        this.blocks = blocks;
        units = new int[window.Input.Height * window.Input.Width * blocks.Count];
        sums = new int[blocks.Count];
        Step = (int)BitOperations.RoundUpToPowerOf2((uint)(window.Output.Height * window.Output.Width * blocks.Count));
        InputStep = (int)BitOperations.RoundUpToPowerOf2((uint)units.Length);
    }

    /// <summary>What an entry of the level's rows counts the sums by.</summary>
    public int Step { get; }

    /// <summary>What an entry of the rows before counts the units by.</summary>
    public int InputStep { get; }

    /// <summary>What an entry of a sum counts the units by.</summary>
    public int SumStep => SiteRows.Padded(unitCount);

    public IntList InputStarts { get; } = new();

    public IntList InputEntries { get; } = new();

    public IntList SumStarts { get; } = new();

    public IntList SumEntries { get; } = new();

    public int SumCount { get; private set; }

    /// <summary>Numbers that it takes in a table.</summary>
    public int Length => (2 * SiteBlocks.HeaderLength) + InputStarts.Count + InputEntries.Count + SumStarts.Count + SumEntries.Count + SumCount;

    /// <summary>Finds the units of an event, and which rows are in which.</summary>
    public void Begin(LevelSites from)
    {
        (unitCount, SumCount) = (0, 0);
        SumStarts.Shorten(0);
        SumEntries.Shorten(0);
        foreach (int column in from.ActiveColumns)
        {
            for (int block = 0; block < blocks.Count; block++)
            {
                bool holds = false;
                for (int frame = Math.Max(0, blocks.FirstFrame(block)); frame < blocks.FirstFrame(block) + blocks.Length; frame++)
                {
                    holds |= from.Rows[(column * from.Grid.Frames) + frame] != 0;
                }

                units[(column * blocks.Count) + block] = holds ? ++unitCount : 0;
            }
        }

        JoinRows(from);
    }

    /// <summary>Makes the sums of a column of the output that sees these columns.</summary>
    public void Sum(ReadOnlySpan<SeenColumn> seen)
    {
        for (int block = 0; block < blocks.Count; block++)
        {
            int start = SumEntries.Count;
            foreach (ref readonly SeenColumn column in seen)
            {
                int unit = units[(column.Index * blocks.Count) + block];
                if (unit > 0)
                {
                    SumEntries.Add((column.Tap * SumStep) + unit - 1);
                }
            }

            bool any = SumEntries.Count > start;
            sums[block] = any ? SumCount++ : -1;
            if (any)
            {
                SumStarts.Add(start);
            }
        }
    }

    /// <summary>Adds what a frame of the column is made of.</summary>
    public void AddEntries(int frame, IntList entries)
    {
        for (int block = 0; block < blocks.Count; block++)
        {
            int shift = blocks.ShiftOf(frame, block);
            if (sums[block] >= 0 && shift >= 0 && shift < TimeBlocks.Points)
            {
                entries.Add((shift * Step) + sums[block]);
            }
        }
    }

    public void End() => SumStarts.Add(SumEntries.Count);

    /// <summary>Writes it down.</summary>
    /// <param name="numbers">The table.</param>
    /// <param name="at">Where.</param>
    /// <param name="inputs">Rows of the level before.</param>
    public void Put(Span<int> numbers, int at, int inputs)
    {
        int starts = at + (2 * SiteBlocks.HeaderLength);
        int entries = starts + InputStarts.Count;
        int sumStarts = entries + InputEntries.Count;
        int sumEntries = sumStarts + SumStarts.Count;
        int classes = sumEntries + SumEntries.Count;
        int[] headers = [inputs, InputStep, starts, entries, starts, starts, SumCount, SumStep, sumStarts, sumEntries, classes, classes];
        headers.CopyTo(numbers[at..]);
        InputStarts.All.CopyTo(numbers[starts..]);
        InputEntries.All.CopyTo(numbers[entries..]);
        SumStarts.All.CopyTo(numbers[sumStarts..]);
        SumEntries.All.CopyTo(numbers[sumEntries..]);
        numbers.Slice(classes, SumCount).Clear();
    }

    /// <summary>Each row with the units of the frames at which it stands.</summary>
    private void JoinRows(LevelSites from)
    {
        InputStarts.Shorten(0);
        cursors.Shorten(0);
        int places = 0;
        foreach (int times in from.Multiplicities.All)
        {
            InputStarts.Add(places);
            cursors.Add(places);
            places += times;
        }

        InputStarts.Add(places);
        InputEntries.Shorten(0);
        InputEntries.Room(places);
        InputEntries.Lengthen(places);
        foreach (int column in from.ActiveColumns)
        {
            for (int frame = 0; frame < from.Grid.Frames; frame++)
            {
                int row = from.Rows[(column * from.Grid.Frames) + frame] - 1;
                if (row >= 0)
                {
                    int block = blocks.BlockOf(frame);
                    InputEntries[cursors[row]++] = ((frame - blocks.FirstFrame(block)) * InputStep) + units[(column * blocks.Count) + block] - 1;
                }
            }
        }
    }
}
