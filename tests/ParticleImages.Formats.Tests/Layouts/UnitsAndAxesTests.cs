using ParticleImages.Formats.Tests.Hdf5;
using ParticleImages.Formats.Tests.Parquet;

namespace ParticleImages.Formats.Tests.Layouts;

/// <summary>Values brought to other units, and images turned, while they are read.</summary>
public sealed class UnitsAndAxesTests : IDisposable
{
    private static readonly EventBatch Events = ExampleEvents.Batch(7, height: 5, width: 4);

    private readonly TemporaryFolder folder = new();

    public static TheoryData<string, double, double> Factors
    {
        get
        {
            var data = new TheoryData<string, double, double>();
            foreach (string file in new[] { "a.hdf5", "a.npz", "a.arrow", "a.parquet", "lists.parquet" })
            {
                data.Add(file, 1, 1);
                data.Add(file, 1 / 50_000.0, 1);
                data.Add(file, 1, 1 / 50.0);
                data.Add(file, 3, 0.1);
            }

            return data;
        }
    }

    public void Dispose() => folder.Dispose();

    [Theory]
    [MemberData(nameof(Factors))]
    public void Every_value_is_multiplied_in_double_and_rounded_and_a_factor_of_1_keeps_its_bits(string file, double energy, double time)
    {
        float[] expected = [.. Events.Images.ToArray().Select((value, i) => (i % 2 == 0 ? energy : time) is var factor && factor == 1 ? value : (float)(value * factor))];
        Save(file);
        using EventSource source = EventFile.Open(folder[file], EventLayout.Default.ScaledBy(energy, time));
        ExpectedEvents.AssertSame(expected, source.Read(0, 7).Images);
        ExpectedEvents.AssertSame(expected.AsSpan(2 * Events.Shape.Values, 3 * Events.Shape.Values), source.Read(2, 3).Images);
        Assert.Equal(Events.Labels, source.Read(0, 7).Labels);

        // What was found, when it is stated, is the same file.
        Assert.Equal((energy, time), (source.Layout!.EnergyFactor, source.Layout.TimeFactor));
        using EventSource again = EventFile.Open(folder[file], source.Layout);
        ExpectedEvents.AssertSame(expected, again.Read(0, 7).Images);
        Assert.Equal(source.Layout, again.Layout);
    }

    [Fact]
    public void Hits_where_they_stand_in_a_file_come_in_other_units_too()
    {
        using var source = EventSource.FromBatch(Events);
        HitFile.Save(source, folder["hits.arrow"]);
        using HitFile plain = HitFile.Open(folder["hits.arrow"]);
        using HitFile scaled = HitFile.Open(folder["hits.arrow"], EventLayout.Default.ScaledBy(energy: 0.02, time: 50));
        Assert.Equal(plain.Events.HitCount, scaled.Events.HitCount);
        for (int i = 0; i < plain.Events.Count; i++)
        {
            Assert.Equal(plain.Events[i].Energies.ToArray().Select(energy => (float)(energy * 0.02)), scaled.Events[i].Energies.ToArray());
            Assert.Equal(plain.Events[i].Times.ToArray().Select(time => (float)(time * 50.0)), scaled.Events[i].Times.ToArray());
            Assert.Equal(plain.Events[i].Pixels, scaled.Events[i].Pixels);
        }
    }

    /// <summary>The hit is as it should be, so it is the factor that is blamed; what is wrong in the file itself is not.</summary>
    [Theory]
    [InlineData(1e-20, 1, "hit 0 of event 1 with energy 1E-30, which the factor 1E-20 makes 0", 1)]
    [InlineData(1e39, 1, "hit 1 of event 0 with energy 2, which the factor 1E+39 makes Infinity", 0)]
    [InlineData(2, 1e39, "hit 0 of event 0 with time 1, which the factor 1E+39 makes Infinity", 0)]
    [InlineData(2, 2, "Hit 0 of event 2 of {0} has energy 0. A hit's energy is finite and not 0. Make the file again", 2)]
    public void Hits_that_a_factor_brings_to_none_are_refused_by_the_factor(double energy, double time, string words, int row)
    {
        Apache.Arrow.ListArray hits = Arrow.OtherWriter.Hits([0, 2, 3, 4], [0, 1, 2, 3], [1e-10f, 2, row == 1 ? 1e-30f : 1, row == 2 ? 0 : 1], [1, 1, 1, 1]);
        Arrow.OtherWriter.Write(folder["hits.arrow"], Arrow.OtherWriter.Size, [Arrow.OtherWriter.Column("hits", hits)], [[hits]]);
        using HitFile file = HitFile.Open(folder["hits.arrow"], EventLayout.Default.LabelAll(0).ScaledBy(energy, time));
        EventFormatException error = Assert.Throws<EventFormatException>(() => file.Events[0].Count);
        Assert.Contains(string.Format(System.Globalization.CultureInfo.InvariantCulture, words, file.Path), error.Message, StringComparison.Ordinal);
        Assert.Equal(file.Path, error.Path);
        Assert.Equal(row, error.Row);
    }

    /// <summary>A file opens in milliseconds in any units: its hits are copied when they are used, a record batch at a time.</summary>
    [Fact]
    public void Hits_in_other_units_are_not_copied_before_they_are_used()
    {
        using var source = EventSource.FromBatch(ExampleEvents.Batch(150, 256, 256));
        HitFile.Save(source, folder["hits.arrow"]);
        long before = GC.GetAllocatedBytesForCurrentThread();
        using HitFile file = HitFile.Open(folder["hits.arrow"], EventLayout.Default.ScaledBy(energy: 0.02));
        long opened = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.InRange(opened, 0, file.Events.HitCount / 4);
        Assert.True(file.Events[0].Count > 0);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before - opened, file.Events.HitCount, 3 * file.Events.HitCount);
    }

    [Fact]
    public void The_time_that_the_layout_gives_is_as_it_is_given()
    {
        Arrays.Write(folder["a.npz"], ("X", Arrays.Of([1, 2, 3, 4], 2, 1, 2)), ("y", new int[2]));
        using EventSource source = EventFile.Open(folder["a.npz"], EventLayout.Default.TimeAll(0.25f).ScaledBy(energy: 10, time: 10));
        Assert.Equal([10, 0.25f, 20, 0.25f, 30, 0.25f, 40, 0.25f], source.Read(0, 2).Images);
    }

    [Theory]
    [InlineData("a.hdf5", "ecrv")]
    [InlineData("a.hdf5", "evcr")]
    [InlineData("a.npz", "ecrv")]
    [InlineData("a.npz", "evcr")]
    public void Columns_before_rows_are_turned_for_any_size(string file, string order)
    {
        var random = new Random(3);
        for (int round = 0; round < 10; round++)
        {
            EventBatch events = ExampleEvents.Batch(4, random.Next(3, 9), random.Next(3, 9), seed: round);
            string path = Arrays.Write(folder[$"{round}{file}"], ("X", Arrays.Turned(events, order)), ("y", events.Labels.ToArray()));
            using EventSource source = EventFile.Open(path, EventLayout.Default.ColumnFirst());
            Assert.Equal(events.Shape, source.ImageShape);
            ExpectedEvents.AssertSame(events.Images, source.Read(0, 4).Images);
            Assert.True(source.Layout!.IsColumnFirst);
        }
    }

    [Fact]
    public void One_of_several_channels_is_turned_and_scaled_too()
    {
        // (events, columns, rows, channels): the value tells where it stands.
        var values = new float[1, 2, 3, 4];
        foreach ((int column, int row, int channel) in from c in Enumerable.Range(0, 2) from r in Enumerable.Range(0, 3) from n in Enumerable.Range(0, 4) select (c, r, n))
        {
            values[0, column, row, channel] = (100 * row) + (10 * column) + channel;
        }

        Arrays.Write(folder["a.npz"], ("X", values), ("y", new int[1]));
        using EventSource source = EventFile.Open(folder["a.npz"], EventLayout.Default.ChannelLast().Channel(3).TimeAll(0).ColumnFirst().ScaledBy(energy: 2));
        Assert.Equal(new ImageShape(3, 2), source.ImageShape);
        Assert.Equal([6, 0, 26, 0, 206, 0, 226, 0, 406, 0, 426, 0], source.Read(0, 1).Images);
    }

    [Fact]
    public void A_table_of_hits_has_no_axes_to_turn()
    {
        Save("a.parquet");
        foreach (EventLayout layout in new[] { EventLayout.Default.ColumnFirst(), EventLayout.Default.ChannelLast() })
        {
            Assert.Contains("table of hits", Assert.Throws<EventFormatException>(() => EventFile.Open(folder["a.parquet"], layout)).Message, StringComparison.Ordinal);
        }
    }

    private void Save(string file)
    {
        if (file == "lists.parquet")
        {
            ParquetFiles.Write(folder[file], 3, null, null, ParquetFiles.Column("X", ParquetFiles.ChannelsLast(Events)), ParquetFiles.Column("y", Events.Labels.ToArray()));
            return;
        }

        using var source = EventSource.FromBatch(Events);
        EventFile.Save(source, folder[file]);
    }
}
