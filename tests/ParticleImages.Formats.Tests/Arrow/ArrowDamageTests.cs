using System.Diagnostics;
using ParticleImages.Formats.Arrow;

namespace ParticleImages.Formats.Tests.Arrow;

/// <summary>Whatever stands in a file, it is read as events or refused as bad data: no other exception, no endless reading, no huge memory.</summary>
public sealed class ArrowDamageTests : IDisposable
{
    private const int Rounds = 1000;
    private const long MostBytes = 200L << 20;

    private readonly TemporaryFolder folder = new();

    public static TheoryData<string> Forms => [.. FormNames];

    private static string[] FormNames => ["images", "images-lz4", "images-zstd", "hits", "hits-lz4", "hits-zstd", "stream", "stream-zstd"];

    private string File => folder["damaged.arrow"];

    public void Dispose() => folder.Dispose();

    [Theory]
    [MemberData(nameof(Forms))]
    public void A_file_cut_anywhere_is_refused(string form)
    {
        byte[] whole = Whole(form);
        // Every byte of the headers at both ends, and many between.
        for (int length = 0; length < whole.Length; length += length < 400 || length >= whole.Length - 400 ? 1 : 7)
        {
            System.IO.File.WriteAllBytes(File, whole[..length]);
            Exception? error = Read();

            // A stream may end after any message.
            Assert.True(error is EventFormatException || (error is null && form.StartsWith("stream", StringComparison.Ordinal)), $"{length} of {whole.Length} bytes: {error}");
        }
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void Damaged_bytes_are_refused_or_read(string form)
    {
        byte[] whole = Whole(form);
        var random = new Random(form.Length);
        var clock = Stopwatch.StartNew();
        int refused = 0;
        for (int round = 0; round < Rounds; round++)
        {
            byte[] damaged = (byte[])whole.Clone();
            for (int i = random.Next(1, 4); i > 0; i--)
            {
                int place = random.Next(damaged.Length);
                switch (random.Next(4))
                {
                    case 0:
                        damaged[place] ^= (byte)(1 << random.Next(8));
                        break;
                    case 1:
                        damaged[place] = (byte)random.Next(256);
                        break;
                    case 2:
                        damaged.AsSpan(place, Math.Min(8, damaged.Length - place)).Fill((byte)(random.Next(2) * 255));
                        break;
                    default:
                        // Lengths of 2⁶³ − 1 and the like, where a number is likely to stand.
                        place &= ~7;
                        BitConverter.TryWriteBytes(damaged.AsSpan(place), random.Next(3) switch { 0 => long.MaxValue, 1 => long.MinValue, _ => int.MaxValue });
                        break;
                }
            }

            System.IO.File.WriteAllBytes(File, damaged);
            long before = GC.GetAllocatedBytesForCurrentThread();
            Exception? error = Read();
            long taken = GC.GetAllocatedBytesForCurrentThread() - before;
            Assert.True(error is null or EventFormatException, $"Round {round}: {error}");
            Assert.True(taken < MostBytes, $"Round {round} took {taken} bytes.");
            refused += error is null ? 0 : 1;
        }

        Assert.InRange(refused, Rounds / 10, Rounds - 1);
        Assert.True(clock.Elapsed < TimeSpan.FromMinutes(2), $"{Rounds} files of {whole.Length} bytes took {clock.Elapsed}.");
    }

    // Everything that can be asked of a file, both ways for hits.
    private Exception? Read()
    {
        try
        {
            EventFile.Describe(File);
            EventFile.ReadAttributes(File);
            using (EventSource source = EventFile.Open(File))
            {
                source.ReadInParts(1000, (_, _, _) => { });
                source.Read(source.Count / 2, Math.Min(1, source.Count));
            }

            return null;
        }
        catch (Exception error)
        {
            return error;
        }
    }

    private byte[] Whole(string form)
    {
        ArrowCompression compression = form.EndsWith("lz4", StringComparison.Ordinal) ? ArrowCompression.Lz4
            : form.EndsWith("zstd", StringComparison.Ordinal) ? ArrowCompression.Zstd : ArrowCompression.None;
        var texts = new Dictionary<string, string> { ["source"] = "synthetic" };
        EventSource events = EventSource.FromBatch(ExampleHits.Images(5));
        if (form.StartsWith("images", StringComparison.Ordinal))
        {
            new ArrowFormat(compression).Save(File, events, texts, null, default);
        }
        else if (form.StartsWith("hits", StringComparison.Ordinal))
        {
            HitFile.Save(events, File, texts, compression);
        }
        else
        {
            Apache.Arrow.FixedSizeListArray images = OtherWriter.Lists(OtherWriter.Floats([.. Enumerable.Range(0, 48).Select(value => (float)value)]), 12);
            Apache.Arrow.Int32Array labels = OtherWriter.Labels(0, 1, 1, 0);
            OtherWriter.Write(
                File,
                OtherWriter.Size,
                [OtherWriter.Column("images", images), OtherWriter.Column("labels", labels)],
                [[images, labels], [images, labels]],
                isStream: true,
                compression == ArrowCompression.None ? null : Apache.Arrow.Ipc.CompressionCodecType.Zstd);
        }

        return System.IO.File.ReadAllBytes(File);
    }
}
