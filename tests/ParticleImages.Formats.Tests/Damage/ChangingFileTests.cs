namespace ParticleImages.Formats.Tests.Damage;

/// <summary>
/// Files that somebody changes while they are open, of every format and form: events are read as they were when the file was opened, or refused as bad data.
/// </summary>
public sealed class ChangingFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public static TheoryData<string> Formats => [.. ReferenceFile.Formats];

    public void Dispose() => folder.Dispose();

    [Theory]
    [MemberData(nameof(Formats))]
    public void A_file_that_grows_behind_its_end_is_read_as_it_was(string format) => ForEach(format, (file, events, expected) =>
    {
        using FileStream writer = Writer();
        writer.Seek(0, SeekOrigin.End);
        writer.Write(file.Bytes);
        writer.Flush();
        AssertSame(expected, events.Read(0, events.Count), file.Name);
    });

    [Theory]
    [MemberData(nameof(Formats))]
    public void A_file_that_grows_while_it_is_read_is_read_as_it_was(string format) => ForEach(format, (file, events, expected) =>
    {
        using var isRead = new ManualResetEventSlim();
        using var hasGrown = new ManualResetEventSlim();
        Task growing = Task.Run(() =>
        {
            using FileStream writer = Writer();
            writer.Seek(0, SeekOrigin.End);
            for (int i = 0; i < 100 && !isRead.IsSet; i++)
            {
                writer.Write(file.Bytes);
                writer.Flush();
                hasGrown.Set();
            }
        });
        hasGrown.Wait();
        for (int i = 0; i < 5; i++)
        {
            AssertSame(expected, events.Read(0, events.Count), file.Name);
        }

        isRead.Set();
        growing.Wait();
    });

    [Theory]
    [MemberData(nameof(Formats))]
    public void A_file_that_is_cut_while_it_is_open_is_noticed_or_read_as_it_was(string format)
    {
        foreach (double part in new[] { 0, 0.1, 0.5, 0.9 })
        {
            ForEach(format, (file, events, expected) =>
            {
                using (FileStream writer = Writer())
                {
                    writer.SetLength((long)(file.Bytes.Length * part));
                }

                // What was read before may be kept; it is right then.
                AssertSameOrRefused(expected, events, file.Name);
                AssertSameOrRefused(expected, events, file.Name);
            });
        }
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void A_file_that_is_replaced_is_read_as_it_was(string format) => ForEach(format, (file, events, expected) =>
    {
        File.WriteAllBytes(folder["other"], new byte[file.Bytes.Length]);
        File.Move(folder["other"], folder["open"], overwrite: true);
        AssertSame(expected, events.Read(0, events.Count), file.Name);
    });

    /// <summary>What was read once is looked at again, on a page that is gone.</summary>
    [Fact]
    public void Hits_of_a_file_that_was_cut_are_refused_instead_of_ending_the_process()
    {
        byte[] whole = ReferenceFile.Of("Arrow").Single(file => file.Name == "hits, None").Bytes;
        File.WriteAllBytes(folder["open"], whole);
        using HitFile file = HitFile.Open(folder["open"]);
        Assert.NotEmpty(file.Events[0].Energies.ToArray());
        using (FileStream writer = Writer())
        {
            writer.SetLength(0);
        }

        // A file's length is looked at a hundred times a second.
        Thread.Sleep(50);
        EventFormatException error = Assert.Throws<EventFormatException>(() => file.Events[0].Energies.ToArray());
        Assert.Equal(folder["open"], error.Path);
        Assert.Contains("was cut while open", error.Message, StringComparison.Ordinal);
    }

    private void ForEach(string format, Action<ReferenceFile, EventSource, EventBatch> change)
    {
        int files = 0;
        foreach (ReferenceFile file in ReferenceFile.Of(format))
        {
            File.WriteAllBytes(folder["open"], file.Bytes);
            EventBatch expected;
            try
            {
                using EventSource whole = EventFile.Open(folder["open"], file.Layout);
                expected = whole.Read(0, whole.Count);
            }
            catch (EventFormatException)
            {
                // Some of the reference files are bad, or need a layout of their own.
                continue;
            }

            using EventSource events = EventFile.Open(folder["open"], file.Layout);
            change(file, events, expected);
            files++;
        }

        Assert.True(files >= 4, $"{files} files");
    }

    private FileStream Writer() => new(folder["open"], FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);

    private static void AssertSameOrRefused(EventBatch expected, EventSource events, string name)
    {
        try
        {
            AssertSame(expected, events.Read(0, events.Count), name);
        }
        catch (EventFormatException error)
        {
            Assert.NotNull(error.Path);
        }
    }

    private static void AssertSame(EventBatch expected, EventBatch found, string name)
    {
        Assert.True(expected.Labels.SequenceEqual(found.Labels), name);
        Assert.True(System.Runtime.InteropServices.MemoryMarshal.AsBytes(expected.Images).SequenceEqual(System.Runtime.InteropServices.MemoryMarshal.AsBytes(found.Images)), name);
    }
}
