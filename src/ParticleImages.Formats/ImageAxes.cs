namespace ParticleImages.Formats;

/// <summary>
/// Which axis of a dataset is what, once a layout and a shape have been found to agree, and the way from the file's
/// order of values to the library's.
/// </summary>
internal sealed class ImageAxes
{
    private readonly bool isChannelFirst;
    private readonly float? constantTime;

    private ImageAxes(int count, ImageShape shape, bool isChannelFirst, float? constantTime)
    {
        Count = count;
        Shape = shape;
        this.isChannelFirst = isChannelFirst;
        this.constantTime = constantTime;
    }

    /// <summary>The number of events.</summary>
    public int Count { get; }

    public ImageShape Shape { get; }

    /// <summary>True when the file's order is the library's, (events, rows, columns, 2), so that nothing is to be arranged.</summary>
    public bool AreInOrder => !isChannelFirst && constantTime is null;

    /// <summary>Values of one event in the file: both channels, or energies alone.</summary>
    public int StoredValues => constantTime is null ? Shape.Values : Shape.Pixels;

    /// <summary>Checks a dataset's shape against a layout. Nothing is guessed: the layout says where the channels are.</summary>
    /// <exception cref="EventFormatException">They do not agree; the message says which verb of the layout would.</exception>
    public static ImageAxes Of(IReadOnlyList<long> lengths, EventLayout layout, string path, string dataset)
    {
        bool onlyEnergies = layout.ConstantTime is not null;
        int channels = onlyEnergies ? 1 : 2;
        int channelAxis = layout.IsChannelFirst ? 1 : 3;
        bool fits = (lengths.Count == 4 && lengths[channelAxis] == channels) || (lengths.Count == 3 && onlyEnergies);
        if (!fits)
        {
            string wanted = onlyEnergies
                ? "(events, rows, columns)"
                : layout.IsChannelFirst ? "(events, 2, rows, columns)" : "(events, rows, columns, 2)";
            throw new EventFormatException(
                $"The images '{dataset}' of {path} have the shape {Text(lengths)}; the layout wants {wanted}. "
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

        return new ImageAxes(
            (int)lengths[0], new ImageShape((int)height, (int)width), channelFirst && !onlyEnergies, layout.ConstantTime);
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

        int pixels = Shape.Pixels;
        for (; !images.IsEmpty; stored = stored[StoredValues..], images = images[Shape.Values..])
        {
            ReadOnlySpan<float> energies = stored[..pixels];
            Span<float> image = images[..Shape.Values];
            if (constantTime is float time)
            {
                for (int pixel = 0; pixel < energies.Length; pixel++)
                {
                    image[2 * pixel] = energies[pixel];
                    image[(2 * pixel) + 1] = time;
                }
            }
            else
            {
                ReadOnlySpan<float> times = stored.Slice(pixels, pixels);
                for (int pixel = 0; pixel < energies.Length; pixel++)
                {
                    image[2 * pixel] = energies[pixel];
                    image[(2 * pixel) + 1] = times[pixel];
                }
            }
        }
    }

    private static string NextStep(IReadOnlyList<long> lengths, EventLayout layout)
    {
        bool onlyEnergies = layout.ConstantTime is not null;
        return lengths switch
        {
            [_, _, _] => "They hold energies without times: say so and give the time with EventLayout.Default.TimeAll(0).",
            [_, _, _, 1] or [_, 1, _, _] when !onlyEnergies =>
                "They hold energies without times: say so and give the time with EventLayout.Default.TimeAll(0).",
            [_, _, _, 2] or [_, 2, _, _] when onlyEnergies =>
                "They hold times beside the energies: leave TimeAll out of the layout.",
            [_, 2, _, _] when !layout.IsChannelFirst =>
                "If the second axis is energy and time, say so with EventLayout.Default.ChannelFirst().",
            [_, _, _, 2] when layout.IsChannelFirst => "If the last axis is energy and time, leave ChannelFirst() out of the layout.",
            _ => "Name the dataset that holds the images with EventLayout.Default.Images(name).",
        };
    }
}
