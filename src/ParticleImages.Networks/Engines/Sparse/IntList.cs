namespace ParticleImages.Networks.Engines.Sparse;

/// <summary>Numbers in an array that grows; cheaper than a list where millions are added.</summary>
internal sealed class IntList
{
    private int[] numbers = new int[256];

    public int Count { get; private set; }

    public Span<int> All => numbers.AsSpan(0, Count);

    public ref int this[int index] => ref numbers[index];

    public void Add(int number)
    {
        if (Count == numbers.Length)
        {
            Array.Resize(ref numbers, 2 * Count);
        }

        numbers[Count++] = number;
    }

    public void AddRange(ReadOnlySpan<int> more)
    {
        more.CopyTo(Room(more.Length));
        Count += more.Length;
    }

    /// <summary>Room for so many more; the caller writes them and says how many with <see cref="Lengthen"/>.</summary>
    public Span<int> Room(int more)
    {
        if (numbers.Length - Count < more)
        {
            Array.Resize(ref numbers, Math.Max(2 * numbers.Length, Count + more));
        }

        return numbers.AsSpan(Count, more);
    }

    public void Lengthen(int more) => Count += more;

    public void Shorten(int count) => Count = count;
}
