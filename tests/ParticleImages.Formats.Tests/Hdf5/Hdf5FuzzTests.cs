using System.Diagnostics;
using System.Globalization;

namespace ParticleImages.Formats.Tests.Hdf5;

/// <summary>
/// Damaged files of every storage: whatever a byte says, a file is read or refused as what it is, in bounded time and memory. Of changed values nobody can know where the format has no
/// checksum. <c>PARTICLE_IMAGES_FUZZ_CASES</c> asks for more cases of each file than a test run takes.
/// </summary>
public sealed class Hdf5FuzzTests(ITestOutputHelper output) : IDisposable
{
    // Of files of less than half a megabyte, of which one chunk may decode to a thousand times as much as is stored.
    private const long MostAllocated = 128L << 20;

    private static readonly TimeSpan MostTime = TimeSpan.FromSeconds(20);

    private readonly TemporaryFolder folder = new();

    private static int CasesOfEachFile { get; } =
        int.Parse(Environment.GetEnvironmentVariable("PARTICLE_IMAGES_FUZZ_CASES") ?? "40", CultureInfo.InvariantCulture);

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Flipped_bytes_are_noticed_or_change_values_and_nothing_else() => Damage((bytes, random) =>
    {
        for (int i = random.Next(1, 9); i > 0; i--)
        {
            // Half of the time in the first headers, where lengths and addresses stand.
            int at = random.Next(random.Next(2) == 0 ? Math.Min(bytes.Length, 4096) : bytes.Length);
            bytes[at] = random.Next(3) switch
            {
                0 => 0xff,
                1 => (byte)(bytes[at] ^ (1 << random.Next(8))),
                _ => (byte)random.Next(256),
            };
        }

        return bytes;
    });

    [Fact]
    public void Files_cut_anywhere_are_refused_or_read() => Damage((bytes, random) => bytes[..random.Next(bytes.Length)]);

    private void Damage(Func<byte[], Random, byte[]> damage)
    {
        (int cases, int refused) = (0, 0);
        string path = folder["damaged.hdf5"];
        foreach (string file in Directory.EnumerateFiles(Path.GetDirectoryName(ExpectedEvents.File("gzip"))!, "*.hdf5").Order(StringComparer.Ordinal))
        {
            byte[] whole = File.ReadAllBytes(file);
            for (int seed = 0; seed < CasesOfEachFile; seed++, cases++)
            {
                File.WriteAllBytes(path, damage([.. whole], new Random(seed)));
                long allocated = GC.GetAllocatedBytesForCurrentThread();
                long start = Stopwatch.GetTimestamp();
                Exception? problem = Record.Exception(() => ReadAll(path));
                string what = $"{Path.GetFileName(file)}, seed {seed}";
                Assert.True(problem is null or EventFormatException, $"{what}: {problem}");
                Assert.True(Stopwatch.GetElapsedTime(start) < MostTime, $"{what} took {Stopwatch.GetElapsedTime(start)}");
                Assert.True(GC.GetAllocatedBytesForCurrentThread() - allocated < MostAllocated, $"{what} took {GC.GetAllocatedBytesForCurrentThread() - allocated} bytes");
                refused += problem is null ? 0 : 1;
            }
        }

        output.WriteLine($"{cases} damaged files, {refused} refused");
        Assert.InRange(refused, cases / 10, cases);
    }

    private static void ReadAll(string path)
    {
        EventFile.Describe(path);
        EventFile.ReadAttributes(path);
        using EventSource events = EventFile.Open(path, threads: 1);

        // What a header claims may be more than anybody wants to read.
        events.Read(0, Math.Min(events.Count, 64));
        events.Read(Math.Max(0, events.Count - 3), Math.Min(events.Count, 3));
    }
}
