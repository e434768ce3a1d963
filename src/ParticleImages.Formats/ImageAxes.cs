namespace ParticleImages.Formats;

/// <summary>
/// Which axis of a dataset is what, once a layout and a shape have been found to agree, and the way from the file's
/// order of values to the library's.
/// </summary>
internal sealed class ImageAxes
{
    private readonly bool isChannelFirst;
    private readonly float? constantTime;
    private readonly int channels;
    private readonly int energyChannel;

    private ImageAxes(int count, ImageShape shape, int channels, bool isChannelFirst, EventLayout layout)
    {
        Count = count;
        Shape = shape;
        this.channels = channels;
        this.isChannelFirst = isChannelFirst;
        constantTime = layout.ConstantTime;
        energyChannel = layout.EnergyChannel ?? 0;
    }

    /// <summary>The number of events.</summary>
    public int Count { get; }

    public ImageShape Shape { get; }

    /// <summary>True when the file's order is the library's, (events, rows, columns, 2), so that nothing is to be arranged.</summary>
    public bool AreInOrder => !isChannelFirst && constantTime is null;

    /// <summary>Values of one event in the file: energies and times, energies alone, or all channels of which one is the energies.</summary>
    public int StoredValues => channels * Shape.Pixels;

    /// <summary>Checks a dataset's shape against a layout. Nothing is guessed: the layout says where the channels are.</summary>
    /// <exception cref="ArgumentException">The layout chooses a channel and gives no time.</exception>
    /// <exception cref="EventFormatException">They do not agree; the message says which verb of the layout would.</exception>
    public static ImageAxes Of(IReadOnlyList<long> lengths, EventLayout layout, string path, string dataset)
    {
        CheckLayout(layout);
        bool onlyEnergies = layout.ConstantTime is not null;
        int channelAxis = layout.IsChannelFirst ? 1 : 3;
        long channels = lengths.Count == 4 ? lengths[channelAxis] : 1;
        bool fits = layout.EnergyChannel is int chosen
            ? lengths.Count == 4 && chosen < channels
            : (lengths.Count == 4 && channels == (onlyEnergies ? 1 : 2)) || (lengths.Count == 3 && onlyEnergies);
        if (!fits)
        {
            throw new EventFormatException(
                $"The images '{dataset}' of {path} have the shape {Text(lengths)}; the layout wants {Wanted(layout)}. "
                + NextStep(lengths, layout),
                path,
                dataset);
        }

        bool channelFirst = layout.IsChannelFirst && lengths.Count == 4;
        long height = lengths[channelFirst ? 2 : 1];
        long width = lengths[channelFirst ? 3 : 2];
        if (height < 1 || width < 1 || height > ushort.MaxValue + 1 || width > ushort.MaxValue + 1
            || height * width > ushort.MaxValue + 1)
        {
            throw new EventFormatException(
                $"The images '{dataset}' of {path} have {height} × {width} pixels; an image has 1 to 65536. "
                + "Crop the images in the file before.",
                path,
                dataset);
        }

        if (lengths[0] > int.MaxValue)
        {
            throw new EventFormatException(
                $"'{dataset}' of {path} says that it holds {lengths[0]} events; one file holds {int.MaxValue} at most. "
                + "Split the file, or check whether it is damaged.",
                path,
                dataset);
        }

        var shape = new ImageShape((int)height, (int)width);
        if (layout.ImageSize is { } stated && stated != shape)
        {
            throw new EventFormatException(
                $"The images '{dataset}' of {path} have {shape} pixels; the layout states {stated}. Leave Size out of the layout.", path, dataset);
        }

        if (channels * shape.Pixels > Array.MaxLength / sizeof(double))
        {
            throw new EventFormatException(
                $"The images '{dataset}' of {path} have {channels} channels of {shape} pixels: more than an array holds. "
                + "Name the dataset that holds the images with EventLayout.Default.Images(name).",
                path,
                dataset);
        }

        return new ImageAxes((int)lengths[0], shape, (int)channels, channelFirst, layout);
    }

    /// <summary>Refuses what no file can be read by.</summary>
    /// <exception cref="ArgumentException">The layout chooses a channel and gives no time.</exception>
    public static void CheckLayout(EventLayout layout)
    {
        if (layout is { EnergyChannel: int channel, ConstantTime: null })
        {
            throw new ArgumentException(
                $"The layout takes the energies from channel {channel} and says nothing of times. Give all pixels one time with TimeAll(time).",
                nameof(layout));
        }
    }

    /// <summary>A shape as text, for example <c>(48, 32, 32, 2)</c>.</summary>
    public static string Text(IReadOnlyList<long> lengths) => $"({string.Join(", ", lengths)}{(lengths.Count == 1 ? "," : "")})";

    /// <summary>Brings whole events from the file's order to (rows, columns, 2).</summary>
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
        int energy = isChannelFirst ? energyChannel * Shape.Pixels : energyChannel;
        int step = isChannelFirst ? 1 : channels;
        for (; !images.IsEmpty; stored = stored[StoredValues..], images = images[Shape.Values..])
        {
            Span<float> image = images[..Shape.Values];
            ReadOnlySpan<float> times = constantTime is null ? stored.Slice(Shape.Pixels, Shape.Pixels) : [];
            float time = constantTime ?? 0;
            for (int pixel = 0, at = energy; pixel < Shape.Pixels; pixel++, at += step)
            {
                image[2 * pixel] = stored[at];
                image[(2 * pixel) + 1] = times.IsEmpty ? time : times[pixel];
            }
        }
    }

    private static string Wanted(EventLayout layout) => layout switch
    {
        { EnergyChannel: int channel, IsChannelFirst: true } => $"(events, {channel + 1} or more, rows, columns)",
        { EnergyChannel: int channel } => $"(events, rows, columns, {channel + 1} or more)",
        { ConstantTime: not null } => "(events, rows, columns)",
        { IsChannelFirst: true } => "(events, 2, rows, columns)",
        _ => "(events, rows, columns, 2)",
    };

    private static string NextStep(IReadOnlyList<long> lengths, EventLayout layout)
    {
        bool onlyEnergies = layout.ConstantTime is not null;
        return lengths switch
        {
            [_, _, _] when layout.EnergyChannel is not null => "They hold one channel: leave Channel out of the layout.",
            [_, _, _] => "They hold energies without times: say so and give the time with EventLayout.Default.TimeAll(0).",
            [_, _, _, 1] or [_, 1, _, _] when !onlyEnergies =>
                "They hold energies without times: say so and give the time with EventLayout.Default.TimeAll(0).",
            [_, _, _, 2] or [_, 2, _, _] when onlyEnergies && layout.EnergyChannel is null =>
                "They hold times beside the energies: leave TimeAll out of the layout.",
            [_, 2, _, _] when !layout.IsChannelFirst =>
                "If the second axis is energy and time, say so with EventLayout.Default.ChannelFirst().",
            [_, _, _, 2] when layout.IsChannelFirst => "If the last axis is energy and time, leave ChannelFirst() out of the layout.",
            [_, var first, var rows, var columns] when first < rows && first < columns && (layout.EnergyChannel is null || !layout.IsChannelFirst) =>
                $"If the second axis is {first} channels and one of them holds energies, say so with EventLayout.Default.ChannelFirst().Channel(number).TimeAll(0).",
            [_, var rows, var columns, var last] when last < rows && last < columns && (layout.EnergyChannel is null || layout.IsChannelFirst) =>
                $"If the last axis is {last} channels and one of them holds energies, say so with EventLayout.Default.Channel(number).TimeAll(0).",
            _ => "Name the dataset that holds the images with EventLayout.Default.Images(name).",
        };
    }
}
