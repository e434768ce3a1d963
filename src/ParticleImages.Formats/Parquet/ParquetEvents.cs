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
        if (layout.ImagesName is { } name)
        {
            return new NestedEventSource(file, file.Column(name, nextStep), layout);
        }

        string[] images = [.. UsualImages.Where(usual => file.Find(usual) is not null)];
        bool hasHits = HitColumns.Any(usual => file.Find(usual) is not null);
        if (images.Length + (hasHits ? 1 : 0) > 1)
        {
            throw new EventFormatException(
                $"{file.Path} has {string.Join(" and ", images.Select(usual => $"'{usual}'"))}{(hasHits ? " and columns of hits" : "")}, and each may be the images. {nextStep}", file.Path);
        }

        if (hasHits)
        {
            return new HitTableSource(file, layout);
        }

        return images.Length == 1
            ? new NestedEventSource(file, file.Column(images[0], nextStep), layout)
            : throw new EventFormatException(
                $"{file.Path} has neither images ('X_jets', 'X' or 'images') nor hits ('event', 'row', 'column', 'energy', 'time'). {file.WhatThereIs(UsualImages[0])} {nextStep}",
                file.Path);
    }
}
