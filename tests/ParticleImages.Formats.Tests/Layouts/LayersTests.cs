using ParticleImages.Formats.Tests.Arrow;
using ParticleImages.Formats.Tests.Hdf5;
using ParticleImages.Formats.Tests.Parquet;
using FixedSizeListArray = Apache.Arrow.FixedSizeListArray;
using Int32Array = Apache.Arrow.Int32Array;

namespace ParticleImages.Formats.Tests.Layouts;

/// <summary>Events with layers in depth, read as hits.</summary>
public sealed class LayersTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("a.hdf5", LayerOrder.First, false)]
    [InlineData("a.hdf5", LayerOrder.Last, false)]
    [InlineData("a.hdf5", LayerOrder.First, true)]
    [InlineData("a.npz", LayerOrder.Last, true)]
    [InlineData("a.npz", LayerOrder.First, false)]
    public void They_are_the_hits_of_the_cells_for_any_size_and_range(string file, LayerOrder order, bool isFlat)
    {
        var random = new Random(5);
        for (int round = 0; round < 10; round++)
        {
            (int count, int layers, int height, int width) = (random.Next(1, 6), random.Next(1, 7), random.Next(1, 6), random.Next(1, 6));
            var size = new ImageShape(height, width);
            float[] cells = [.. Enumerable.Range(0, count * layers * size.Pixels).Select(_ => random.Next(3) == 0 ? random.NextSingle() : 0)];
            int[] labels = [.. Enumerable.Range(0, count).Select(_ => random.Next(2))];
            int[] shape = isFlat ? [count, layers * size.Pixels] : order == LayerOrder.First ? [count, layers, height, width] : [count, height, width, layers];
            string path = Arrays.Write(folder[$"{round}{file}"], ("what", Arrays.Of(cells, shape)), ("y", labels));
            EventLayout layout = EventLayout.Default.Images("what").Layers(layers, order);
            layout = isFlat ? layout.Size(size) : layout;

            AssertSame(HitEvents.FromLayers(size, layers, cells, labels, order), EventFile.ReadLayers(path, layout));
            int start = random.Next(count), number = random.Next(count - start + 1);
            int length = layers * size.Pixels;
            AssertSame(
                HitEvents.FromLayers(size, layers, cells.AsSpan(start * length, number * length), labels.AsSpan(start, number), order),
                EventFile.ReadLayers(path, layout, start, number));
        }
    }

    [Fact]
    public void Lists_of_cells_are_read_too()
    {
        var size = new ImageShape(2, 3);
        float[] cells = [.. Enumerable.Range(1, 3 * 4 * size.Pixels).Select(cell => (float)cell)];
        HitEvents expected = HitEvents.FromLayers(size, 4, cells, [0, 1, 0]);
        EventLayout layout = EventLayout.Default.Images("what").Layers(4).Size(size);
        ParquetFiles.Write(
            folder["flat.parquet"], 2, null, null, ParquetFiles.Column("what", cells.Chunk(24).ToArray()), ParquetFiles.Column("y", new[] { 0, 1, 0 }));
        AssertSame(expected, EventFile.ReadLayers(folder["flat.parquet"], layout));
        ParquetFiles.Write(
            folder["nested.parquet"],
            2,
            null,
            null,
            ParquetFiles.Column("what", cells.Chunk(24).Select(shower => shower.Chunk(6).Select(layer => layer.Chunk(3).ToArray()).ToArray()).ToArray()),
            ParquetFiles.Column("y", new[] { 0, 1, 0 }));
        AssertSame(expected, EventFile.ReadLayers(folder["nested.parquet"], EventLayout.Default.Images("what").Layers(4)));

        FixedSizeListArray lists = OtherWriter.Lists(OtherWriter.Floats(cells), 24);
        Int32Array labels = OtherWriter.Labels(0, 1, 0);
        OtherWriter.Write(folder["a.arrow"], null, [OtherWriter.Column("what", lists), OtherWriter.Column("labels", labels)], [[lists, labels]]);
        AssertSame(expected, EventFile.ReadLayers(folder["a.arrow"], layout));
    }

    [Fact]
    public void The_only_cells_are_found_and_units_apply_to_energies_alone()
    {
        string path = Arrays.Write(folder["a.npz"], ("cells", Arrays.Of([0, 2, 4, 0, 0, 8], 1, 2, 1, 3)), ("energy", new float[1]), ("X2", new float[1, 3]));
        HitEvents hits = EventFile.ReadLayers(path, EventLayout.Default.Layers(2).LabelAll(1).ScaledBy(energy: 0.5, time: 7));
        Assert.Equal(new ImageShape(1, 3), hits.Shape);
        Assert.Equal([1f, 2f, 4f], hits[0].Energies);
        Assert.Equal([0f, 0f, 1f], hits[0].Times);
        Assert.Equal([(ushort)1, (ushort)2, (ushort)2], hits[0].Pixels);
    }

    [Fact]
    public void What_does_not_fit_is_refused_with_the_verb_that_would()
    {
        string path = Arrays.Write(
            folder["a.npz"], ("cells", new float[2, 3, 4, 5]), ("flat", new float[2, 60]), ("wide", new float[1, 70_000]), ("y", new int[2]));
        Assert.Contains("(2, 3, 4, 5); the layout wants (events, 5, rows, columns). State the number of layers", Refused("cells", 5, LayerOrder.First), StringComparison.Ordinal);
        Assert.Contains("(2, 3, 4, 5); the layout wants (events, rows, columns, 3)", Refused("cells", 3, LayerOrder.Last), StringComparison.Ordinal);
        Assert.Contains("Size(size)", Refused("flat", 3, LayerOrder.First), StringComparison.Ordinal);
        Assert.Contains("(events, 36)", Refused("flat", 3, LayerOrder.First, new ImageShape(3, 4)), StringComparison.Ordinal);
        Assert.Contains("4 × 5 cells each; the layout states 5 × 4", Refused("cells", 3, LayerOrder.First, new ImageShape(5, 4)), StringComparison.Ordinal);
        Assert.Contains("70000 cells an event; 1 to 65536 are read", Refused("wide", 70, LayerOrder.First, new ImageShape(10, 100)), StringComparison.Ordinal);

        EventLayout layout = EventLayout.Default.Images("cells").Layers(3);
        Assert.Contains("ReadLayers", Assert.Throws<ArgumentException>("layout", () => EventFile.Open(path, layout)).Message, StringComparison.Ordinal);
        Assert.Contains("Layers(count)", Assert.Throws<ArgumentException>("layout", () => EventFile.ReadLayers(path, EventLayout.Default)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>("layout", () => EventFile.ReadLayers(path, layout.TimeAll(0)));
        Assert.Throws<ArgumentException>("layout", () => EventFile.ReadLayers(path, layout.ColumnFirst()));
        Assert.Throws<ArgumentOutOfRangeException>("start", () => EventFile.ReadLayers(path, layout, start: 3));
        Assert.Throws<ArgumentOutOfRangeException>("count", () => EventFile.ReadLayers(path, layout, start: 1, count: 2));
        Assert.Throws<OperationCanceledException>(() => EventFile.ReadLayers(path, layout, cancellation: new CancellationToken(canceled: true)));
        Assert.Throws<FileNotFoundException>(() => EventFile.ReadLayers(folder["none.npz"], layout));

        string Refused(string name, int layers, LayerOrder order, ImageShape? size = null)
        {
            EventLayout stated = EventLayout.Default.Images(name).Layers(layers, order);
            return Assert.Throws<EventFormatException>(() => EventFile.ReadLayers(path, size is { } of ? stated.Size(of) : stated)).Message;
        }
    }

    internal static void AssertSame(HitEvents expected, HitEvents actual)
    {
        Assert.Equal((expected.Shape, expected.Count, expected.HitCount), (actual.Shape, actual.Count, actual.HitCount));
        Assert.Equal(expected.Labels, actual.Labels);
        for (int i = 0; i < expected.Count; i++)
        {
            Assert.Equal(expected[i].Pixels, actual[i].Pixels);
            Assert.Equal(expected[i].Times, actual[i].Times);
            ExpectedEvents.AssertSame(expected[i].Energies, actual[i].Energies);
        }
    }
}
