namespace ParticleImages.Formats.Parquet;

/// <summary>Which row group holds which row.</summary>
internal sealed class GroupRows
{
    private readonly long[] starts;

    public GroupRows(IReadOnlyList<long> rows)
    {
        starts = new long[rows.Count + 1];
        for (int group = 0; group < rows.Count; group++)
        {
            starts[group + 1] = starts[group] + rows[group];
        }
    }

    /// <summary>Rows of all groups.</summary>
    public long Count => starts[^1];

    /// <summary>The first row of a group; of one behind the last, the number of rows.</summary>
    public long StartOf(int group) => starts[group];

    /// <summary>The group that holds a row that exists. Groups without rows hold none.</summary>
    public int GroupOf(long row)
    {
        int place = Array.BinarySearch(starts, row);
        if (place < 0)
        {
            return ~place - 1;
        }

        while (starts[place + 1] == row)
        {
            place++;
        }

        return place;
    }
}
