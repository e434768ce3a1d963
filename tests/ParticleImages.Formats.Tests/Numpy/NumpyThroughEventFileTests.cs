using ParticleImages.Formats.Numpy;
using ParticleImages.Numpy;

namespace ParticleImages.Formats.Tests.Numpy;

public sealed class NumpyThroughEventFileTests
{
    private static readonly EventBatch Events = ExampleEvents.Batch(9);

    [Theory]
    [InlineData("a.npz")]
    [InlineData("A.NPZ")]
    public void Saved_events_open_describe_and_tell_their_texts(string name)
    {
        using var folder = new TemporaryFolder();
        var texts = new Dictionary<string, string> { ["note"] = "synthetic" };
        EventFile.Save(EventSource.FromBatch(Events), folder[name], texts);
        Assert.IsType<NpzFormat>(EventFile.FormatOf(folder[name]));
        Assert.Equal(["images", "labels", "attributes"], EventFile.Describe(folder[name]).Select(array => array.Name));
        Assert.Equal(texts, EventFile.ReadAttributes(folder[name]));
        using EventSource source = EventFile.Open(folder[name]);
        Assert.Equal(Events.Images.ToArray(), source.Read(0, 9).Images.ToArray());
    }

    [Fact]
    public void A_single_array_opens_by_how_it_begins()
    {
        using var folder = new TemporaryFolder();
        NpyFile.Write(folder["photons.dat"], Events.Images.ToArray(), 9, 5, 4, 2);
        Assert.IsType<NpyFormat>(EventFile.FormatOf(folder["photons.dat"]));
        using EventSource source = EventFile.Open(folder["photons.dat"], EventLayout.Default.LabelAll(ParticleLabel.Photon));
        Assert.Equal(Events.Images.ToArray(), source.Read(0, 9).Images.ToArray());
        Assert.Empty(EventFile.ReadAttributes(folder["photons.dat"]));
    }

    [Fact]
    public void A_single_array_is_not_saved_and_the_message_says_what_is()
    {
        using var folder = new TemporaryFolder();
        var error = Assert.Throws<ArgumentException>(() => EventFile.Save(EventSource.FromBatch(Events), folder["a.npy"]));
        Assert.Contains(".npz", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Events_go_from_HDF5_to_npz_and_back_bit_for_bit()
    {
        using var folder = new TemporaryFolder();
        EventFile.Save(EventSource.FromBatch(Events), folder["a.hdf5"]);
        using (EventSource first = EventFile.Open(folder["a.hdf5"]))
        {
            EventFile.Save(first, folder["b.npz"]);
        }

        using EventSource second = EventFile.Open(folder["b.npz"]);
        Assert.Equal(Events.Images.ToArray(), second.Read(0, 9).Images.ToArray());
        Assert.Equal(Events.Labels.ToArray(), second.Read(0, 9).Labels.ToArray());
    }
}
