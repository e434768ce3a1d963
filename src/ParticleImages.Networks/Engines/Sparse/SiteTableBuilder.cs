using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using ParticleImages.Voxelization;

namespace ParticleImages.Networks.Engines.Sparse;

/// <summary>
/// Makes the tables of events, straight from their entries and without a dense grid. A row is worked out once for all the frames in which nothing that it sees
/// changes: where deposits linger that is most of them. One thread at a time.
/// </summary>
internal sealed class SiteTableBuilder
{
    private readonly SiteLevel[] levels;
    private readonly bool withPlaces;
    private readonly LevelSites[] sites;
    private readonly SeenColumn[] columns;
    private readonly ulong[][] candidates;
    private readonly bool[][] reached;
    private int columnCount;

    // What a row of the output sees, and what the one before it saw.
    private IntList found = new();
    private IntList before = new();

    /// <summary>Prepares for a network.</summary>
    /// <param name="input">The grid of the events.</param>
    /// <param name="levels">The windows, one after the other.</param>
    /// <param name="withPlaces">Whether the places of the last level's rows are wanted.</param>
    public SiteTableBuilder(SiteGrid input, IReadOnlyList<SiteLevel> levels, bool withPlaces)
    {
        this.levels = [.. levels];
        this.withPlaces = withPlaces;
        sites = [new LevelSites(input), .. levels.Select(level => new LevelSites(level.Window.Output, level))];
        candidates = [.. sites.Select(level => new ulong[level.Words])];
        columns = new SeenColumn[levels.Select(level => level.Window.Size.Rows * level.Window.Size.Columns).DefaultIfEmpty().Max()];
        reached = [.. sites.Select(level => new bool[level.Grid.Height * level.Grid.Width])];
    }

    private ReadOnlySpan<SeenColumn> Seen => columns.AsSpan(0, columnCount);

    /// <summary>The table of one event.</summary>
    /// <param name="entries">The event.</param>
    /// <param name="used">A table that is no longer needed, whose memory may be taken; null for none.</param>
    public SiteTable Build(SparseEvent entries, SiteTable? used = null)
    {
        Take(entries);
        for (int i = 0; i < levels.Length; i++)
        {
            Slide(levels[i], sites[i], sites[i + 1], candidates[i + 1], reached[i + 1]);
        }

        SiteTable table = Pack(used);
        table.Check(sites[0].Grid, levels);
        return table;
    }

    private void Take(SparseEvent entries)
    {
        LevelSites input = sites[0];
        input.Begin();
        for (int i = 0; i < entries.Count; i++)
        {
            input.Multiplicities.Add(0);
            input.Classes.Add(0);
            input.Activate(entries.Pixels[i]);
            if (entries.End(i) > entries.Frames[i])
            {
                input.Place(entries.Pixels[i], entries.Frames[i], entries.End(i), i);
            }
        }
    }

    private void Slide(SiteLevel level, LevelSites from, LevelSites to, ulong[] candidates, bool[] reached)
    {
        SiteWindow window = level.Window;
        to.Begin();
        to.Blocks?.Begin(from);
        Reach(window, from, reached);
        int step = StepOf(level, from.Count);
        int frames = to.Grid.Frames;
        for (int column = 0; column < reached.Length; column++)
        {
            if (!reached[column])
            {
                continue;
            }

            reached[column] = false;
            (int row, int place) = (column / to.Grid.Width, column % to.Grid.Width);
            See(level, from, row, place);
            to.Blocks?.Sum(Seen);
            to.ClassChanges.CopyTo(candidates, 0);
            candidates[0] |= 1;
            foreach (ref readonly SeenColumn seen in Seen)
            {
                Spread(window, from, seen.Rows / from.Grid.Frames, candidates, frames);
            }

            // A row of the segment before, if it has one, to go on with.
            int previous = -1;
            for (int begin = 0; begin < frames;)
            {
                int end = Next(candidates, begin + 1, frames);
                previous = Segment(level, from, to, column, (begin, row, place), end, step, previous);
                begin = end;
            }
        }

        to.Starts.Add(to.Entries.Count);
        to.Blocks?.End();
    }

    /// <summary>Which columns of the output see an active one of the input.</summary>
    private static void Reach(SiteWindow window, LevelSites from, bool[] reached)
    {
        int height = window.Output.Height;
        int width = window.Output.Width;
        foreach (int column in from.ActiveColumns)
        {
            (int firstRow, int lastRow) = Covering(column / from.Grid.Width, window.Begins[1], window.Size.Rows, window.Stride.Rows, height);
            (int first, int last) = Covering(column % from.Grid.Width, window.Begins[2], window.Size.Columns, window.Stride.Columns, width);
            for (int row = firstRow; row <= lastRow; row++)
            {
                for (int place = first; place <= last; place++)
                {
                    reached[(row * width) + place] = true;
                }
            }
        }
    }

    /// <summary>The windows, first and last, that cover a bin of an axis.</summary>
    private static (int First, int Last) Covering(int bin, int begin, int size, int stride, int windows)
    {
        int first = Math.Max(0, bin + begin - size + stride) / stride;
        return (first, Math.Min(windows - 1, (bin + begin) / stride));
    }

    /// <summary>The columns of the input that a column of the output sees: a convolution only those that hold something.</summary>
    private void See(SiteLevel level, LevelSites from, int row, int column)
    {
        SiteWindow window = level.Window;
        columnCount = 0;
        for (int dy = 0; dy < window.Size.Rows; dy++)
        {
            int y = (row * window.Stride.Rows) - window.Begins[1] + dy;
            for (int dx = 0; dx < window.Size.Columns; dx++)
            {
                int x = (column * window.Stride.Columns) - window.Begins[2] + dx;
                if ((uint)y < (uint)from.Grid.Height && (uint)x < (uint)from.Grid.Width
                    && (level.Kind != SiteLevelKind.Convolution || from.IsActive((y * from.Grid.Width) + x)))
                {
                    columns[columnCount++] = new SeenColumn((y * from.Grid.Width) + x, ((y * from.Grid.Width) + x) * from.Grid.Frames, (dy * window.Size.Columns) + dx, y, x);
                }
            }
        }
    }

    /// <summary>Marks the frames of the output at which what is seen of a column changes.</summary>
    private static void Spread(SiteWindow window, LevelSites from, int column, ulong[] candidates, int frames)
    {
        for (int word = 0; word < from.Words; word++)
        {
            for (ulong bits = from.Changes[(column * from.Words) + word]; bits != 0; bits &= bits - 1)
            {
                Spread(window, (word * 64) + BitOperations.TrailingZeroCount(bits), candidates, frames);
            }
        }

        // Beyond the last frame there is nothing.
        if (from.Rows[((column + 1) * from.Grid.Frames) - 1] != 0)
        {
            Spread(window, from.Grid.Frames, candidates, frames);
        }
    }

    private static void Spread(SiteWindow window, int change, ulong[] candidates, int frames)
    {
        (int begin, int size, int stride) = (window.Begins[0], window.Size.Frames, window.Stride.Frames);

        // Windows that see the change, and the one after them, which sees it no more in the same place as the one before.
        int first = Math.Max(0, change + begin - size + stride) / stride;
        int last = Math.Min(frames - 1, (change + begin + stride - 1) / stride);
        for (int frame = first; frame <= last; frame++)
        {
            candidates[frame / 64] |= 1UL << (frame % 64);
        }
    }

    private static int Next(ulong[] bits, int from, int most)
    {
        for (int word = from / 64; word < bits.Length; word++)
        {
            ulong left = word == from / 64 ? bits[word] & (ulong.MaxValue << (from % 64)) : bits[word];
            if (left != 0)
            {
                return Math.Min(most, (word * 64) + BitOperations.TrailingZeroCount(left));
            }
        }

        return most;
    }

    /// <summary>Places the row of some frames of a column, a new one or that of the frames before.</summary>
    /// <returns>The row, −1 for none.</returns>
    private int Segment(
        SiteLevel level, LevelSites from, LevelSites to, int column, (int Frame, int Row, int Column) place, int end, int step, int previous)
    {
        found.Shorten(0);
        bool isActive = level.Kind == SiteLevelKind.Convolution ? Taps(level.Window, from, found, place.Frame, step) : Met(level, from, found, place.Frame);
        if (!isActive)
        {
            return -1;
        }

        int kind = to.Grid.ClassOf(place.Frame, place.Row, place.Column);
        if (previous < 0 || to.Classes[previous] != kind || !before.All.SequenceEqual(found.All))
        {
            previous = to.Count;
            to.Starts.Add(to.Entries.Count);
            if (to.Blocks is { } blocks)
            {
                blocks.AddEntries(place.Frame, to.Entries);
            }
            else
            {
                to.Entries.AddRange(found.All);
            }

            (before, found) = (found, before);
            to.Classes.Add(kind);
            to.Multiplicities.Add(0);
            to.Activate(column);
        }

        to.Place(column, place.Frame, end, previous);
        return previous;
    }

    private bool Taps(SiteWindow window, LevelSites from, IntList entries, int frame, int step)
    {
        int plane = window.Size.Rows * window.Size.Columns;
        ReadOnlySpan<SeenColumn> seen = Seen;
        ref int found = ref MemoryMarshal.GetReference(entries.Room((window.Size.Frames * seen.Length) + 1));
        int count = 0;
        int first = (frame * window.Stride.Frames) - window.Begins[0];
        int begin = Math.Max(0, -first);
        int end = Math.Min(window.Size.Frames, from.Grid.Frames - first);
        for (int dt = begin; dt < end; dt++)
        {
            ref int rows = ref from.Rows[first + dt];
            int tap = dt * plane;
            foreach (ref readonly SeenColumn column in seen)
            {
                // Written in any case and kept where there is a row: which ones there are is too irregular to be foreseen.
                int row = Unsafe.Add(ref rows, column.Rows);
                Unsafe.Add(ref found, count) = ((tap + column.Tap) * step) + row - 1;
                count += (int)((uint)-row >> 31);
            }
        }

        entries.Lengthen(count);
        return count > 0;
    }

    private bool Met(SiteLevel level, LevelSites from, IntList entries, int frame)
    {
        SiteWindow window = level.Window;
        bool counts = level.Kind == SiteLevelKind.AveragePool;
        int size = counts ? 2 : 1;
        bool any = false;
        for (int dt = 0; dt < window.Size.Frames; dt++)
        {
            int t = (frame * window.Stride.Frames) - window.Begins[0] + dt;
            if ((uint)t >= (uint)from.Grid.Frames)
            {
                continue;
            }

            foreach (ref readonly SeenColumn column in Seen)
            {
                int row = from.Rows[column.Rows + t];
                any |= row > 0;
                int entry = row > 0 ? row - 1 : ~from.Grid.ClassOf(t, column.Row, column.Column);
                int at = 0;
                while (at < entries.Count && entries[at] != entry)
                {
                    at += size;
                }

                if (at == entries.Count)
                {
                    entries.Add(entry);
                    if (counts)
                    {
                        entries.Add(0);
                    }
                }

                if (counts)
                {
                    entries[at + 1]++;
                }
            }
        }

        return any;
    }

    private static int StepOf(SiteLevel level, int rows) => level.IsDirect ? (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(1, rows)) : SiteRows.Padded(rows);

    private SiteTable Pack(SiteTable? used)
    {
        LevelSites last = sites[^1];
        int length = ((sites.Length + 1) * SiteTable.HeaderLength) + sites.Sum(level => level.Starts.Count + level.Entries.Count + level.Classes.Count + level.Multiplicities.Count);
        int places = withPlaces ? last.Places : 0;
        length += (2 * places) + sites.Sum(level => level.Blocks?.Length ?? 0);
        int[] numbers = used?.Numbers.Length >= length ? used.Numbers : GC.AllocateUninitializedArray<int>(length);
        int at = (sites.Length + 1) * SiteTable.HeaderLength;
        for (int i = 0; i < sites.Length; i++)
        {
            LevelSites level = sites[i];
            int step = i == 0 ? 0 : level.Blocks?.Step ?? StepOf(levels[i - 1], sites[i - 1].Count);
            int[] header = [level.Count, step, Put(level.Starts), Put(level.Entries), Put(level.Classes), Put(level.Multiplicities), PutBlocks(level.Blocks, i)];
            header.CopyTo(numbers, i * SiteTable.HeaderLength);
        }

        int[] end = [places, 0, at, 0, 0, 0, 0];
        end.CopyTo(numbers, sites.Length * SiteTable.HeaderLength);
        if (withPlaces)
        {
            foreach (int column in last.ActiveColumns)
            {
                for (int frame = 0; frame < last.Grid.Frames; frame++)
                {
                    int row = last.Rows[(column * last.Grid.Frames) + frame];
                    if (row > 0)
                    {
                        numbers[at++] = (frame * last.Grid.Height * last.Grid.Width) + column;
                        numbers[at++] = row - 1;
                    }
                }
            }
        }

        return new SiteTable(numbers);

        int Put(IntList list)
        {
            list.All.CopyTo(numbers.AsSpan(at));
            at += list.Count;
            return at - list.Count;
        }

        int PutBlocks(BlockSites? blocks, int level)
        {
            blocks?.Put(numbers, at, sites[level - 1].Count);
            at += blocks?.Length ?? 0;
            return blocks is null ? 0 : at - blocks.Length;
        }
    }
}
