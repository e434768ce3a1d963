namespace ParticleImages.Formats.Tests.Contracts;

/// <summary>
/// What holds for every format of files with events. To test a format inherit this class and return it in <see cref="Format"/>; that its sources are
/// as all sources are <see cref="EventSourceContract"/> tells.
/// </summary>
public abstract class EventFormatContract : IDisposable
{
    // As much of a file as a format is asked to know it by.
    private const int HeadLength = 4096 + 16;

    private readonly TemporaryFolder folder = new();

    protected abstract IEventFormat Format { get; }

    /// <summary>False for a format that only reads; then <see cref="Write"/> writes its files.</summary>
    protected virtual bool Saves => true;

    /// <summary>How files that were written are opened.</summary>
    protected virtual EventLayout Layout => EventLayout.Default;

    private string Target => folder["events" + Format.Extensions[0]];

    /// <summary>Writes a file of the format.</summary>
    protected virtual void Write(string path, EventSource events) => Save(path, events);

    public void Dispose()
    {
        folder.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public void Its_name_and_endings_are_its_own()
    {
        Assert.False(string.IsNullOrWhiteSpace(Format.Name));
        Assert.NotEmpty(Format.Extensions);
        Assert.All(Format.Extensions, ending => Assert.Matches(@"^\.[a-z0-9]+$", ending));
        foreach (IEventFormat other in Others())
        {
            Assert.NotEqual(other.Name, Format.Name);
            Assert.Empty(other.Extensions.Intersect(Format.Extensions));
        }
    }

    [Fact]
    public void It_knows_its_files_and_no_other_format_does()
    {
        foreach (int count in new[] { 1, 300 })
        {
            Write(Target, EventSource.FromBatch(ExampleEvents.Batch(count)));
            byte[] head = Head();
            Assert.True(Format.Recognizes(head));
            Assert.All(Others(), other => Assert.False(other.Recognizes(head), other.Name));
        }
    }

    [Fact]
    public void It_looks_at_heads_of_any_length_and_takes_nothing_else_for_its_own()
    {
        Write(Target, EventSource.FromBatch(ExampleEvents.Batch(1)));
        byte[] head = Head();
        Assert.False(Format.Recognizes([]));
        Assert.False(Format.Recognizes(new byte[HeadLength]));
        Assert.False(Format.Recognizes("<!DOCTYPE html><html><body>Please sign in to download events.</body></html>"u8));
        bool isKnown = false;
        for (int length = 1; length <= head.Length; length++)
        {
            // More of a file that was known is known, too.
            bool now = Format.Recognizes(head.AsSpan(0, length));
            Assert.True(now || !isKnown);
            isKnown = now;
        }

        Assert.True(isKnown);
    }

    [Theory]
    [InlineData(0, 5, 4)]
    [InlineData(1, 1, 1)]
    [InlineData(12, 5, 4)]
    [InlineData(300, 3, 7)]
    public void Events_come_back_bit_for_bit_on_any_number_of_threads(int count, int height, int width)
    {
        EventBatch batch = ExampleEvents.Batch(count, height, width);
        Write(Target, EventSource.FromBatch(batch));
        using EventSource one = Format.Open(Target, Layout);
        AssertSame(batch, one);
        using EventSource several = Format.Open(Target, Layout, threads: 3);
        AssertSame(batch, several);
        Assert.NotNull(one.Layout);
    }

    [Fact]
    public void What_a_file_holds_is_described_without_its_layout()
    {
        Write(Target, EventSource.FromBatch(ExampleEvents.Batch(12)));
        IReadOnlyList<DatasetDescription> datasets = Format.Describe(Target);
        Assert.NotEmpty(datasets);
        Assert.Equal(datasets.Count, datasets.Select(dataset => dataset.Name).Distinct().Count());
        Assert.All(datasets, dataset =>
        {
            Assert.All([dataset.Name, dataset.ElementType, dataset.Storage], text => Assert.False(string.IsNullOrWhiteSpace(text)));
            Assert.All(dataset.Shape, length => Assert.InRange(length, 0, 12 * 20 * 2));
        });
    }

    [Fact]
    public void Texts_come_back_and_a_file_without_any_has_none()
    {
        if (RefusesToSave())
        {
            return;
        }

        var texts = new Dictionary<string, string> { ["source"] = "synthetic", ["Einheit"] = "50 GeV · 50 ns 🙂", ["empty"] = "", ["lines"] = "a\n\tb\"'<&" };
        Save(Target, EventSource.FromBatch(ExampleEvents.Batch(3)), texts);
        Assert.Equal(texts, Format.ReadAttributes(Target));
        Save(Target, EventSource.FromBatch(ExampleEvents.Batch(3)));
        Assert.Empty(Format.ReadAttributes(Target));
    }

    /// <summary>Holds for a saving that was cancelled before it began or on the way, and for events that can't be read.</summary>
    [Fact]
    public void What_stops_the_saving_leaves_the_earlier_file_and_nothing_else()
    {
        if (RefusesToSave())
        {
            return;
        }

        EventBatch earlier = ExampleEvents.Batch(3);
        Save(Target, EventSource.FromBatch(earlier));
        byte[] bytes = File.ReadAllBytes(Target);
        using var cancellation = new CancellationTokenSource();
        Assert.Throws<OperationCanceledException>(() => Format.Save(Target, new OneHitEach(2000), new Dictionary<string, string>(), new Told(_ => cancellation.Cancel()), cancellation.Token));
        Assert.Throws<OperationCanceledException>(() => Format.Save(Target, EventSource.FromBatch(earlier), new Dictionary<string, string>(), null, cancellation.Token));
        Assert.Throws<EventFormatException>(() => Save(Target, new OneHitEach(2000, failsAt: 1500)));
        Assert.Equal(bytes, File.ReadAllBytes(Target));
        Assert.Single(Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    public void Saving_tells_how_far_it_is_and_ends_at_the_last_event()
    {
        if (RefusesToSave())
        {
            return;
        }

        var told = new List<int>();
        Format.Save(Target, new OneHitEach(600), new Dictionary<string, string>(), new Told(told.Add), default);
        Assert.NotEmpty(told);
        Assert.Equal(told.Order(), told);
        Assert.Equal(600, told[^1]);
    }

    [Fact]
    public void A_file_that_was_cut_is_bad_data_with_its_path_and_is_closed()
    {
        Write(Target, EventSource.FromBatch(ExampleEvents.Batch(40)));
        byte[] bytes = File.ReadAllBytes(Target);
        foreach (int length in new[] { 9, bytes.Length / 3, bytes.Length / 2, bytes.Length - 1 })
        {
            File.WriteAllBytes(Target, bytes[..length]);
            EventFormatException error = Assert.Throws<EventFormatException>(() =>
            {
                using EventSource events = Format.Open(Target, Layout);
                events.Read(0, events.Count);
            });
            Assert.Equal(Target, error.Path);
            using FileStream alone = new(Target, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
            Assert.Equal(length, alone.Length);
        }
    }

    [Fact]
    public void Missing_arguments_are_mistakes_of_the_caller()
    {
        using EventSource events = EventSource.FromBatch(ExampleEvents.Batch(1));
        Assert.ThrowsAny<ArgumentException>(() => Format.Open(" ", Layout));
        Assert.Throws<ArgumentNullException>(() => Format.Open(Target, null!));
        Assert.ThrowsAny<ArgumentException>(() => Format.Describe(" "));
        Assert.ThrowsAny<ArgumentException>(() => Save(" ", events));
        Assert.ThrowsAny<ArgumentException>(() => Save(Target, null!));
        Assert.ThrowsAny<ArgumentException>(() => Format.Save(Target, events, null!, null, default));
        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
    }

    private void Save(string path, EventSource events, IReadOnlyDictionary<string, string>? texts = null) =>
        Format.Save(path, events, texts ?? new Dictionary<string, string>(), null, default);

    // A format that only reads says so, and makes no file.
    private bool RefusesToSave()
    {
        if (!Saves)
        {
            Assert.Throws<ArgumentException>(() => Save(Target, EventSource.FromBatch(ExampleEvents.Batch(3))));
            Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
        }

        return !Saves;
    }

    private IEnumerable<IEventFormat> Others() => EventFile.Formats.Where(other => other.GetType() != Format.GetType());

    private byte[] Head()
    {
        byte[] bytes = File.ReadAllBytes(Target);
        return bytes[..Math.Min(bytes.Length, HeadLength)];
    }

    private static void AssertSame(EventBatch expected, EventSource source)
    {
        Assert.Equal((expected.Count, expected.Shape), (source.Count, source.ImageShape));
        EventBatch read = source.Read(0, source.Count);
        Assert.Equal(expected.Labels.ToArray(), read.Labels.ToArray());
        Assert.Equal(Bits(expected.Images), Bits(read.Images));
    }

    private static int[] Bits(ReadOnlySpan<float> values) => System.Runtime.InteropServices.MemoryMarshal.Cast<float, int>(values).ToArray();

    private sealed class Told(Action<int> tell) : IProgress<int>
    {
        public void Report(int value) => tell(value);
    }

    // Images of one hit, large enough that no format takes all events at a time.
    private sealed class OneHitEach(int count, int failsAt = int.MaxValue) : EventSource
    {
        public override string Name => "one hit each";

        public override int Count => count;

        public override ImageShape ImageShape => new(64, 64);

        protected override void ReadImages(int start, Span<float> images)
        {
            if (start + (images.Length / ImageShape.Values) > failsAt)
            {
                throw new EventFormatException("The events end here.", Name);
            }

            images.Clear();
            for (int i = 0; i < images.Length; i += ImageShape.Values)
            {
                images[i] = 1;
            }
        }

        protected override void ReadLabelsCore(int start, Span<int> labels) => labels.Clear();
    }
}
