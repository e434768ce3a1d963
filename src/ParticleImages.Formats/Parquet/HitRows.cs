using Parquet;
using Parquet.Schema;

namespace ParticleImages.Formats.Parquet;

/// <summary>The rows of a table of hits that are still to be written.</summary>
internal sealed class HitRows(ImageShape shape)
{
    private static readonly DataField<int> EventField = new("event");
    private static readonly DataField<int> RowField = new("row");
    private static readonly DataField<int> ColumnField = new("column");
    private static readonly DataField<float> EnergyField = new("energy");
    private static readonly DataField<float> TimeField = new("time");
    private static readonly DataField<int> LabelField = new("label");

    private int[] events = [];
    private int[] rows = [];
    private int[] columns = [];
    private float[] energies = [];
    private float[] times = [];
    private int[] labels = [];

    /// <summary>The table's columns.</summary>
    public static ParquetSchema Schema { get; } = new(EventField, RowField, ColumnField, EnergyField, TimeField, LabelField);

    /// <summary>The number of rows that are kept.</summary>
    public int Count { get; private set; }

    /// <summary>Energies hardly repeat, so a dictionary would be made in vain; their bytes by place compress well.</summary>
    public static void ChooseEncodings(ParquetOptions options)
    {
        options.ColumnEncodingHints[EnergyField.Name] = EncodingHint.ByteSplitStream;
        options.ColumnEncodingHints[TimeField.Name] = EncodingHint.ByteSplitStream;
    }

    /// <summary>
    /// Adds the hits of events: every pixel whose energy or time is not 0 bit for bit, so that an image comes back as it was. An event without
    /// any has one row, pixel (0, 0) with energy and time 0, which is what the image holds there, so that its label is kept.
    /// </summary>
    public void Add(int start, ReadOnlySpan<float> images, ReadOnlySpan<int> labelsOfImages)
    {
        Reserve(labelsOfImages.Length * shape.Pixels);
        for (int i = 0; i < labelsOfImages.Length; i++)
        {
            ReadOnlySpan<float> image = images.Slice(i * shape.Values, shape.Values);
            int before = Count;
            for (int pixel = 0; pixel < shape.Pixels; pixel++)
            {
                float energy = image[2 * pixel];
                float time = image[(2 * pixel) + 1];
                if ((BitConverter.SingleToInt32Bits(energy) | BitConverter.SingleToInt32Bits(time)) != 0)
                {
                    Add(start + i, pixel, energy, time, labelsOfImages[i]);
                }
            }

            if (Count == before)
            {
                Add(start + i, 0, 0, 0, labelsOfImages[i]);
            }
        }
    }

    /// <summary>Writes the rows as a row group and forgets them.</summary>
    public async Task FlushAsync(ParquetWriter writer)
    {
        using ParquetRowGroupWriter group = writer.CreateRowGroup();
        await group.WriteAsync<int>(EventField, events.AsMemory(0, Count)).ConfigureAwait(false);
        await group.WriteAsync<int>(RowField, rows.AsMemory(0, Count)).ConfigureAwait(false);
        await group.WriteAsync<int>(ColumnField, columns.AsMemory(0, Count)).ConfigureAwait(false);
        await group.WriteAsync<float>(EnergyField, energies.AsMemory(0, Count)).ConfigureAwait(false);
        await group.WriteAsync<float>(TimeField, times.AsMemory(0, Count)).ConfigureAwait(false);
        await group.WriteAsync<int>(LabelField, labels.AsMemory(0, Count)).ConfigureAwait(false);
        Count = 0;
    }

    private void Add(int number, int pixel, float energy, float time, int label)
    {
        events[Count] = number;
        rows[Count] = pixel / shape.Width;
        columns[Count] = pixel % shape.Width;
        energies[Count] = energy;
        times[Count] = time;
        labels[Count] = label;
        Count++;
    }

    private void Reserve(int most)
    {
        if (events.Length - Count >= most)
        {
            return;
        }

        int length = Count + most;
        Array.Resize(ref events, length);
        Array.Resize(ref rows, length);
        Array.Resize(ref columns, length);
        Array.Resize(ref energies, length);
        Array.Resize(ref times, length);
        Array.Resize(ref labels, length);
    }
}
