namespace ParticleImages.Formats.Parquet;

/// <summary>Tells in which of the two forms a file holds its events: images as lists of lists, or a table with a row a hit.</summary>
internal static class ParquetEvents
{
    private static readonly string[] UsualImages = ["X_jets", "X", "images"];

    // What a table of hits can't do without; a file that has any of these was meant as one.
    private static readonly string[] HitColumns = ["event", "row", "column"];

    /// <summary>Opens the events. The source owns the file.</summary>
    /// <exception cref="EventFormatException">The file holds no events as the layout says.</exception>
    public static EventSource Open(string path, EventLayout layout)
    {
        ParquetFile file = ParquetFile.Open(path);
        try
        {
            file.CheckLength();
            return Open(file, layout);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    private static EventSource Open(ParquetFile file, EventLayout layout)
    {
        const string nextStep = "Name the column with the images with EventLayout.Default.Images(name).";
        bool hasHits = layout.ImagesName is null && HitColumns.Any(Has);
        if (hasHits && UsualImages.Where(Has).ToArray() is { Length: > 0 } images)
        {
            throw new EventFormatException(
                $"{file.Path} has '{string.Join("' and '", images)}' and columns of hits, and each may be the images. {nextStep}", file.Path);
        }

        var datasets = new EventDatasets(file.Path, "column", UsualImages, LabelColumn.Usual, () => [.. file.Columns.Select(CandidateOf)]);
        if (hasHits)
        {
            return new HitTableSource(file, layout, datasets);
        }

        string name = datasets.Images(layout, Has) ?? throw new EventFormatException(
            $"{file.Path} has neither images ('X_jets', 'X' or 'images') nor hits ('event', 'row', 'column', 'energy', 'time'). {file.WhatThereIs(UsualImages[0])} {nextStep}",
            file.Path);
        return new NestedEventSource(file, file.Column(name, nextStep), layout, datasets);

        bool Has(string name) => file.Find(name) is not null;

        // How long lists are only their values tell.
        CandidateDataset CandidateOf(ParquetColumn column) => new(
            column.Name, [file.Rows.Sum(), .. Enumerable.Repeat(-1L, column.Depth)], column.TypeName, column.IsFloat, column.IsNumber);
    }
}
