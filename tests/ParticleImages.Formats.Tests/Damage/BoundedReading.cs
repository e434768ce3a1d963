using System.Diagnostics;

namespace ParticleImages.Formats.Tests.Damage;

/// <summary>Reads a file that may be damaged, and holds what that takes against what it may.</summary>
internal static class BoundedReading
{
    // Of files of less than half a megabyte, of which one chunk may decode to a thousand times as much as is stored.
    private const long MostAllocated = 128L << 20;

    // PureHDF takes memory for a text or a list of a header before it finds that the file has no such: up to 2 GiB, of which only what the file has is touched.
    private const long MostAllocatedByPureHdf = (2L << 30) + MostAllocated;

    private static readonly TimeSpan MostTime = TimeSpan.FromSeconds(20);

    /// <summary>Asks all that can be asked of a file. Fails the test if it throws anything but what bad data is, or takes too much time or memory.</summary>
    /// <returns>False where the file is read.</returns>
    public static bool Refuses(string path, EventLayout layout, string what)
    {
        long allocated = GC.GetAllocatedBytesForCurrentThread();
        long start = Stopwatch.GetTimestamp();
        Exception? problem = Record.Exception(() => ReadAll(path, layout));
        TimeSpan took = Stopwatch.GetElapsedTime(start);
        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
        Assert.True(problem is null or EventFormatException { Path: not null }, $"{what}: {problem}");
        Assert.True(took < MostTime, $"{what} took {took}");
        long most = problem?.InnerException is not null && problem.Message.Contains("HDF5", StringComparison.Ordinal) ? MostAllocatedByPureHdf : MostAllocated;
        Assert.True(allocated < most, $"{what} took {allocated} bytes");
        return problem is not null;
    }

    private static void ReadAll(string path, EventLayout layout)
    {
        EventFile.Describe(path);
        EventFile.ReadAttributes(path);
        using EventSource events = EventFile.Open(path, layout, threads: 1);

        // What a header claims may be more than anybody wants to read.
        events.Read(0, Math.Min(events.Count, 64));
        events.Read(Math.Max(0, events.Count - 3), Math.Min(events.Count, 3));
    }
}
