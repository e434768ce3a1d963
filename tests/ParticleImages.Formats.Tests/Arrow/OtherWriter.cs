using System.Runtime.InteropServices;
using Apache.Arrow;
using Apache.Arrow.Compression;
using Apache.Arrow.Ipc;
using Apache.Arrow.Types;

namespace ParticleImages.Formats.Tests.Arrow;

/// <summary>Files as others write them, through Apache.Arrow: other types, nulls, more columns, more batches.</summary>
internal static class OtherWriter
{
    public static readonly Dictionary<string, string> Size = new() { ["image_height"] = "2", ["image_width"] = "3" };

    public static void Write(
        string path,
        IReadOnlyDictionary<string, string>? texts,
        Field[] fields,
        IEnumerable<IArrowArray[]> batches,
        bool isStream = false,
        CompressionCodecType? compression = null)
    {
        var schema = new Schema(fields, texts);
        var options = compression is null
            ? new IpcOptions()
            : new IpcOptions { CompressionCodec = compression, CompressionCodecFactory = new CompressionCodecFactory() };
        using FileStream stream = File.Create(path);
        using ArrowStreamWriter writer = isStream
            ? new ArrowStreamWriter(stream, schema, leaveOpen: true, options)
            : new ArrowFileWriter(stream, schema, leaveOpen: true, options);
        writer.WriteStart();
        foreach (IArrowArray[] arrays in batches)
        {
            writer.WriteRecordBatch(new RecordBatch(schema, arrays, arrays[0].Length));
        }

        writer.WriteEnd();
    }

    /// <summary>Images of any size in record batches of so many rows.</summary>
    public static void WriteImages(string path, EventBatch events, int[] rows, CompressionCodecType? compression = null)
    {
        var batches = new List<IArrowArray[]>();
        int start = 0;
        foreach (int count in rows)
        {
            int values = events.Shape.Values;
            batches.Add([
                Lists(Floats(events.Images.Slice(start * values, count * values).ToArray()), values),
                Labels(events.Labels.Slice(start, count).ToArray()),
            ]);
            start += count;
        }

        Write(path, SizeOf(events.Shape), [Column("images", batches[0][0]), Column("labels", batches[0][1])], batches, compression: compression);
    }

    /// <summary>Hits in record batches of so many rows.</summary>
    public static void WriteHits(string path, HitEvents events, int[] rows, bool isStream = false, CompressionCodecType? compression = null)
    {
        var batches = new List<IArrowArray[]>();
        int start = 0;
        foreach (int count in rows)
        {
            List<int> offsets = [0];
            List<ushort> pixels = [];
            List<float> energies = [], times = [];
            for (int i = start; i < start + count; i++)
            {
                pixels.AddRange(events[i].Pixels);
                energies.AddRange(events[i].Energies);
                times.AddRange(events[i].Times);
                offsets.Add(pixels.Count);
            }

            batches.Add([Hits([.. offsets], [.. pixels], [.. energies], [.. times]), Labels(events.Labels.Slice(start, count).ToArray())]);
            start += count;
        }

        Write(path, SizeOf(events.Shape), [Column("hits", batches[0][0]), Column("labels", batches[0][1])], batches, isStream, compression);
    }

    /// <summary>Puts other numbers in the place of those that stand in a file once.</summary>
    public static void Replace(string path, int[] numbers, int[] others)
    {
        if (numbers.Length == 0)
        {
            return;
        }

        byte[] file = File.ReadAllBytes(path);
        ReadOnlySpan<byte> wanted = MemoryMarshal.AsBytes(numbers.AsSpan());
        int place = file.AsSpan().IndexOf(wanted);
        Assert.Equal(place, file.AsSpan().LastIndexOf(wanted));
        MemoryMarshal.AsBytes(others.AsSpan()).CopyTo(file.AsSpan(place));
        File.WriteAllBytes(path, file);
    }

    public static Field Column(string name, IArrowArray array) => new(name, array.Data.DataType, nullable: true);

    public static Int32Array Labels(params int[] labels) => new Int32Array.Builder().AppendRange(labels).Build();

    public static FloatArray Floats(params float[] values) => new FloatArray.Builder().AppendRange(values).Build();

    /// <summary>Lists of one size over values.</summary>
    public static FixedSizeListArray Lists(IArrowArray values, int size) => new(
        new FixedSizeListType(new Field("item", values.Data.DataType, nullable: true), size), values.Length / size, values, ArrowBuffer.Empty, 0);

    private static Dictionary<string, string> SizeOf(ImageShape shape) =>
        new() { ["image_height"] = $"{shape.Height}", ["image_width"] = $"{shape.Width}" };

    /// <summary>Lists of hits; offsets may begin anywhere.</summary>
    public static ListArray Hits(int[] offsets, ushort[] pixels, float[] energies, float[] times) => Hits(
        offsets,
        ("pixel", new UInt16Array.Builder().AppendRange(pixels).Build()),
        ("energy", Floats(energies)),
        ("time", Floats(times)));

    public static ListArray Hits(int[] offsets, params (string Name, IArrowArray Values)[] children)
    {
        var type = new StructType([.. children.Select(child => Column(child.Name, child.Values))]);
        var hits = new StructArray(type, children[0].Values.Length, children.Select(child => child.Values), ArrowBuffer.Empty, 0);
        return new ListArray(
            new ListType(new Field("item", type, nullable: true)),
            offsets.Length - 1,
            new ArrowBuffer.Builder<int>().AppendRange(offsets).Build(),
            hits,
            ArrowBuffer.Empty);
    }
}
