namespace ParticleImages.Formats;

/// <summary>The axes of a dataset whose events have layers in depth. Its cells are read as images of one row, in the order of the file.</summary>
internal static class LayerAxes
{
    /// <summary>Whether a dataset has as many layers, or cells, as a layout says.</summary>
    public static bool Fits(IReadOnlyList<long> lengths, EventLayout layout) => lengths.Count switch
    {
        2 => layout.ImageSize is { } size && (lengths[1] < 0 || lengths[1] == (long)size.Pixels * layout.LayerCount!.Value),
        4 => Layers(lengths, layout) is var layers && (layers < 0 || layers == layout.LayerCount),
        _ => false,
    };

    /// <summary>The size of one layer of a dataset that fits.</summary>
    public static ImageShape SizeOf(IReadOnlyList<long> lengths, EventLayout layout) => lengths.Count == 2
        ? layout.ImageSize!.Value
        : layout.LayerOrder == LayerOrder.First
            ? new ImageShape((int)lengths[2], (int)lengths[3])
            : new ImageShape((int)lengths[1], (int)lengths[2]);

    /// <summary>All cells of an event as an image of one row.</summary>
    /// <exception cref="EventFormatException">The dataset has not the layers that the layout says, or too many cells.</exception>
    public static ImageShape CellsOf(IReadOnlyList<long> lengths, EventLayout layout, string path, string dataset)
    {
        if (!Fits(lengths, layout))
        {
            throw new EventFormatException(
                $"The layers '{dataset}' of {path} have the shape {ImageAxes.Text(lengths)}; the layout wants {Wanted(layout)}. {NextStep(lengths, layout)}", path, dataset);
        }

        Int128 cells = 1;
        foreach (long length in lengths.Skip(1))
        {
            cells *= length;
        }

        if (cells < 1 || cells > ushort.MaxValue + 1)
        {
            throw new EventFormatException(
                $"The layers '{dataset}' of {path} have {cells} cells an event; 1 to 65536 are read. Crop the layers in the file before.", path, dataset);
        }

        if (lengths.Count == 4 && layout.ImageSize is { } stated && stated != SizeOf(lengths, layout))
        {
            throw new EventFormatException(
                $"The layers '{dataset}' of {path} have {SizeOf(lengths, layout)} cells each; the layout states {stated}. Leave Size out of the layout.", path, dataset);
        }

        return new ImageShape(1, (int)cells);
    }

    private static long Layers(IReadOnlyList<long> lengths, EventLayout layout) => lengths[layout.LayerOrder == LayerOrder.First ? 1 : 3];

    private static string Wanted(EventLayout layout) => FormattableString.Invariant(
        $"{(layout.LayerOrder == LayerOrder.First ? $"(events, {layout.LayerCount}, rows, columns)" : $"(events, rows, columns, {layout.LayerCount})")}")
        + (layout.ImageSize is { } size ? FormattableString.Invariant($" or (events, {(long)size.Pixels * layout.LayerCount!.Value})") : "");

    private static string NextStep(IReadOnlyList<long> lengths, EventLayout layout) => lengths switch
    {
        [_, _] when layout.ImageSize is null => "Where an event is a row of cells, state the size of one layer with EventLayout.Default.Size(size).",
        [_, _, _, _] => "State the number of layers, and whether they stand first or last, with EventLayout.Default.Layers(count, order).",
        _ => "Name the dataset that holds the layers with EventLayout.Default.Images(name).",
    };
}
