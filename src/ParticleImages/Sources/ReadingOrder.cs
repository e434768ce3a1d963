namespace ParticleImages;

/// <summary>
/// The order in which an epoch reads its source: group after group in random order; forward-only groups in pieces, by
/// turns, each from front to back.
/// </summary>
internal sealed class ReadingOrder
{
    // A forward-only group has about so many turns while a buffer is filled once: few enough for long reads, many enough to mix.
    private const int PiecesInBuffer = 64;

    // Where each group goes on and ends, and how much of it one turn reads.
    private readonly List<(int Next, int End, int Piece)> groups = [];

    // The group of each turn.
    private readonly int[] turns;
    private int turn;
    private int leftInTurn;

    private ReadingOrder(int count)
    {
        groups.Add((0, count, count));
        turns = [0];
        Begin();
    }

    private ReadingOrder(EventSource source, int buffer, ref SplitMix64 random)
    {
        List<int> order = [];
        for (int row = 0; row < source.Count;)
        {
            EventGroup group = source.GroupFrom(row);
            int piece = group.IsForwardOnly ? Math.Min(group.Count, Math.Max(1, buffer / PiecesInBuffer)) : group.Count;
            order.AddRange(Enumerable.Repeat(groups.Count, (int)(((long)group.Count + piece - 1) / piece)));
            groups.Add((row, row + group.Count, piece));
            row += group.Count;
        }

        turns = [.. order];
        random.Shuffle(turns);
        IsOneByOne = groups.Count == source.Count;
        Begin();
    }

    /// <summary>Whether every group is one event, so that the order is random without a buffer.</summary>
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

        (int start, int end, int piece) = groups[turns[turn]];
        int count = Math.Min(most, leftInTurn);
        groups[turns[turn]] = (start + count, end, piece);
        leftInTurn -= count;
        if (leftInTurn == 0)
        {
            turn++;
            Begin();
        }

        return (start, count);
    }

    private void Begin()
    {
        if (turn < turns.Length)
        {
            (int next, int end, int piece) = groups[turns[turn]];
            leftInTurn = Math.Min(piece, end - next);
            if (leftInTurn == 0)
            {
                // A source without events.
                turn = turns.Length;
            }
        }
    }
}
