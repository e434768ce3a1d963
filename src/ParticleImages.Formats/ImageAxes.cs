namespace ParticleImages.Formats;

/// <summary>
/// Which axis of a dataset is what, once a layout and a shape have been found to agree, and the way from the file's
/// order of values to the library's.
/// </summary>
internal sealed class ImageAxes
{
    private readonly EventLayout layout;
    private readonly bool isChannelFirst;
    private readonly int channels;

    private ImageAxes(int count, ImageShape shape, int channels, bool isChannelFirst, EventLayout layout)
    {
        Count = count;
        Shape = shape;
        this.channels = channels;
        this.isChannelFirst = isChannelFirst;
        this.layout = layout;
    }

    /// <summary>The number of events.</summary>
    public int Count { get; }

    public ImageShape Shape { get; }

    /// <summary>True when the file's order is the library's, (events, rows, columns, 2), and its values are too, so that nothing is to be arranged.</summary>
    public bool AreInOrder => !isChannelFirst && !layout.IsColumnFirst && HasTimes && layout is { EnergyFactor: 1, TimeFactor: 1 };

    /// <summary>Values of one event in the file: energies and times, energies alone, or all channels of which one is the energies.</summary>
    public int StoredValues => channels * Shape.Pixels;

    private bool HasTimes => layout is { ConstantTime: null, LayerCount: null };

    /// <summary>Checks a dataset's shape against a layout, and finds where the channels are if the layout does not say.</summary>
    /// <param name="lengths">The dataset's axes.</param>
    /// <param name="layout">What was stated.</param>
    /// <param name="path">The file.</param>
    /// <param name="dataset">What messages call the dataset.</param>
    /// <param name="isUsual">Whether it has a usual name, and so, where both fit, the usual order: channels last.</param>
    /// <exception cref="ArgumentException">The layout says what does not go together.</exception>
    /// <exception cref="EventFormatException">They do not agree; the message says which verb of the layout would.</exception>
    public static ImageAxes Of(IReadOnlyList<long> lengths, EventLayout layout, string path, string dataset, bool isUsual)
    {
        CheckLayout(layout);
        (ImageShape shape, int channels, bool isChannelFirst) = layout.LayerCount is null
            ? OfImages()
            : (LayerAxes.CellsOf(lengths, layout, path, dataset), 1, false);
        return lengths[0] <= int.MaxValue
            ? new ImageAxes((int)lengths[0], shape, channels, isChannelFirst, layout)
            : throw Refusal(
                $"'{dataset}' of {path} says that it holds {lengths[0]} events; one file holds {int.MaxValue} at most. "
                + "Split the file, or check whether it is damaged.");

        (ImageShape Shape, int Channels, bool IsChannelFirst) OfImages()
        {
            if (ChannelAxis.IsEither(lengths, layout, isUsual))
            {
                throw Refusal(
                    $"The images '{dataset}' of {path} have the shape {Text(lengths)}, and its second and its last axis may each be the channels. "
                    + "Say which with EventLayout.Default.ChannelFirst() or EventLayout.Default.ChannelLast().");
            }

            if (!Fits(lengths, layout))
            {
                throw Refusal(
                    $"The images '{dataset}' of {path} have the shape {Text(lengths)}; the layout wants {ChannelAxis.Wanted(layout)}. "
                    + ChannelAxis.NextStep(lengths, layout));
            }

            bool isFirst = lengths.Count == 4 && ChannelAxis.Of(lengths, layout) == ChannelOrder.First;
            long channels = lengths.Count == 3 ? 1 : lengths[isFirst ? 1 : 3];
            (long height, long width) = isFirst ? (lengths[2], lengths[3]) : (lengths[1], lengths[2]);
            (height, width) = layout.IsColumnFirst ? (width, height) : (height, width);
            if (height < 1 || width < 1 || height > ushort.MaxValue + 1 || width > ushort.MaxValue + 1
                || height * width > ushort.MaxValue + 1)
            {
                throw Refusal(
                    $"The images '{dataset}' of {path} have {height} × {width} pixels; an image has 1 to 65536. "
                    + "Crop the images in the file before.");
            }

            var shape = new ImageShape((int)height, (int)width);
            if (layout.ImageSize is { } stated && stated != shape)
            {
                throw Refusal($"The images '{dataset}' of {path} have {shape} pixels; the layout states {stated}. Leave Size out of the layout.");
            }

            if (channels > Array.MaxLength / sizeof(double) / shape.Pixels)
            {
                throw Refusal(
                    $"The images '{dataset}' of {path} have {channels} channels of {shape} pixels: more than an array holds. "
                    + "Name the dataset that holds the images with EventLayout.Default.Images(name).");
            }

            return (shape, (int)channels, isFirst);
        }

        EventFormatException Refusal(string message) => new(message, path, dataset);
    }

    /// <summary>Whether a dataset's number of axes, and its channels, are those of a layout; lengths below 0 are unknown and fit.</summary>
    public static bool Fits(IReadOnlyList<long> lengths, EventLayout layout)
    {
        if (layout.LayerCount is not null)
        {
            return LayerAxes.Fits(lengths, layout);
        }

        if (lengths.Count == 3)
        {
            return layout is { ConstantTime: not null, EnergyChannel: null };
        }

        if (lengths.Count != 4)
        {
            return false;
        }

        long channels = lengths[ChannelAxis.Of(lengths, layout) == ChannelOrder.First ? 1 : 3];
        return channels < 0 || (layout.EnergyChannel is int chosen ? chosen < channels : channels == ChannelAxis.Needed(layout));
    }

    /// <summary>Refuses what no file can be read by.</summary>
    /// <exception cref="ArgumentException">The layout says what does not go together.</exception>
    public static void CheckLayout(EventLayout layout)
    {
        if (layout is { LayerCount: int layers } and not { ConstantTime: null, EnergyChannel: null, ChannelOrder: null, IsColumnFirst: false })
        {
            throw new ArgumentException(
                $"The layout has {layers} layers in time's place, and says something of times, channels or columns, too. "
                + "Leave TimeAll, Channel, ChannelFirst, ChannelLast and ColumnFirst out.",
                nameof(layout));
        }

        if (layout is { EnergyChannel: int channel, ConstantTime: null })
        {
            throw new ArgumentException(
                $"The layout takes the energies from channel {channel} and says nothing of times. Give all pixels one time with TimeAll(time).",
                nameof(layout));
        }
    }

    /// <summary>A shape as text, for example <c>(48, 32, 32, 2)</c>; a length that is not known is a question mark.</summary>
    public static string Text(IReadOnlyList<long> lengths) =>
        $"({string.Join(", ", lengths.Select(length => length < 0 ? "?" : $"{length}"))}{(lengths.Count == 1 ? "," : "")})";

    /// <summary>A layout with what was found: the datasets' names, and where the channels or how large the layers are.</summary>
    /// <param name="images">The dataset with the images, or null for a file that is one array.</param>
    /// <param name="labels">The dataset with the labels, or null where all events have one.</param>
    /// <param name="lengths">The axes of the images.</param>
    public EventLayout Found(string? images, string? labels, IReadOnlyList<long> lengths)
    {
        EventLayout found = images is null ? layout : layout.Images(images);
        found = labels is null ? found : found.Labels(labels);
        return (layout.LayerCount, lengths.Count) switch
        {
            (not null, _) => found.Size(LayerAxes.SizeOf(lengths, layout)),
            (_, 4) => isChannelFirst ? found.ChannelFirst() : found.ChannelLast(),
            _ => found,
        };
    }

    /// <summary>Brings whole events from the file's order to (rows, columns, 2), and to the layout's units.</summary>
    /// <param name="stored">Events × <see cref="StoredValues"/> values.</param>
    /// <param name="images">Receives events × Shape.Values values.</param>
    public void Arrange(ReadOnlySpan<float> stored, Span<float> images)
    {
        if (AreInOrder)
        {
            stored.CopyTo(images);
            return;
        }

        // Where the channels stand last a pixel's values are neighbours; where they stand first a channel's are.
        int energy = (layout.EnergyChannel ?? 0) * (isChannelFirst ? Shape.Pixels : 1);
        int toTime = isChannelFirst ? Shape.Pixels : 1;
        int step = isChannelFirst ? 1 : channels;
        bool hasTimes = HasTimes;
        float constant = layout.ConstantTime ?? 0;
        (int toRow, int toColumn) = layout.IsColumnFirst ? (step, step * Shape.Height) : (step * Shape.Width, step);
        for (; !images.IsEmpty; stored = stored[StoredValues..], images = images[Shape.Values..])
        {
            Span<float> image = images[..Shape.Values];
            for (int row = 0, value = 0; row < Shape.Height; row++)
            {
                for (int column = 0, at = energy + (row * toRow); column < Shape.Width; column++, at += toColumn, value += 2)
                {
                    image[value] = stored[at];
                    image[value + 1] = hasTimes ? stored[at + toTime] : constant;
                }
            }

            UnitFactor.Scale(image, layout.EnergyFactor, first: 0, step: 2);
            UnitFactor.Scale(image, hasTimes ? layout.TimeFactor : 1, first: 1, step: 2);
        }
    }
}
