using System.Globalization;

namespace ParticleImages.Formats.Parquet;

/// <summary>The hits of a table, one row group of them in memory, and their way into images.</summary>
internal sealed class HitTable : IDisposable
{
    private const string RenameColumns = "Rename the file's columns: a table of hits has event, row, column, energy and time.";

    /// <summary>The columns of a table of hits beside the labels.</summary>
    public static readonly string[] Columns = ["event", "row", "column", "energy", "time"];

    private readonly ParquetFile file;
    private readonly ParquetColumn rowColumn;
    private readonly ParquetColumn columnColumn;
    private readonly ParquetColumn energyColumn;
    private readonly ParquetColumn? timeColumn;
    private readonly float? constantTime;
    private readonly (double Energy, double Time) factors;

    private int loaded = -1;
    private int count;
    private long[] numbers = [];
    private long[] lines = [];
    private long[] columns = [];
    private float[] energies = [];
    private float[] times = [];
    private int[] events = [];
    private ushort[] pixels = [];

    // A bit a pixel of the images that are filled: whether it has its hit.
    private ulong[] taken = [];

    /// <summary>Finds the columns.</summary>
    /// <exception cref="ArgumentException">The layout chooses a channel and gives no time.</exception>
    /// <exception cref="EventFormatException">One is missing or of another type, or nothing tells the images' size.</exception>
    public HitTable(ParquetFile file, EventLayout layout)
    {
        this.file = file;
        ImageAxes.CheckLayout(layout);
        if (layout is not { ChannelOrder: null, EnergyChannel: null, IsColumnFirst: false, LayerCount: null })
        {
            throw new EventFormatException(
                $"{file.Path} is a table of hits and has no channels, layers or axes. "
                + "Leave ChannelFirst(), ChannelLast(), Channel(number), Layers(count) and ColumnFirst() out of the layout.",
                file.Path);
        }

        Events = Integers("event");
        rowColumn = Integers("row");
        columnColumn = Integers("column");
        energyColumn = Numbers("energy", RenameColumns);
        constantTime = layout.ConstantTime;
        factors = (layout.EnergyFactor, layout.TimeFactor);
        timeColumn = constantTime is null
            ? Numbers("time", RenameColumns + " Where hits have no time, give all one with EventLayout.Default.TimeAll(0).")
            : null;
        if (constantTime is not null && file.Find("time") is { } there)
        {
            throw there.Refuse($"{file.Path} has times in '{there.Name}': leave TimeAll out of the layout.");
        }

        Shape = ShapeOf(layout);
    }

    public ImageShape Shape { get; }

    /// <summary>The column with the events' numbers.</summary>
    public ParquetColumn Events { get; }

    /// <summary>Begins new images, which are empty: no energy, and the time that the layout gives all pixels, or 0.</summary>
    public void FillEmpty(Span<float> images)
    {
        images.Clear();
        int words = (images.Length / 2 / 64) + 1;
        if (taken.Length < words)
        {
            taken = new ulong[words];
        }

        taken.AsSpan(0, words).Clear();
        if (constantTime is not float time)
        {
            return;
        }

        for (int i = 1; i < images.Length; i += 2)
        {
            images[i] = time;
        }
    }

    /// <summary>Decodes a row group unless it is the one decoded last.</summary>
    /// <param name="group">The row group.</param>
    /// <param name="firstEvent">The number, in the order of the file, of the event of its first row.</param>
    public void Load(int group, int firstEvent)
    {
        if (group == loaded)
        {
            return;
        }

        loaded = -1;
        count = Events.Read(group, ref numbers);
        rowColumn.Read(group, ref lines);
        columnColumn.Read(group, ref columns);
        energyColumn.Read(group, ref energies);
        timeColumn?.Read(group, ref times);
        UnitFactor.Scale(energies.AsSpan(0, count), factors.Energy);
        UnitFactor.Scale(times.AsSpan(0, timeColumn is null ? 0 : count), factors.Time);
        if (events.Length < count)
        {
            events = new int[count];
            pixels = new ushort[count];
        }

        for (int i = 0, number = firstEvent; i < count; i++)
        {
            if (lines[i] < 0 || lines[i] >= Shape.Height)
            {
                throw Outside(rowColumn, lines[i], Shape.Height, group, i);
            }

            if (columns[i] < 0 || columns[i] >= Shape.Width)
            {
                throw Outside(columnColumn, columns[i], Shape.Width, group, i);
            }

            number += i > 0 && numbers[i] != numbers[i - 1] ? 1 : 0;
            events[i] = number;
            pixels[i] = (ushort)((lines[i] * Shape.Width) + columns[i]);
        }

        loaded = group;
    }

    /// <summary>Puts the decoded group's hits of some events into their images.</summary>
    /// <param name="start">The first event.</param>
    /// <param name="number">How many.</param>
    /// <param name="images">The images of these events, (number, Height, Width, 2), with whatever other groups put there.</param>
    /// <exception cref="EventFormatException">An event has two hits in one pixel.</exception>
    public void Place(int start, int number, Span<float> images)
    {
        int first = Array.BinarySearch(events, 0, count, start);
        first = first < 0 ? ~first : first;
        while (first > 0 && events[first - 1] >= start)
        {
            first--;
        }

        for (int i = first; i < count && events[i] < start + number; i++)
        {
            int place = ((events[i] - start) * Shape.Pixels) + pixels[i];
            ulong bit = 1UL << (place % 64);
            if ((taken[place / 64] & bit) != 0)
            {
                long row = RowOf(loaded, i);
                throw energyColumn.Refuse(
                    $"Row {row} of {file.Path} is a second hit in pixel ({lines[i]}, {columns[i]}) of event {numbers[i]}. A pixel has one hit at most: "
                    + "add up what belongs together before.",
                    row);
            }

            taken[place / 64] |= bit;
            images[2 * place] = energies[i];
            if (timeColumn is not null)
            {
                images[(2 * place) + 1] = times[i];
            }
        }
    }

    public void Dispose() => file.Dispose();

    private long RowOf(int group, int within) => file.Rows.Take(group).Sum() + within;

    private EventFormatException Outside(ParquetColumn column, long value, int size, int group, int within)
    {
        long row = RowOf(group, within);
        return column.Refuse(
            $"Row {row} of {file.Path} is a hit with '{column.Name}' {value}; images of {Shape} pixels have 0 to {size - 1}. Correct the file, or state "
            + "the size of its images with EventLayout.Default.Size(size).",
            row);
    }

    private ParquetColumn Numbers(string name, string nextStep)
    {
        ParquetColumn column = file.Column(name, nextStep);
        return column.Depth == 0 && column.IsNumber
            ? column
            : throw column.Refuse($"The column '{name}' of {file.Path} is of type {column.TypeName}; numbers are read. Convert it in the file.");
    }

    private ParquetColumn Integers(string name)
    {
        ParquetColumn column = Numbers(name, RenameColumns);
        return column.IsInteger
            ? column
            : throw column.Refuse($"The column '{name}' of {file.Path} is of type {column.TypeName}; integers are read. Convert it in the file.");
    }

    private ImageShape ShapeOf(EventLayout layout)
    {
        if (file.Text(ParquetFile.ShapeKey) is not { } text)
        {
            return layout.ImageSize ?? throw new EventFormatException(
                $"{file.Path} is a table of hits that does not tell the size of its images. State it, for example with "
                + $"EventLayout.Default.Size(ImageShape.Crop32), or write it into the file's metadata: '{ParquetFile.ShapeKey}' = '32x32'.",
                file.Path);
        }

        string[] sides = text.Split('x');
        bool isShape = sides.Length == 2
            & int.TryParse(sides[0], NumberStyles.None, CultureInfo.InvariantCulture, out int height)
            & int.TryParse(sides[^1], NumberStyles.None, CultureInfo.InvariantCulture, out int width);
        if (!isShape || height < 1 || width < 1 || (long)height * width > ushort.MaxValue + 1)
        {
            throw new EventFormatException(
                $"{file.Path} says '{text}' of the size of its images in '{ParquetFile.ShapeKey}'; a size is rows x columns, such as 32x32, of 65536 pixels at "
                + "most. Correct the file.",
                file.Path);
        }

        var shape = new ImageShape(height, width);
        return layout.ImageSize is not { } stated || stated == shape
            ? shape
            : throw new EventFormatException(
                $"{file.Path} says that its images have {shape} pixels; the layout states {stated}. Leave Size out of the layout.", file.Path);
    }
}
