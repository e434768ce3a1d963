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
        string path = ExpectedEvents.File("bad-not-hdf5");
        EventFormatException error = Assert.Throws<EventFormatException>(() => EventFile.Open(path));
        Assert.Equal(path, error.Path);
        Assert.Contains("HDF5 (.hdf5, .h5", error.Message, StringComparison.Ordinal);
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
