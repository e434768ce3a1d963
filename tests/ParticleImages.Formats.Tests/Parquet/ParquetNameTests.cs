using ParquetSharp;
using ParquetSharp.Schema;

namespace ParticleImages.Formats.Tests.Parquet;

/// <summary>What columns within structs and lists are called, and that no name stands for two of them.</summary>
public sealed class ParquetNameTests
{
    private static readonly EventLayout Layout = EventLayout.Default.TimeAll(0).LabelAll(0);

    [Fact]
    public void Lists_of_one_struct_have_names_of_their_own()
    {
        using var folder = new TemporaryFolder();
        Write(folder["a.parquet"], new GroupNode("event", Repetition.Required, [ListOfLists("images", Value("element")), ListOfLists("mask", Value("element"))]));
        Assert.Equal(["event.images", "event.mask"], EventFile.Describe(folder["a.parquet"]).Select(column => column.Name));
        foreach ((string name, float first) in new[] { ("event.images", 10f), ("event.mask", 20f) })
        {
            using EventSource source = EventFile.Open(folder["a.parquet"], Layout.Images(name));
            Assert.Equal([first, 0, first + 1, 0, first + 2, 0, first + 3, 0], source.Read(0, 1).Images.ToArray());
        }
    }

    [Fact]
    public void Values_of_one_list_of_structs_have_names_of_their_own()
    {
        using var folder = new TemporaryFolder();
        Write(folder["a.parquet"], ListOfLists("images", new GroupNode("element", Repetition.Required, [Value("time"), Value("energy")])));
        Assert.Equal(["images.time", "images.energy"], EventFile.Describe(folder["a.parquet"]).Select(column => column.Name));
        EventFormatException error = Assert.Throws<EventFormatException>(() => EventFile.Open(folder["a.parquet"], Layout.Images("images")));
        Assert.Contains("It has 'images.time', 'images.energy'.", error.Message, StringComparison.Ordinal);
        using EventSource source = EventFile.Open(folder["a.parquet"], Layout.Images("images.energy"));
        Assert.Equal(20f, source.Read(0, 1).Images[0]);
    }

    [Fact]
    public void A_name_that_two_columns_have_is_refused_with_both()
    {
        using var folder = new TemporaryFolder();
        Write(folder["a.parquet"], ListOfLists("images", new GroupNode("element", Repetition.Required, [Value("item"), Value("element")])));
        EventFormatException error = Assert.Throws<EventFormatException>(() => EventFile.Open(folder["a.parquet"], Layout));
        Assert.Contains("several columns 'images': images.list.element.list.element.item, images.list.element.list.element.element.", error.Message, StringComparison.Ordinal);
    }

    // One event of 2 × 2 values in each of two columns: 10 to 13 and 20 to 23.
    private static void Write(string path, Node node)
    {
        using var builder = new WriterPropertiesBuilder();
        using WriterProperties properties = builder.Build();
        using var root = new GroupNode("schema", Repetition.Required, [node]);
        using var writer = new ParquetFileWriter(path, root, properties);
        using RowGroupWriter group = writer.AppendRowGroup();
        foreach (float first in new[] { 10f, 20f })
        {
            using var column = (ColumnWriter<float>)group.NextColumn();
            column.WriteBatch(4, [2, 2, 2, 2], [0, 2, 1, 2], [first, first + 1, first + 2, first + 3]);
        }

        writer.Close();
    }

    private static GroupNode ListOfLists(string name, Node values) => List(name, List("element", values));

    private static GroupNode List(string name, Node values) =>
        new(name, Repetition.Required, [new GroupNode("list", Repetition.Repeated, [values])], LogicalType.List());

    private static PrimitiveNode Value(string name) => new(name, Repetition.Required, LogicalType.None(), PhysicalType.Float);
}
