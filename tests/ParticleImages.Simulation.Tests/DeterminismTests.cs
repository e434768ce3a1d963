using System.Runtime.InteropServices;
using System.Security.Cryptography;
using FsCheck.Xunit;

namespace ParticleImages.Simulation.Tests;

public class DeterminismTests
{
    private const int EventsOfAClass = 40;

    private static readonly ToyShowers Showers = ToyShowers.With(EventsOfAClass, EventsOfAClass, seed: 11);
    private static readonly EventBatch Whole = ReadAll(Showers);

    [Property(MaxTest = 30)]
    public void Any_range_reads_what_the_whole_holds(ushort from, ushort length)
    {
        int start = from % (Whole.Count + 1);
        int count = length % (Whole.Count - start + 1);
        using EventSource events = Showers.Build();

        EventBatch part = events.Read(start, count);

        Assert.Equal(Whole.Images.Slice(start * Whole.Shape.Values, count * Whole.Shape.Values), part.Images);
        Assert.Equal(Whole.Labels.Slice(start, count), part.Labels);
    }

    [Property(MaxTest = 10)]
    public void An_event_depends_on_seed_class_and_number_alone(int seed, byte number)
    {
        int index = number % 8;
        using EventSource few = ToyShowers.With(photons: 8, electrons: 8, seed).Build();
        using EventSource more = ToyShowers.With(photons: 1000, electrons: 9, seed).Build();

        Assert.Equal(few.Read(index, 1).Images, more.Read(index, 1).Images);
        Assert.Equal(few.Read(8 + index, 1).Images, more.Read(1000 + index, 1).Images);
    }

    [Fact]
    public void One_thread_and_many_give_the_same_bits()
    {
        foreach (int threads in (ReadOnlySpan<int>)[1, 2, 7])
        {
            using EventSource events = Showers.BuildOn(threads);
            Assert.Equal(Whole.Images, events.Read(0, events.Count).Images);
        }
    }

    [Fact]
    public async Task Threads_may_share_a_source()
    {
        using EventSource events = Showers.Build();
        EventBatch[] batches = await Task.WhenAll(
            Enumerable.Range(0, 4).Select(_ => Task.Run(() => events.Read(0, events.Count))));

        Assert.All(batches, batch => Assert.Equal(Whole.Images, batch.Images));
    }

    [Fact]
    public void Reading_across_the_blocks_of_the_simulation_changes_nothing()
    {
        ToyShowers many = ToyShowers.With(photons: 520, electrons: 520, seed: 11);
        EventBatch all = ReadAll(many);
        using EventSource events = many.Build();

        Assert.Equal(all.Image(511), events.Read(511, 1).Image(0));
        Assert.Equal(all.Image(512), events.Read(500, 20).Image(12));
        Assert.Equal(all.Image(1039), events.Read(1039, 1).Image(0));
    }

    [Fact]
    public void All_events_differ_and_so_do_those_of_other_seeds()
    {
        EventBatch others = ReadAll(ToyShowers.With(EventsOfAClass, EventsOfAClass, seed: 12));

        var images = new HashSet<string>();
        for (int i = 0; i < Whole.Count; i++)
        {
            images.Add(Fingerprint(Whole.Image(i)));
            images.Add(Fingerprint(others.Image(i)));
        }

        Assert.Equal(2 * Whole.Count, images.Count);
    }

    [Fact]
    public void Recipe_1_gives_these_bits_on_every_machine()
    {
        // A change here changes everybody's events: raise the recipe's number with it.
        Assert.Equal("3d1c5aece4917b36d9dc5d4bc6c2a8d03596c8341a16fc254d032aebc52ca35c", Fingerprint(Whole.Images));
    }

    private static EventBatch ReadAll(ToyShowers showers)
    {
        using EventSource events = showers.Build();
        return events.Read(0, events.Count);
    }

    private static string Fingerprint(ReadOnlySpan<float> values) =>
        Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes(values)));
}
