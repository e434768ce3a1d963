using ParticleImages.Formats.Hdf5;
using ParticleImages.Formats.Tests.Hdf5;

namespace ParticleImages.Formats.Tests;

public sealed class EventFileTests
{
    [Theory]
    [InlineData("gzip")]
    [InlineData("userblock-gzip")]
    public void A_format_is_told_by_how_the_file_begins_not_by_its_name(string name)
    {
        using var folder = new TemporaryFolder();
        string path = folder["events.npz"];
        File.Copy(ExpectedEvents.File(name), path);
        Assert.IsType<Hdf5Format>(EventFile.FormatOf(path));
        using EventSource source = EventFile.Open(path);
        Assert.Equal(48, source.Count);
    }

    [Fact]
    public void A_file_of_no_known_format_is_refused_with_the_formats_known()
    {
        using var folder = new TemporaryFolder();
        string path = folder["events.dat"];
        File.Copy(ExpectedEvents.File("bad-not-hdf5"), path);
        EventFormatException error = Assert.Throws<EventFormatException>(() => EventFile.Open(path));
        Assert.Equal(path, error.Path);
        Assert.Contains("HDF5 (.hdf5, .h5", error.Message, StringComparison.Ordinal);
    }

    /// <summary>Holds for every ending of every format: a file that begins like none is what its name says, and told what is wrong with that.</summary>
    [Fact]
    public void A_file_that_begins_like_no_format_is_refused_by_the_one_of_its_name()
    {
        using var folder = new TemporaryFolder();
        int endings = 0;
        foreach (IEventFormat format in EventFile.Formats)
        {
            foreach (string ending in format.Extensions)
            {
                string path = folder["download" + ending.ToUpperInvariant()];
                File.WriteAllText(path, "<!DOCTYPE html><html><body>Please sign in to download events.</body></html>");
                Assert.Same(format, EventFile.FormatOf(path));
                EventFormatException error = Assert.Throws<EventFormatException>(() => EventFile.Open(path, EventLayout.Default.LabelAll(0)));
                Assert.Equal(path, error.Path);
                Assert.Contains(format.Name == "npz" ? "zip" : format.Name, error.Message, StringComparison.Ordinal);
                Assert.Throws<EventFormatException>(() => EventFile.Describe(path));
                endings++;
            }
        }

        Assert.True(endings >= 10);
    }

    /// <summary>What is left of a file whose first bytes were lost tells what it was.</summary>
    [Theory]
    [InlineData("events.parquet", "begins with the bytes 00000000")]
    [InlineData("events.hdf5", "signature")]
    [InlineData("events.npz", "events.npz, array")]
    [InlineData("events.arrow", "Arrow")]
    public void A_file_with_a_damaged_head_is_refused_by_the_format_of_its_name(string name, string words)
    {
        using var folder = new TemporaryFolder();
        EventFile.Save(EventSource.FromBatch(ExpectedEvents.Batch), folder[name]);
        byte[] bytes = File.ReadAllBytes(folder[name]);
        bytes.AsSpan(0, 4).Clear();
        File.WriteAllBytes(folder[name], bytes);
        EventFormatException error = Assert.Throws<EventFormatException>(() =>
        {
            using EventSource events = EventFile.Open(folder[name]);
            events.Read(0, events.Count);
        });
        Assert.Contains(words, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_without_datasets_is_refused()
    {
        EventFormatException error = Assert.Throws<EventFormatException>(() => EventFile.Open(ExpectedEvents.File("bad-empty-file")));
        Assert.Contains("It has no datasets.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_file_is_told_with_the_nearest_names_there()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["unlike-it.h5"], "");
        File.WriteAllText(folder["photons.hdf5"], "");
        File.WriteAllText(folder["notes.txt"], "");
        string path = folder["photon.hdf5"];
        FileNotFoundException error = Assert.Throws<FileNotFoundException>(() => EventFile.Open(path));
        Assert.Equal(path, error.FileName);
        Assert.Contains("holds photons.hdf5, unlike-it.h5.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_folder_is_told()
    {
        using var folder = new TemporaryFolder();
        FileNotFoundException error = Assert.Throws<FileNotFoundException>(
            () => EventFile.Open(Path.Combine(folder.Path, "nowhere", "a.hdf5")));
        Assert.Contains("Nor is there a folder", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Saving_to_an_unknown_ending_is_refused_with_the_endings_known()
    {
        using var folder = new TemporaryFolder();
        ArgumentException error = Assert.Throws<ArgumentException>(
            () => EventFile.Save(EventSource.FromBatch(ExpectedEvents.Batch), folder["events.root"]));
        Assert.Contains("'.root'", error.Message, StringComparison.Ordinal);
        Assert.Contains("HDF5 (.hdf5, .h5", error.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(folder.Path));
    }

    [Theory]
    [InlineData(".hdf5", "")]
    [InlineData(".hdf5", "a\0b")]
    [InlineData(".npz", "")]
    [InlineData(".arrow", "")]
    [InlineData(".arrow", "image_height")]
    [InlineData(".parquet", "")]
    [InlineData(".parquet", "pandas")]
    public void An_attribute_that_could_not_be_kept_is_refused_before_anything_is_written(string ending, string name)
    {
        using var folder = new TemporaryFolder();
        using var events = EventSource.FromBatch(ExpectedEvents.Batch);
        ArgumentException error = Assert.Throws<ArgumentException>(() => EventFile.Save(events, folder["a" + ending], new Dictionary<string, string> { [name] = "text" }));
        Assert.Contains($"'{name}'", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => EventFile.Save(events, folder["a" + ending], new Dictionary<string, string> { ["source"] = null! }));
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder.Path));
    }

    /// <summary>Texts in UTF-8 have no half of a pair, and in HDF5 they end at a zero character; what one format would lose is refused by all.</summary>
    [Fact]
    public void An_attribute_that_would_come_back_changed_is_refused_by_every_format()
    {
        using var folder = new TemporaryFolder();
        using var events = EventSource.FromBatch(ExpectedEvents.Batch);
        foreach (string text in new[] { "a\uD83Db", "\uDE00", "\uDE00\uD83D", "a\0b" })
        {
            foreach (string ending in new[] { ".hdf5", ".npz", ".arrow", ".arrows", ".parquet" })
            {
                ArgumentException error = Assert.Throws<ArgumentException>(
                    () => EventFile.Save(events, folder["a" + ending], new Dictionary<string, string> { ["source"] = text }));
                Assert.Contains("'source'", error.Message, StringComparison.Ordinal);
                Assert.Throws<ArgumentException>(() => EventFile.Save(events, folder["a" + ending], new Dictionary<string, string> { [text] = "source" }));
            }

            Assert.Throws<ArgumentException>(() => HitFile.Save(events, folder["a.arrow"], new Dictionary<string, string> { ["source"] = text }));
        }

        Assert.Empty(Directory.EnumerateFileSystemEntries(folder.Path));
    }

    [Fact]
    public void Saving_makes_the_folder()
    {
        using var folder = new TemporaryFolder();
        string path = Path.Combine(folder.Path, "new", "events.H5");
        EventFile.Save(EventSource.FromBatch(ExpectedEvents.Batch), path);
        Assert.True(File.Exists(path));
    }

    [Fact]
    public void An_empty_path_is_a_mistake_of_the_caller() =>
        Assert.Throws<ArgumentException>(() => EventFile.Open(" "));
}
