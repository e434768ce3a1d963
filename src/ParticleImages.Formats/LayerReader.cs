namespace ParticleImages.Formats;

/// <summary>Reads events with layers in depth, a part at a time, and keeps their hits.</summary>
internal static class LayerReader
{
    // Cells of a part: 8 MB while it is read.
    private const int PartLength = 1 << 20;

    public static HitEvents Read(string path, IEventFormat format, EventLayout layout, int start, int? count, CancellationToken cancellation)
    {
        if (layout.LayerCount is not int layers)
        {
            throw new ArgumentException(
                "The layout says nothing of layers. State how many there are with Layers(count), or read images with EventFile.Open(path, layout).", nameof(layout));
        }

        using EventSource cells = format.Open(path, layout, SeveralThreads.Usual);
        ImageShape shape = cells.Layout?.ImageSize ?? throw new EventFormatException(
            $"The format {format.Name} of {path} does not tell the size of layers. Convert the file to HDF5 or npz.", path);
        ArgumentOutOfRangeException.ThrowIfNegative(start);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(start, cells.Count);
        int events = count ?? cells.Count - start;
        ArgumentOutOfRangeException.ThrowIfNegative(events, nameof(count));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(events, cells.Count - start, nameof(count));

        var labels = new int[events];
        var offsets = new long[events + 1];
        var parts = new List<HitColumns>();
        int most = Math.Clamp(PartLength / cells.ImageShape.Pixels, 1, Math.Max(1, events));
        var images = new float[most * cells.ImageShape.Values];
        var energies = new float[most * cells.ImageShape.Pixels];
        for (int first = 0; first < events; first += most)
        {
            cancellation.ThrowIfCancellationRequested();
            int number = Math.Min(most, events - first);
            Span<int> labelsOfPart = labels.AsSpan(first, number);
            cells.ReadInto(start + first, images.AsSpan(0, number * cells.ImageShape.Values), labelsOfPart);
            int values = number * cells.ImageShape.Pixels;
            for (int i = 0; i < values; i++)
            {
                energies[i] = images[2 * i];
            }

            parts.Add(ColumnsOf(
                HitEvents.FromLayers(shape, layers, energies.AsSpan(0, values), labelsOfPart, layout.LayerOrder), offsets.AsSpan(first, number + 1)));
        }

        return HitEvents.Over(shape, offsets, parts, labels, path);
    }

    // Takes a part's hits and counts its offsets on from those of the part before.
    private static HitColumns ColumnsOf(HitEvents part, Span<long> offsets)
    {
        var pixels = new ushort[part.HitCount];
        var energies = new float[part.HitCount];
        var times = new float[part.HitCount];
        int at = 0;
        for (int i = 0; i < part.Count; i++)
        {
            Hits hits = part[i];
            hits.Pixels.CopyTo(pixels.AsSpan(at));
            hits.Energies.CopyTo(energies.AsSpan(at));
            hits.Times.CopyTo(times.AsSpan(at));
            at += hits.Count;
            offsets[i + 1] = offsets[i] + hits.Count;
        }

        return new HitColumns(pixels, energies, times);
    }
}
