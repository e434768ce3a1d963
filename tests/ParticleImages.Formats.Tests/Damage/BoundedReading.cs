using System.Diagnostics;

namespace ParticleImages.Formats.Tests.Damage;

/// <summary>Reads a file that may be damaged, and holds what that takes against what it may.</summary>
internal static class BoundedReading
{
    // Of files of less than half a megabyte, of which one chunk may decode to a thousand times as much as is stored.
    private const long MostAllocated = 128L << 20;

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
        Assert.True(allocated < MostAllocated, $"{what} took {allocated} bytes");
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
