namespace ParticleImages;

/// <summary>
/// The order in which an epoch reads its source: group after group in random order; forward-only groups in pieces, by
/// turns, each from front to back.
/// </summary>
/// <remarks>Groups are those of the sources that decode them, in the order of their rows there, wherever a view has put their events.</remarks>
internal sealed class ReadingOrder
{
    // A forward-only group has about so many turns while a buffer is filled once: few enough for long reads, many enough to mix.
    private const int PiecesInBuffer = 64;

    // Group after group, each from front to back.
    private readonly Segment[] segments;

    // Of each group which segment goes on and how far it was read, how many events are left, and how many of them one turn reads.
    private readonly Place[] places;

    // The group of each turn.
    private readonly int[] turns;
    private int turn;
    private int leftInTurn;

    private ReadingOrder(int count)
    {
        segments = [new(0, 0, 0, count)];
        places = [new(0, 0, count, count)];
        turns = count == 0 ? [] : [0];
        Begin();
    }

    private ReadingOrder(EventSource source, int buffer, ref SplitMix64 random)
    {
        List<EventGroup> groups = [];
        segments = Segments(source, groups);
        places = new Place[groups.Count];
        List<int> order = [];
        for (int segment = 0; segment < segments.Length;)
        {
            (int first, int number, int count) = (segment, segments[segment].Group, 0);
            for (; segment < segments.Length && segments[segment].Group == number; segment++)
            {
                count += segments[segment].Count;
            }

            int piece = groups[number].IsForwardOnly ? Math.Min(count, Math.Max(1, buffer / PiecesInBuffer)) : count;
            order.AddRange(Enumerable.Repeat(number, (int)(((long)count + piece - 1) / piece)));
            places[number] = new(first, 0, count, piece);
        }

        turns = [.. order];
        random.Shuffle(turns);
        IsOneByOne = groups.Count == source.Count;
        Begin();
    }

    /// <summary>Whether every group has one event, so that the order is random without a buffer.</summary>
    public bool IsOneByOne { get; }

    /// <summary>Front to back.</summary>
    public static ReadingOrder FrontToBack(int count) => new(count);

    /// <summary>Groups in random order.</summary>
    public static ReadingOrder Shuffled(EventSource source, int buffer, ref SplitMix64 random) => new(source, buffer, ref random);

    /// <summary>The next consecutive events.</summary>
    /// <param name="most">How many at most, at least 1.</param>
    /// <returns>A range that is not empty, or one of 0 events at the end.</returns>
    public (int Start, int Count) Next(int most)
    {
        if (turn == turns.Length)
        {
            return (0, 0);
        }

        (int number, int within, int left, int piece) = places[turns[turn]];
        Segment segment = segments[number];
        int count = Math.Min(most, Math.Min(leftInTurn, segment.Count - within));
        bool isRead = within + count == segment.Count;
        places[turns[turn]] = new(isRead ? number + 1 : number, isRead ? 0 : within + count, left - count, piece);
        leftInTurn -= count;
        if (leftInTurn == 0)
        {
            turn++;
            Begin();
        }

        return (segment.Start + within, count);
    }

    private static Segment[] Segments(EventSource source, List<EventGroup> groups)
    {
        // A group ends in one place, wherever a view begins in it.
        Dictionary<(EventSource Origin, int End), int> numbers = [];
        List<Segment> found = [];
        for (int row = 0; row < source.Count;)
        {
            (EventSource origin, int rowThere, int following) = source.OriginOf(row);
            EventGroup group = origin.GroupFrom(rowThere);
            int number = groups.Count;
            if (origin == source || numbers.TryAdd((origin, rowThere + group.Count), number))
            {
                groups.Add(group);
            }
            else
            {
                number = numbers[(origin, rowThere + group.Count)];
            }

            int count = Math.Min(following, group.Count);
            found.Add(new(number, rowThere, row, count));
            row += count;
        }

        found.Sort(static (one, other) => (one.Group, one.RowThere, one.Start).CompareTo((other.Group, other.RowThere, other.Start)));
        return [.. found];
    }

    private void Begin() => leftInTurn = turn < turns.Length ? Math.Min(places[turns[turn]].Piece, places[turns[turn]].Left) : 0;

    /// <summary>Consecutive events of a group.</summary>
    /// <param name="Group">The group's number.</param>
    /// <param name="RowThere">The first event's row in the source that decodes it.</param>
    /// <param name="Start">Its row in the source that is read.</param>
    /// <param name="Count">How many.</param>
    private readonly record struct Segment(int Group, int RowThere, int Start, int Count);

    private readonly record struct Place(int Segment, int Within, int Left, int Piece);
}
