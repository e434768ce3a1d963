namespace ParticleImages.Networks.Engines.Sparse;

/// <summary>The places of the last level that have a row, each with its row; a table ends in them.</summary>
internal readonly unsafe ref struct SitePlaces(int* table, int level)
{
    private readonly int* pairs = table + table[((level + 1) * SiteTable.HeaderLength) + 2];

    public int Count { get; } = table[(level + 1) * SiteTable.HeaderLength];

    public (int Place, int Row) this[int index] => (pairs[2 * index], pairs[(2 * index) + 1]);

    public Enumerator GetEnumerator() => new(pairs, Count);

    internal ref struct Enumerator(int* pairs, int count)
    {
        private int index = -1;

        public readonly (int Place, int Row) Current => (pairs[2 * index], pairs[(2 * index) + 1]);

        public bool MoveNext() => ++index < count;
    }
}
