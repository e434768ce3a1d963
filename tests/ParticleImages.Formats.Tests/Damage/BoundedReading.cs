namespace ParticleImages.Formats.Tests.Damage;

/// <summary>Reads a file that may be damaged, and holds what that takes against what it may.</summary>
internal static class BoundedReading
{
    // Of files of less than half a megabyte, of which one chunk may decode to a thousand times as much as is stored, in buffers of powers of two.
    private const long MostAllocated = 256L << 20;

    // PureHDF takes memory for a text or a list of a header before it finds that the file has no such: up to 2 GiB, of which only what the file has is touched.
    private const long MostAllocatedByPureHdf = (2L << 30) + MostAllocated;

    // Enough for PureHDF, and not for what calls itself until there is no more.
    private const int Stack = 512 << 10;

    private static readonly TimeSpan MostTime = TimeSpan.FromSeconds(20);

    /// <summary>Asks all that can be asked of a file. Fails the test if it throws anything but what bad data is, or takes too much time or memory.</summary>
    /// <param name="path">The file.</param>
    /// <param name="layout">A layout of images or of layers.</param>
    /// <param name="what">What a failed test calls the file.</param>
    /// <param name="random">Draws the number of threads and the rows that are read one by one; null for one thread and none.</param>
    /// <returns>False where the file is read.</returns>
    public static bool Refuses(string path, EventLayout layout, string what, Random? random = null)
    {
        Exception? problem = null;
        long allocated = 0;
        var reading = new Thread(
            () =>
            {
                allocated = GC.GetAllocatedBytesForCurrentThread();
                problem = Record.Exception(() => ReadAll(path, layout, random));
                allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
            },
            Stack) { IsBackground = true };
        reading.Start();
        Assert.True(reading.Join(MostTime), $"{what} takes more than {MostTime}.");
        Assert.True(problem is null or EventFormatException { Path: not null }, $"{what}: {problem}");
        long most = problem?.InnerException is not null && problem.Message.Contains("HDF5", StringComparison.Ordinal) ? MostAllocatedByPureHdf : MostAllocated;
        Assert.True(allocated < most, $"{what} took {allocated} bytes");
        return problem is not null;
    }

    private static void ReadAll(string path, EventLayout layout, Random? random)
    {
        EventFile.Describe(path);
        EventFile.ReadAttributes(path);

        // What a header claims may be more than anybody wants to read.
        const int most = 64;
        using EventSource events = EventFile.FormatOf(path).Open(path, layout, threads: random?.Next(1, 4) ?? 1);
        if (layout.LayerCount is not null)
        {
            EventFile.ReadLayers(path, layout, 0, Math.Min(events.Count, 3));
        }

        for (int i = 0; random is not null && events.Count > 0 && i < 3; i++)
        {
            events.Read(random.Next(Math.Min(events.Count, most)), 1);
        }

        events.Read(0, Math.Min(events.Count, most));
        events.Read(Math.Max(0, events.Count - 3), Math.Min(events.Count, 3));
    }
}
