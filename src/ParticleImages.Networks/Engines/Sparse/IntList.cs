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

    public void Shorten(int count) => Count = count;
}
