namespace ParticleImages.Formats.Parquet;

/// <summary>Which events a table of hits has, where each begins, and its label.</summary>
internal sealed class HitTableIndex
{
    private readonly List<long> rows = [];
    private readonly List<double> labels = [];
    private readonly int[] firstEvents;

    private HitTableIndex(int groups) => firstEvents = new int[groups];

    /// <summary>The number of events.</summary>
    public int Count => rows.Count;

    /// <summary>The number of row groups.</summary>
    public int Groups => firstEvents.Length;

    /// <summary>Reads the column of event numbers and, where there is one, that of labels, a row group at a time.</summary>
    /// <exception cref="EventFormatException">Events do not ascend, or an event has two labels.</exception>
    public static HitTableIndex Of(ParquetFile file, ParquetColumn events, ParquetColumn? labels)
    {
        var index = new HitTableIndex(file.Rows.Count);
        long[] numbers = [];
        double[] labelsOfGroup = [];
        long last = 0;
        long row = 0;
        for (int group = 0; group < file.Rows.Count; group++)
        {
            int count = events.Read(group, ref numbers);
            labels?.Read(group, ref labelsOfGroup);

            // A group's first row may go on with the event before.
            index.firstEvents[group] = index.Count - (count > 0 && index.Count > 0 && numbers[0] == last ? 1 : 0);
            for (int i = 0; i < count; i++, row++)
            {
                double label = labels is null ? 0 : labelsOfGroup[i];
                if (index.Count == 0 || numbers[i] > last)
                {
                    index.Begin(row, label, file);
                    last = numbers[i];
                }
                else if (numbers[i] < last)
                {
                    throw events.Refuse(
                        $"Row {row} of {file.Path} is of event {numbers[i]}, and the row before of event {last}. Events ascend and an event's hits "
                        + $"follow one another: sort the table by '{events.Name}'.",
                        row);
                }
                else if (!label.Equals(index.labels[^1]))
                {
                    throw labels!.Refuse(
                        FormattableString.Invariant($"Row {row} of {file.Path} gives event {last} the label {label}, and a row before {index.labels[^1]}. ")
                        + "All hits of an event have its one label: correct the file.",
                        row);
                }
            }
        }

        return index;
    }

    public double LabelOf(int number) => labels[number];

    /// <summary>The table's row of an event's first hit.</summary>
    public long RowOf(int number) => rows[number];

    /// <summary>The event of a group's first row; of a group without rows that of the next.</summary>
    public int FirstEventOf(int group) => firstEvents[group];

    /// <summary>The first group that may hold hits of an event.</summary>
    public int FirstGroupOf(int number)
    {
        // The last group that begins before the event, or the first of all: an event may go over several groups.
        int place = Array.BinarySearch(firstEvents, number);
        place = place < 0 ? ~place : place;
        while (place > 0 && (place == firstEvents.Length || firstEvents[place] >= number))
        {
            place--;
        }

        return place;
    }

    /// <summary>The event with which the next group after an event's begins; the number of events where there is none.</summary>
    public int EndOfGroupOf(int number)
    {
        int place = Array.BinarySearch(firstEvents, number + 1);
        place = place < 0 ? ~place : place;
        return place < firstEvents.Length ? Math.Min(Count, firstEvents[place]) : Count;
    }

    private void Begin(long row, double label, ParquetFile file)
    {
        if (rows.Count == int.MaxValue)
        {
            throw new EventFormatException($"{file.Path} has more than {int.MaxValue} events. Split the file.", file.Path);
        }

        rows.Add(row);
        labels.Add(label);
    }
}
