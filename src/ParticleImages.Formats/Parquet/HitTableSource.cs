namespace ParticleImages.Formats.Parquet;

/// <summary>Events of a table with a row a hit: events ascending, the hits of an event one after the other.</summary>
internal sealed class HitTableSource : EventSource
{
    private readonly HitTable table;
    private readonly HitTableIndex index;
    private readonly ParquetColumn? labels;
    private readonly int constantLabel;
    private readonly ReadingTurn turn = new();

    /// <summary>Reads the columns of events and labels, from which the events are counted.</summary>
    public HitTableSource(ParquetFile file, EventLayout layout, EventDatasets datasets)
    {
        Name = file.Path;
        labels = LabelColumn.Find(file, layout, datasets, HitTable.Columns);
        constantLabel = layout.ConstantLabel ?? 0;
        table = new HitTable(file, layout);
        Layout = labels is null ? layout : layout.Labels(labels.Name);
        index = HitTableIndex.Of(file, table.Events, labels);
    }

    public override string Name { get; }

    public override int Count => index.Count;

    public override ImageShape ImageShape => table.Shape;

    public override EventLayout Layout { get; }

    protected override void ReadImages(int start, Span<float> destination)
    {
        using ReadingTurn.Taken taken = turn.Take(Name);
        table.FillEmpty(destination);
        int events = destination.Length / ImageShape.Values;
        for (int group = index.FirstGroupOf(start); group < index.Groups && index.FirstEventOf(group) < start + events; group++)
        {
            table.Load(group, index.FirstEventOf(group));
            table.Place(start, events, destination);
        }
    }

    protected override void ReadLabelsCore(int start, Span<int> destination)
    {
        if (labels is null)
        {
            destination.Fill(constantLabel);
            return;
        }

        for (int i = 0; i < destination.Length; i++)
        {
            destination[i] = LabelColumn.Of(index.LabelOf(start + i), labels, Name, start + i, index.RowOf(start + i));
        }
    }

    // A row group is decoded whole; an event whose hits go on in the next one belongs to both.
    protected override EventGroup GroupFromCore(int row) => new(index.EndOfGroupOf(row) - row);

    protected override void Dispose(bool disposing)
    {
        using ReadingTurn.Taken taken = turn.Await();
        table.Dispose();
        base.Dispose(disposing);
    }
}
