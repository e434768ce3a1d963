using Apache.Arrow;
using Apache.Arrow.Types;
using ParticleImages.Formats.Arrow;

namespace ParticleImages.Formats.Tests.Arrow;

public sealed class ArrowRefusalTests : IDisposable
{
    private static readonly FixedSizeListArray Images = OtherWriter.Lists(OtherWriter.Floats(new float[36]), 12);
    private static readonly ListArray Hits = OtherWriter.Hits([0, 2, 3], [1, 2, 3], [1, 2, 3], [0, 0, 0]);
    private readonly TemporaryFolder folder = new();

    private string File => folder["events.arrow"];

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_null_is_refused_with_its_row_and_leaves_the_others_readable()
    {
        var item = new Field("item", FloatType.Default, true);
        var event2 = new FixedSizeListArray(new FixedSizeListType(item, 12), 3, OtherWriter.Floats(new float[36]), Bits(0b011), 1);
        RefusedRow(event2, OtherWriter.Labels(0, 1, 0), "images", 2);
        var values = new FloatArray.Builder();
        values.AppendRange(new float[17]).AppendNull().AppendRange(new float[18]);
        RefusedRow(OtherWriter.Lists(values.Build(), 12), OtherWriter.Labels(0, 1, 0), "images", 1);
        RefusedRow(Images, new Int32Array.Builder().Append(0).Append(1).AppendNull().Build(), "labels", 2);

        void RefusedRow(FixedSizeListArray images, Int32Array labels, string column, int row)
        {
            OtherWriter.Write(File, OtherWriter.Size, Fields(images, labels), [[Images, OtherWriter.Labels(0, 0, 0)], [images, labels]]);
            using EventSource source = EventFile.Open(File);
            Assert.Equal(3 + row, source.Read(0, 3 + row).Count);
            Assert.Equal(2 - row, source.Read(4 + row, 2 - row).Count);
            var error = Assert.Throws<EventFormatException>(() => source.Read(0, 6));
            Assert.Equal((File, column, 3 + row), (error.Path, error.Dataset, error.Row));
        }
    }

    [Fact]
    public void A_null_among_hits_is_refused_with_its_row()
    {
        var nullEnergy = new FloatArray.Builder().Append(1).Append(2).AppendNull().Build();
        (string, IArrowArray)[] columns =
            [("pixel", new UInt16Array.Builder().AppendRange([1, 2, 3]).Build()), ("energy", nullEnergy), ("time", OtherWriter.Floats(0, 0, 0))];
        RefusedRow(OtherWriter.Hits([0, 2, 3], columns), 1);
        var structure = new StructArray((StructType)((ListType)Hits.Data.DataType).ValueDataType, 3, Hits.Values.Data.Children.Select(ArrowArrayFactory.BuildArray), Bits(0b101), 1);
        RefusedRow(new ListArray((ListType)Hits.Data.DataType, 2, Hits.ValueOffsetsBuffer, structure, ArrowBuffer.Empty), 0);
        RefusedRow(new ListArray((ListType)Hits.Data.DataType, 2, Hits.ValueOffsetsBuffer, Hits.Values, Bits(0b01), 1), 1);

        void RefusedRow(ListArray hits, int row)
        {
            Int32Array labels = OtherWriter.Labels(0, 1);
            OtherWriter.Write(
                File, OtherWriter.Size, [OtherWriter.Column("hits", hits), OtherWriter.Column("labels", labels)], [[hits, labels]]);
            var error = Assert.Throws<EventFormatException>(() => HitFile.Open(File));
            Assert.Equal((File, "hits", row), (error.Path, error.Dataset, error.Row));
        }
    }

    public static TheoryData<string, string, string[]> Columns => new()
    {
        { "texts", "images", ["text", "fixed_size_list<float32>", "Images(name)"] },
        { "integers", "images", ["fixed_size_list<int32>[12]"] },
        { "dictionary", "images", ["dictionary of text"] },
        { "wide pixels", "hits", ["pixel: int32", "pixel: uint16"] },
        { "no time", "hits", ["struct<pixel: uint16, energy: float32>", "time: float32"] },
    };

    [Theory]
    [MemberData(nameof(Columns))]
    public void A_column_of_another_type_is_refused_by_name_and_type(string what, string name, string[] words)
    {
        var texts = new StringArray.Builder().Append("a").Append("b").Append("c").Build();
        IArrowArray array = what switch
        {
            "texts" => texts,
            "integers" => OtherWriter.Lists(OtherWriter.Labels(new int[36]), 12),
            "dictionary" => new DictionaryArray(new DictionaryType(Int8Type.Default, StringType.Default, false), new Int8Array.Builder().AppendRange([0, 1, 2]).Build(), texts),
            "wide pixels" => OtherWriter.Hits([0, 0, 1, 1], ("pixel", OtherWriter.Labels(1)), ("energy", OtherWriter.Floats(1)), ("time", OtherWriter.Floats(1))),
            _ => OtherWriter.Hits([0, 0, 1, 1], ("pixel", new UInt16Array.Builder().Append(1).Build()), ("energy", OtherWriter.Floats(1))),
        };
        OtherWriter.Write(
            File, OtherWriter.Size, [OtherWriter.Column(name, array), OtherWriter.Column("labels", OtherWriter.Labels())], [[array, OtherWriter.Labels(0, 1, 0)]]);
        var error = Assert.Throws<EventFormatException>(() => EventFile.Open(File));
        Assert.Equal((File, name), (error.Path, error.Dataset));
        Assert.All(words, word => Assert.Contains(word, error.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void Names_that_are_missing_or_stand_twice_are_refused_with_the_columns_there_are()
    {
        Int32Array labels = OtherWriter.Labels(0, 1, 0);
        Assert.Contains("neither 'images' nor 'hits'", Error(EventLayout.Default, ("X", labels), ("labels", labels)), StringComparison.Ordinal);
        Assert.Contains("both 'images' and 'hits'", Error(EventLayout.Default, ("images", Images), ("hits", Images)), StringComparison.Ordinal);
        Assert.Contains("several columns 'images'", Error(EventLayout.Default, ("images", Images), ("images", Images)), StringComparison.Ordinal);
        string missing = Error(EventLayout.Default, ("images", Images), ("label", Images));
        Assert.Contains("No column 'labels'", missing, StringComparison.Ordinal);
        Assert.Contains("'label' (fixed_size_list<float32>[12]), 'images' (fixed_size_list<float32>[12])", missing, StringComparison.Ordinal);
        Assert.Contains("No column 'image'", Error(EventLayout.Default.Images("image"), ("images", Images), ("labels", labels)), StringComparison.Ordinal);
        Assert.Contains("Leave LabelAll(label) out", Error(EventLayout.Default.LabelAll(0), ("images", Images), ("labels", labels)), StringComparison.Ordinal);
        Assert.Contains("It has no columns.", Error(EventLayout.Default), StringComparison.Ordinal);
        Assert.Contains("one integer, truth value or float", Error(EventLayout.Default, ("images", Images), ("labels", Images)), StringComparison.Ordinal);

        string Error(EventLayout layout, params (string Name, IArrowArray Values)[] columns)
        {
            IArrowArray[] arrays = [.. columns.Select(column => column.Values)];
            OtherWriter.Write(File, OtherWriter.Size, [.. columns.Select(column => OtherWriter.Column(column.Name, column.Values))], arrays.Length == 0 ? [] : [arrays]);
            var error = Assert.Throws<EventFormatException>(() => EventFile.Open(File, layout));
            Assert.Equal(File, error.Path);
            return error.Message;
        }
    }

    [Theory]
    [InlineData(null, null, "does not say of which size")]
    [InlineData("3", null, "does not say of which size")]
    [InlineData("3", "x", "image_width of")]
    [InlineData("3", "-3", "image_width of")]
    [InlineData("2", "4", "have 12 values; 2 × 4 pixels")]
    [InlineData("0", "4", "12 values")]
    [InlineData("70000", "70000", "12 values")]
    [InlineData("3", "4", "TimeAll(0)")]
    public void A_size_that_is_missing_or_does_not_fit_is_refused(string? height, string? width, string words)
    {
        var texts = new Dictionary<string, string>();
        Add("image_height", height);
        Add("image_width", width);
        OtherWriter.Write(File, texts, Fields(Images, OtherWriter.Labels()), [[Images, OtherWriter.Labels(0, 1, 0)]]);
        var error = Assert.Throws<EventFormatException>(() => EventFile.Open(File));
        Assert.Contains(words, error.Message, StringComparison.Ordinal);

        void Add(string name, string? text)
        {
            if (text is not null)
            {
                texts[name] = text;
            }
        }
    }

    [Theory]
    [InlineData(null, "does not say of which size")]
    [InlineData("0", "0 × 3 pixels")]
    [InlineData("70000", "70000 × 3 pixels")]
    public void Hits_without_a_size_that_images_can_have_are_refused(string? height, string words)
    {
        var texts = new Dictionary<string, string> { ["image_width"] = "3" };
        if (height is not null)
        {
            texts["image_height"] = height;
        }

        OtherWriter.Write(File, texts, [OtherWriter.Column("hits", Hits), OtherWriter.Column("labels", OtherWriter.Labels())], [[Hits, OtherWriter.Labels(0, 1)]]);
        var error = Assert.Throws<EventFormatException>(() => EventFile.Open(File));
        Assert.Contains(words, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_layout_that_does_not_fit_hits_is_refused()
    {
        HitFile.Save(ExampleHits.Hits(4), File);
        foreach (EventLayout layout in new[] { EventLayout.Default.TimeAll(0), EventLayout.Default.ChannelFirst() })
        {
            var error = Assert.Throws<EventFormatException>(() => HitFile.Open(File, layout));
            Assert.Contains("Leave TimeAll, ChannelFirst(), ChannelLast()", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_label_other_than_0_and_1_is_refused_with_its_row()
    {
        OtherWriter.Write(File, OtherWriter.Size, Fields(Images, OtherWriter.Labels()), [[Images, OtherWriter.Labels(0, 1, 2)]]);
        using EventSource source = EventFile.Open(File);
        Assert.Equal(2, source.Read(0, 2).Count);
        var error = Assert.Throws<EventFormatException>(() => source.Read(0, 3));
        Assert.Equal((File, "labels", 2), (error.Path, error.Dataset, error.Row));
        Assert.Contains("has the label 2 in 'labels'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_refused_file_is_closed()
    {
        new ArrowFormat().Save(File, EventSource.FromBatch(ExampleEvents.Batch(4)), new Dictionary<string, string>(), null, default);
        Assert.Throws<EventFormatException>(() => HitFile.Open(File));
        Assert.Throws<EventFormatException>(() => EventFile.Open(File, EventLayout.Default.LabelAll(0)));
        using FileStream alone = new(File, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        Assert.True(alone.Length > 0);
    }

    [Fact]
    public void A_file_cut_after_it_was_opened_is_refused_when_the_row_is_read()
    {
        new ArrowFormat().Save(File, EventSource.FromBatch(ExampleEvents.Batch(100)), new Dictionary<string, string>(), null, default);
        using EventSource source = EventFile.Open(File);
        using (var writer = new FileStream(File, FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
        {
            writer.SetLength(writer.Length / 2);
        }

        var error = Assert.Throws<EventFormatException>(() => source.Read(0, 100));
        Assert.Contains("truncated", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_file_that_is_replaced_while_it_is_open_is_read_as_it_was(bool asHits)
    {
        EventBatch events = ExampleHits.Images(100);
        Save(events);
        using EventSource source = EventFile.Open(File);
        Save(ExampleHits.Images(3, seed: 5));
        Assert.Equal(events.Images, source.Read(0, 100).Images);
        using EventSource after = EventFile.Open(File);
        Assert.Equal(3, after.Count);

        void Save(EventBatch batch)
        {
            if (asHits)
            {
                HitFile.Save(EventSource.FromBatch(batch), File);
            }
            else
            {
                EventFile.Save(EventSource.FromBatch(batch), File);
            }
        }
    }

    [Fact]
    public void A_file_of_another_format_is_refused_with_what_opens_it()
    {
        string path = folder["events.npz"];
        EventFile.Save(EventSource.FromBatch(ExampleEvents.Batch(4)), path);
        var error = Assert.Throws<EventFormatException>(() => HitFile.Open(path));
        Assert.Contains("is a file of npz", error.Message, StringComparison.Ordinal);
        Assert.Throws<FileNotFoundException>(() => HitFile.Open(folder["none.arrow"]));
        Assert.Throws<EventFormatException>(() => HitFile.Open(folder.Path));
    }

    private static Field[] Fields(IArrowArray images, IArrowArray labels) => [OtherWriter.Column("images", images), OtherWriter.Column("labels", labels)];

    private static ArrowBuffer Bits(byte bits) => new(new[] { bits });
}
