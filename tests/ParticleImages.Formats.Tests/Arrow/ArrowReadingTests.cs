using Apache.Arrow;
using Apache.Arrow.Ipc;
using Apache.Arrow.Types;

namespace ParticleImages.Formats.Tests.Arrow;

/// <summary>Files that others wrote, 2 × 3 pixels.</summary>
public sealed class ArrowReadingTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private string File => folder["events.arrow"];

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(false, null)]
    [InlineData(true, null)]
    [InlineData(false, CompressionCodecType.Lz4Frame)]
    [InlineData(true, CompressionCodecType.Zstd)]
    public void Images_of_several_batches_are_read_in_every_form(bool isStream, CompressionCodecType? compression)
    {
        FixedSizeListArray first = OtherWriter.Lists(OtherWriter.Floats([.. Values(0, 24)]), 12);
        FixedSizeListArray none = OtherWriter.Lists(OtherWriter.Floats(), 12);
        FixedSizeListArray second = OtherWriter.Lists(OtherWriter.Floats([.. Values(24, 36)]), 12);
        OtherWriter.Write(
            File,
            OtherWriter.Size,
            [OtherWriter.Column("images", first), OtherWriter.Column("labels", OtherWriter.Labels())],
            [[first, OtherWriter.Labels(0, 1)], [none, OtherWriter.Labels()], [second, OtherWriter.Labels(1, 1, 0)]],
            isStream,
            compression);
        using EventSource source = EventFile.Open(File);
        Assert.Equal((5, new ImageShape(2, 3)), (source.Count, source.ImageShape));
        Assert.Equal([.. Values(0, 60)], source.Read(0, 5).Images);
        Assert.Equal([.. Values(12, 36)], source.Read(1, 3).Images);
        Assert.Equal([0, 1, 1, 1, 0], source.Read(0, 5).Labels);
    }

    [Fact]
    public void Values_of_other_widths_are_converted_by_value()
    {
        Read(OtherWriter.Lists(new DoubleArray.Builder().AppendRange(Values(0, 24).Select(value => value * (1 + 1e-12))).Build(), 12));
        Read(OtherWriter.Lists(new HalfFloatArray.Builder().AppendRange(Values(0, 24).Select(value => (Half)value)).Build(), 12));

        void Read(FixedSizeListArray images)
        {
            OtherWriter.Write(
                File, OtherWriter.Size, [OtherWriter.Column("images", images), OtherWriter.Column("labels", OtherWriter.Labels())], [[images, OtherWriter.Labels(0, 1)]]);
            using EventSource source = EventFile.Open(File);
            Assert.Equal([.. Values(0, 24)], source.Read(0, 2).Images);
        }
    }

    [Fact]
    public void Labels_of_any_type_are_read()
    {
        ReadLabels(new UInt8Array.Builder().AppendRange([1, 0, 1]).Build());
        ReadLabels(new Int64Array.Builder().AppendRange([1, 0, 1]).Build());
        ReadLabels(new DoubleArray.Builder().AppendRange([1, 0, 1]).Build());
        ReadLabels(new BooleanArray.Builder().AppendRange([true, false, true]).Build());

        void ReadLabels(IArrowArray labels)
        {
            FixedSizeListArray images = OtherWriter.Lists(OtherWriter.Floats(new float[36]), 12);
            OtherWriter.Write(File, OtherWriter.Size, [OtherWriter.Column("X", images), OtherWriter.Column("y", labels)], [[images, labels]]);
            using EventSource source = EventFile.Open(File, EventLayout.Default.Images("X").Labels("y"));
            Assert.Equal([1, 0, 1], source.Read(0, 3).Labels);
            Assert.Equal([0], source.Read(1, 1).Labels);
        }
    }

    [Fact]
    public void The_size_stands_in_nested_lists_or_a_tensor_too()
    {
        FloatArray values = OtherWriter.Floats([.. Values(0, 24)]);
        FixedSizeListArray nested = OtherWriter.Lists(OtherWriter.Lists(OtherWriter.Lists(values, 2), 3), 2);
        Read(nested, OtherWriter.Column("images", nested), EventLayout.Default);
        FixedSizeListArray flat = OtherWriter.Lists(values, 12);
        Read(flat, Tensor("""{"shape":[2,3,2],"dim_names":["row","column","value"]}"""), EventLayout.Default);
        Assert.Contains("TimeAll(0)", Refused(flat, "images", Tensor("""{"shape":[4,3,1]}""")), StringComparison.Ordinal);
        Assert.Contains("12 values", Refused(flat, "images", Tensor("""{"shape":[2,3]}""")), StringComparison.Ordinal);
        Assert.Contains("permuted", Refused(flat, "images", Tensor("""{"shape":[2,3,2],"permutation":[2,1,0]}""")), StringComparison.Ordinal);
        Assert.Contains("can't be read from '[]'", Refused(flat, "images", Tensor("[]")), StringComparison.Ordinal);

        Field Tensor(string shape) => new("images", flat.Data.DataType, true, new Dictionary<string, string>
        {
            ["ARROW:extension:name"] = "arrow.fixed_shape_tensor",
            ["ARROW:extension:metadata"] = shape,
        });

        void Read(FixedSizeListArray images, Field field, EventLayout layout)
        {
            OtherWriter.Write(File, null, [field, OtherWriter.Column("labels", OtherWriter.Labels())], [[images, OtherWriter.Labels(0, 1)]]);
            using EventSource source = EventFile.Open(File, layout);
            Assert.Equal(new ImageShape(2, 3), source.ImageShape);
            Assert.Equal([.. Values(0, 24)], source.Read(0, 2).Images);
        }

        string Refused(FixedSizeListArray images, string column, Field field)
        {
            OtherWriter.Write(File, null, [field, OtherWriter.Column("labels", OtherWriter.Labels())], [[images, OtherWriter.Labels(0, 1)]]);
            var error = Assert.Throws<EventFormatException>(() => EventFile.Open(File));
            Assert.Equal((File, column), (error.Path, error.Dataset));
            return error.Message;
        }
    }

    [Fact]
    public void Channels_first_and_energies_alone_are_arranged()
    {
        FixedSizeListArray images = OtherWriter.Lists(OtherWriter.Floats([.. Values(0, 12)]), 12);
        FixedSizeListArray energies = OtherWriter.Lists(OtherWriter.Floats([.. Values(0, 12)]), 6);
        OtherWriter.Write(File, OtherWriter.Size, [OtherWriter.Column("images", images)], [[images]]);
        using (EventSource source = EventFile.Open(File, EventLayout.Default.ChannelFirst().LabelAll(1)))
        {
            Assert.Equal([0, 3, 0.5f, 3.5f, 1, 4, 1.5f, 4.5f, 2, 5, 2.5f, 5.5f], source.Read(0, 1).Images);
        }

        OtherWriter.Write(File, OtherWriter.Size, [OtherWriter.Column("images", energies)], [[energies]]);
        using EventSource alone = EventFile.Open(File, EventLayout.Default.TimeAll(7).LabelAll(1));
        Assert.Equal([3, 7, 3.5f, 7, 4, 7, 4.5f, 7, 5, 7, 5.5f, 7], alone.Read(1, 1).Images);
    }

    [Fact]
    public void Hits_are_read_wherever_offsets_begin_and_whatever_stands_beside_them()
    {
        ListArray first = OtherWriter.Hits([0, 4, 4], [9, 5, 0, 9], [9, 1, 2, 9], [9, 0, -1, 9]);
        ListArray second = OtherWriter.Hits(
            [0, 1],
            ("time", OtherWriter.Floats(4)),
            ("energy", OtherWriter.Floats(3)),
            ("note", new StringArray.Builder().Append("x").Build()),
            ("pixel", new UInt16Array.Builder().Append(2).Build()));
        using (HitFile file = Open(first, OtherWriter.Labels(0, 1), [0, 4, 4], [1, 3, 3]))
        {
            HitEvents hits = file.Events;
            Assert.Equal((2, 2L, 2), (hits.Count, hits.HitCount, hits.MostHits));
            Assert.Equal([5, 0], hits[0].Pixels.ToArray());
            Assert.Equal([1, 2], hits[0].Energies);
            Assert.Equal([0, -1], hits[0].Times);
            Assert.Equal(0, hits[1].Count);
        }

        using HitFile other = Open(second, OtherWriter.Labels(1), [], []);
        Assert.Equal([2], other.Events[0].Pixels.ToArray());
        Assert.Equal([3], other.Events[0].Energies);
        Assert.Equal([4], other.Events[0].Times);

        HitFile Open(ListArray hits, Int32Array labels, int[] offsets, int[] others)
        {
            // Columns of every kind before: their buffers are passed over rightly.
            int rows = labels.Length;
            var texts = new StringArray.Builder();
            var lists = new ListArray.Builder(Int16Type.Default);
            for (int i = 0; i < rows; i++)
            {
                texts.Append("row");
                lists.Append();
                ((Int16Array.Builder)lists.ValueBuilder).Append(1);
            }

            StringArray text = texts.Build();
            ListArray list = lists.Build();
            var structure = new StructArray(new StructType([OtherWriter.Column("a", text), OtherWriter.Column("b", list)]), rows, [text, list], ArrowBuffer.Empty, 0);
            var nothing = new NullArray(rows);
            var names = new DictionaryArray(
                new DictionaryType(Int8Type.Default, StringType.Default, false), new Int8Array.Builder().AppendRange(new sbyte[rows]).Build(), new StringArray.Builder().Append("photon").Build());
            OtherWriter.Write(
                File,
                OtherWriter.Size,
                [
                    OtherWriter.Column("structure", structure), OtherWriter.Column("nothing", nothing), OtherWriter.Column("names", names),
                    OtherWriter.Column("hits", hits), OtherWriter.Column("labels", labels),
                ],
                [[structure, nothing, names, hits, labels]]);

            // Apache.Arrow itself does not write such offsets rightly.
            OtherWriter.Replace(File, offsets, others);
            return HitFile.Open(File);
        }
    }

    private static IEnumerable<float> Values(int first, int count) => Enumerable.Range(first, count).Select(value => value / 2f);
}
