namespace ParticleImages.Formats.Tests.Hdf5;

public sealed class Hdf5RefusalTests
{
    /// <summary>File, dataset that the error names (null for the file), words that its message holds.</summary>
    public static TheoryData<string, string?, string[]> Refusals => new()
    {
        { "bad-truncated", null, ["truncated", "32822", "21881", "Copy or download it again"] },
        { "bad-truncated-contiguous", null, ["truncated", "395456", "263637"] },
        { "bad-userblock", null, ["1024", "h5unjam"] },
        { "bad-length-mismatch", "/y", ["48 images", "45 labels", "Images(name).Labels(name)"] },
        { "bad-no-y", "/y", ["No dataset '/y'", "It has '/X'", "LabelAll(label)"] },
        { "bad-rank", "/X", ["(2048,)", "(events, rows, columns, 2)", "Images(name)"] },
        { "bad-text", "/X", ["text of 1 bytes", "float32"] },
        { "bad-integer-images", "/X", ["int16", "float32", "Convert them"] },
        { "bad-one-hot", "/y", ["(48, 2)", "one integer", "Labels(name)"] },
        { "energy-only", "/X", ["(48, 32, 32)", "TimeAll(0)"] },
        { "bad-scaleoffset", "/X", ["scaleoffset", "gzip, lzf, shuffle and fletcher32", "h5repack"] },
        { "bad-virtual", "/X", ["virtual", "Concat"] },
        { "bad-external", "/X", ["raw files beside it", "h5repack"] },
        { "bad-growing-axis", "/X", ["chunk index", "h5repack"] },
        { "bad-paged-userblock", "/X", ["1024 chunks", "user block", "h5repack"] },
        { "bad-many-events", "/X", ["1099511627776", "2147483647", "Split the file"] },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public void A_file_that_holds_no_such_events_is_refused_when_opened(string name, string? dataset, string[] words)
    {
        string path = ExpectedEvents.File(name);
        EventFormatException error = Assert.Throws<EventFormatException>(() => EventFile.Open(path));
        Assert.Equal(path, error.Path);
        Assert.Equal(dataset, error.Dataset);
        Assert.Contains(path, error.Message, StringComparison.Ordinal);
        Assert.All(words, word => Assert.Contains(word, error.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void A_damaged_chunk_is_refused_with_its_first_row_and_leaves_the_others_readable()
    {
        string path = ExpectedEvents.File("bad-corrupt-chunk");
        using EventSource source = EventFile.Open(path);
        int[] damaged = [.. Enumerable.Range(0, 48).Where(row => Record.Exception(() => source.Read(row, 1)) is not null)];
        Assert.Equal(16, damaged.Length);
        EventFormatException error = Assert.Throws<EventFormatException>(() => source.Read(damaged[3], 1));
        Assert.Equal(path, error.Path);
        Assert.Equal("/X", error.Dataset);
        Assert.Equal(damaged[0], error.Row);
        Assert.Contains("damaged", error.Message, StringComparison.Ordinal);
        int whole = Enumerable.Range(0, 48).Except(damaged).First();
        ExpectedEvents.AssertSame(ExpectedEvents.Images.AsSpan(whole * 2048, 2048), source.Read(whole, 1).Images);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void Of_several_chunks_read_together_the_first_damaged_one_is_named(int threads)
    {
        byte[] bytes = File.ReadAllBytes(ExpectedEvents.File("gzip"));
        using var folder = new TemporaryFolder();
        int damaged = 0;
        for (int at = 1; at < bytes.Length; at++)
        {
            // A zlib stream begins with 78 and ends with a checksum; one byte within each is changed.
            if (bytes[at - 1] == 0x78 && bytes[at] is 0x01 or 0x5e or 0x9c or 0xda && at + 40 < bytes.Length)
            {
                bytes[at + 30] ^= 0xff;
                damaged++;
            }
        }

        File.WriteAllBytes(folder["damaged.hdf5"], bytes);
        using EventSource source = EventFile.Open(folder["damaged.hdf5"], threads: threads);

        EventFormatException error = Assert.Throws<EventFormatException>(() => source.Read(0, source.Count));
        Assert.True(damaged >= 2, $"{damaged} chunks were found.");
        Assert.Equal(0, error.Row);
    }

    /// <summary>A chunk behind the file's end is noticed before any is read, a damaged one when it is; between the two the number of threads does not decide.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(8)]
    public void Of_two_different_damages_the_same_is_told_whatever_the_number_of_threads(int threads)
    {
        using EventSource source = EventFile.Open(ExpectedEvents.File("bad-two-chunks"), EventLayout.Default.Channel(0).TimeAll(0), threads);
        Assert.Equal(0, Assert.Throws<EventFormatException>(() => source.Read(0, 3)).Row);
        Assert.Equal(2, Assert.Throws<EventFormatException>(() => source.Read(1, 2)).Row);
        Assert.Equal(-1, source.Read(1, 1).Images.IndexOfAnyExcept(0));
    }

    [Fact]
    public void A_label_other_than_0_and_1_is_refused_with_its_row()
    {
        using EventSource source = EventFile.Open(ExpectedEvents.File("bad-label"));
        EventFormatException error = Assert.Throws<EventFormatException>(() => source.Read(10, 20));
        Assert.Equal(17, error.Row);
        Assert.Equal("/y", error.Dataset);
        Assert.Contains("label 2", error.Message, StringComparison.Ordinal);
        Assert.Equal(17, source.Read(0, 17).Count);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("bad-one-hot")]
    public void One_label_for_all_is_refused_where_the_file_has_labels(string name)
    {
        string path = ExpectedEvents.File(name);
        EventFormatException error = Assert.Throws<EventFormatException>(() => EventFile.Open(path, EventLayout.Default.LabelAll(0)));
        Assert.Equal(path, error.Path);
        Assert.Equal("/y", error.Dataset);
        Assert.Contains("Leave LabelAll(label) out", error.Message, StringComparison.Ordinal);
        Assert.Contains("Labels(name)", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_layout_that_claims_too_much_is_refused()
    {
        string gzip = ExpectedEvents.File("gzip");
        Assert.Contains("leave TimeAll out", Error(gzip, EventLayout.Default.TimeAll(0)), StringComparison.Ordinal);
        Assert.Contains("leave ChannelFirst() out", Error(gzip, EventLayout.Default.ChannelFirst()), StringComparison.Ordinal);
        Assert.Contains("is a group", Error(ExpectedEvents.File("other-names"), EventLayout.Default.Images("/data")), StringComparison.Ordinal);
        Assert.Contains("leads nowhere", Error(ExpectedEvents.File("linked"), EventLayout.Default.Images("gone")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_cut_after_it_was_opened_is_refused_when_the_row_is_read()
    {
        using var folder = new TemporaryFolder();
        string path = folder["cut.hdf5"];
        File.Copy(ExpectedEvents.File("bad-no-y"), path);
        using EventSource source = EventFile.Open(path, EventLayout.Default.LabelAll(0));
        using (var writer = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
        {
            writer.SetLength(writer.Length / 2);
        }

        EventFormatException error = Assert.Throws<EventFormatException>(() => source.Read(0, 48));
        Assert.InRange(error.Row!.Value, 20, 28);
        Assert.Equal(3, source.Read(0, 3).Count);
    }

    [Fact]
    public void Of_chunks_in_a_file_cut_after_it_was_opened_the_first_row_is_told()
    {
        using var folder = new TemporaryFolder();
        string path = folder["cut.hdf5"];
        File.Copy(ExpectedEvents.File("chunked-plain"), path);
        using EventSource source = EventFile.Open(path, EventLayout.Default);
        int height = (int)EventFile.Describe(path)[0].Storage.Split(' ').Skip(2).Take(1).Select(int.Parse).Single();
        using (var writer = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
        {
            writer.SetLength(writer.Length * 6 / 10);
        }

        var labels = new int[48];
        EventFormatException error = Assert.Throws<EventFormatException>(() => source.ReadInto(47, new float[2048], labels.AsSpan(0, 1)));
        Assert.Equal(("/X", (47L / height) * height), (error.Dataset, error.Row));
        Assert.Contains("cut while open", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(8)]
    public void A_fill_value_of_another_size_than_the_elements_is_refused_when_opened(byte size)
    {
        byte[] file = File.ReadAllBytes(ExpectedEvents.File("fill-value"));
        int value = file.AsSpan().IndexOf<byte>([4, 0, 0, 0, 0, 0, 0xc0, 0xbf]);
        Assert.True(value > 0);
        file[value] = size;
        using var folder = new TemporaryFolder();
        string path = folder["damaged.hdf5"];
        File.WriteAllBytes(path, file);
        EventFormatException error = Assert.Throws<EventFormatException>(() => EventFile.Open(path));
        Assert.Equal("/X", error.Dataset);
        Assert.Contains($"elements of 4 bytes, and a fill value of {size}", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_in_more_chunks_than_anybody_would_make_are_refused_when_opened()
    {
        string path = ExpectedEvents.File("bad-one-value-chunks");
        EventFormatException error = Assert.Throws<EventFormatException>(() => EventFile.Open(path, EventLayout.Default.Channel(0).TimeAll(0)));
        Assert.Equal("/X", error.Dataset);
        Assert.Contains("cut into more than 1048576 chunks each (1 × 1 × 1 × 1 elements a chunk)", error.Message, StringComparison.Ordinal);
        Assert.Contains("h5repack", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_length_of_a_truncated_file_is_refused_when_opened()
    {
        byte[] whole = File.ReadAllBytes(ExpectedEvents.File("gzip"));
        using var folder = new TemporaryFolder();
        string path = folder["short.hdf5"];
        for (int length = 1; length < whole.Length; length += 397)
        {
            File.WriteAllBytes(path, whole[..length]);
            EventFormatException error = Assert.Throws<EventFormatException>(() => EventFile.Open(path));
            Assert.Equal(path, error.Path);
        }
    }

    [Theory]
    [InlineData("gzip", 0)]
    [InlineData("latest-gzip", 0)]
    [InlineData("userblock-gzip", 512)]
    public void A_file_cut_within_its_head_is_called_truncated(string name, int start)
    {
        byte[] whole = File.ReadAllBytes(ExpectedEvents.File(name));
        using var folder = new TemporaryFolder();
        string path = folder["short.hdf5"];
        for (int length = start + 8; length < start + 120; length++)
        {
            File.WriteAllBytes(path, whole[..length]);
            EventFormatException error = Assert.Throws<EventFormatException>(() => EventFile.Open(path));
            Assert.Contains("truncated", error.Message, StringComparison.Ordinal);
            Assert.Contains($"{length}", error.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("latest-gzip")]
    public void A_damaged_header_is_refused_or_read_and_never_another_exception(string name)
    {
        byte[] whole = File.ReadAllBytes(ExpectedEvents.File(name));
        using var folder = new TemporaryFolder();
        string path = folder["damaged.hdf5"];
        for (int place = 8; place < 2048; place += 5)
        {
            byte before = whole[place];
            whole[place] = 255;
            File.WriteAllBytes(path, whole);
            whole[place] = before;
            Exception? error = Record.Exception(() =>
            {
                using EventSource source = EventFile.Open(path);
                source.Read(0, Math.Min(source.Count, 48));
            });
            Assert.True(error is null or EventFormatException, $"Byte {place}: {error}");
        }
    }

    [Fact]
    public void A_header_that_claims_more_than_memory_holds_is_the_files_fault()
    {
        byte[] file = File.ReadAllBytes(ExpectedEvents.File("attributes"));

        // Within the heap of texts: the 16 bytes of its head, then of the first text number, references and, here, length.
        file[file.AsSpan().IndexOf("GCOL"u8) + 28] ^= 0x40;
        using var folder = new TemporaryFolder();
        string path = folder["damaged.hdf5"];
        File.WriteAllBytes(path, file);
        EventFormatException error = Assert.Throws<EventFormatException>(() => EventFile.ReadAttributes(path));
        Assert.Equal(path, error.Path);
        Assert.IsType<OutOfMemoryException>(error.InnerException);
        Assert.Contains("damaged", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("gzip-shuffle-fletcher", 8)]
    [InlineData("lzf-shuffle", 2)]
    [InlineData("lzf-shuffle", 0)]
    public void A_shuffle_by_another_size_than_the_elements_is_refused_when_opened(string name, byte size)
    {
        byte[] file = File.ReadAllBytes(ExpectedEvents.File(name));
        int parameter = file.AsSpan().IndexOf("shuffle\0"u8) + 8;
        Assert.Equal(4, file[parameter]);
        file[parameter] = size;
        using var folder = new TemporaryFolder();
        string path = folder["damaged.hdf5"];
        File.WriteAllBytes(path, file);
        EventFormatException error = Assert.Throws<EventFormatException>(() => EventFile.Open(path));
        Assert.Equal("/X", error.Dataset);
        Assert.Contains($"elements of 4 bytes, and a shuffle filter for elements of another size ({size})", error.Message, StringComparison.Ordinal);
    }

    private static string Error(string path, EventLayout layout) =>
        Assert.Throws<EventFormatException>(() => EventFile.Open(path, layout)).Message;
}
