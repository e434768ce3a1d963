using ParticleImages.Formats.Numpy;
using ParticleImages.Numpy;

namespace ParticleImages.Formats.Tests.Numpy;

public sealed class NpyFormatTests
{
    private static readonly NpyFormat Format = new();
    private static readonly EventBatch Events = ExampleEvents.Batch(6);

    [Fact]
    public void One_file_of_labels_is_not_taken_for_several_of_images()
    {
        using var folder = new TemporaryFolder();
        foreach (string place in new[] { "", "other" })
        {
            Directory.CreateDirectory(folder[place]);
            NpyFile.Write(Path.Combine(folder[place], "a.npy"), new float[2 * 5 * 4 * 2], 2, 5, 4, 2);
            NpyFile.Write(Path.Combine(folder[place], "b.npy"), new float[2 * 5 * 4 * 2], 2, 5, 4, 2);
            NpyFile.Write(Path.Combine(folder[place], "y.npy"), [0, 1], 2);
        }

        EventLayout layout = EventLayout.Default.Labels("y.npy");
        var error = Assert.Throws<EventFormatException>(() => EventFile.OpenAll([folder["a.npy"], folder["b.npy"]], layout));
        Assert.Contains("its own labels", error.Message, StringComparison.Ordinal);

        // A file twice is the same events twice, and in another folder the name is another file's.
        using EventSource twice = EventFile.OpenAll([folder["a.npy"], folder["a.npy"], Path.Combine(folder["other"], "b.npy")], layout);
        Assert.Equal(6, twice.Count);
    }

    [Fact]
    public void Images_without_a_word_on_labels_are_refused()
    {
        using var folder = new TemporaryFolder();
        var error = Assert.Throws<EventFormatException>(() => Format.Open(Images(folder), EventLayout.Default));
        Assert.Contains("Labels(\"file.npy\")", error.Message, StringComparison.Ordinal);
        Assert.Contains("LabelAll", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_labels_file_that_is_not_there_is_named()
    {
        using var folder = new TemporaryFolder();
        var error = Assert.Throws<EventFormatException>(() => Format.Open(Images(folder), EventLayout.Default.Labels("y.npy")));
        Assert.Equal(folder["y.npy"], error.Path);
    }

    [Fact]
    public void A_bad_label_names_the_labels_file_and_its_row()
    {
        using var folder = new TemporaryFolder();
        NpyFile.Write(folder["y.npy"], new[] { 0, 1, 2, 1, 0, 1 });
        using EventSource source = Format.Open(Images(folder), EventLayout.Default.Labels("y.npy"));
        var error = Assert.Throws<EventFormatException>(() => source.ReadLabels(0, new int[6]));
        Assert.Equal((folder["y.npy"], 2), (error.Path, error.Row));
    }

    [Fact]
    public void A_name_for_the_only_array_is_refused()
    {
        using var folder = new TemporaryFolder();
        var error = Assert.Throws<EventFormatException>(
            () => Format.Open(Images(folder), EventLayout.Default.Images("X").LabelAll(0)));
        Assert.Contains("Leave Images(name) out", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Images_in_Fortran_order_are_refused_when_opened()
    {
        using var folder = new TemporaryFolder();
        byte[] bytes = File.ReadAllBytes(Images(folder));
        int at = bytes.AsSpan().IndexOf("False"u8);
        "True "u8.CopyTo(bytes.AsSpan(at));
        File.WriteAllBytes(folder["X.npy"], bytes);
        var error = Assert.Throws<EventFormatException>(() => Format.Open(folder["X.npy"], EventLayout.Default.LabelAll(0)));
        Assert.Contains("ascontiguousarray", error.Message, StringComparison.Ordinal);
        Assert.Equal("contiguous, Fortran order", Assert.Single(Format.Describe(folder["X.npy"])).Storage);
    }

    [Fact]
    public void A_value_beyond_float32_is_refused_with_its_event()
    {
        using var folder = new TemporaryFolder();
        double[] images = [.. Events.Images.ToArray().Select(value => (double)value)];
        images[(4 * 40) + 7] = 1e300;
        NpyFile.Write(folder["X.npy"], images, 6, 5, 4, 2);
        using EventSource source = Format.Open(folder["X.npy"], EventLayout.Default.LabelAll(0));
        Assert.Equal(4, source.Read(0, 4).Count);
        Assert.Equal(4, Assert.Throws<EventFormatException>(() => source.Read(0, 6)).Row);
    }

    [Fact]
    public void Saving_is_refused_since_the_labels_would_be_lost()
    {
        using var folder = new TemporaryFolder();
        var error = Assert.Throws<ArgumentException>(() => Format.Save(
            folder["a.npy"], EventSource.FromBatch(Events), new Dictionary<string, string>(), null, default));
        Assert.Contains(".npz", error.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(folder.Path));
    }

    [Fact]
    public void Describing_tells_the_array_and_recognizing_its_magic_bytes()
    {
        using var folder = new TemporaryFolder();
        DatasetDescription array = Assert.Single(Format.Describe(Images(folder)));
        Assert.Equal(("X.npy", "float32", "contiguous"), (array.Name, array.ElementType, array.Storage));
        Assert.Equal([6, 5, 4, 2], array.Shape);
        Assert.True(Format.Recognizes(File.ReadAllBytes(folder["X.npy"])));
        Assert.False(Format.Recognizes([0x93]));
        Assert.False(Format.Recognizes([]));
        Assert.Empty(((IEventFormat)Format).ReadAttributes(folder["X.npy"]));
    }

    private static string Images(TemporaryFolder folder)
    {
        NpyFile.Write(folder["X.npy"], Events.Images.ToArray(), 6, 5, 4, 2);
        return folder["X.npy"];
    }
}
