using System.CommandLine;
using System.Globalization;

namespace ParticleImages.Cli;

/// <summary>The options that say where a file keeps its events; the verbs that read files share them.</summary>
internal sealed class LayoutOptions
{
    private readonly Option<string?> images = new("--images")
    {
        Description = "The dataset, array or column with the images; by default /X (HDF5), X or images (npz), images or hits (Arrow), X_jets, X or images (Parquet).",
        HelpName = "NAME",
    };

    private readonly Option<string?> labels = new("--labels")
    {
        Description = "The dataset, array or column with the labels, 0 photon, 1 electron; by default /y (HDF5), y or labels (npz and others); "
            + "for .npy images a second file beside them.",
        HelpName = "NAME",
    };

    private readonly Option<int?> label = NumberOption.OptionalWhole(
        "--label", "The label of all events, 0 photon or 1 electron, for files of one class without labels; labels that are there are not overridden.", "N");

    private readonly Option<bool> channelFirst = new("--channel-first")
    {
        Description = "The images stand as (events, 2, rows, columns), not (events, rows, columns, 2).",
    };

    private readonly Option<double?> time = NumberOption.OptionalReal(
        "--time", "The images hold energies only; all pixels get this time, in the files' unit, 50 ns in the public ones.", "T");

    private readonly Option<int?> channel = NumberOption.OptionalWhole(
        "--channel", "The channel that holds the energies, from 0, where images have several and no times; goes with --time.", "N");

    private readonly Option<string?> size = new("--size")
    {
        Description = "The size of every image, for tables of hits that don't tell, for example 32x32.",
        HelpName = "ROWSxCOLUMNS",
    };

    public void AddTo(Command command)
    {
        foreach (Option option in new Option[] { images, labels, label, channelFirst, channel, size, time })
        {
            command.Add(option);
        }
    }

    /// <exception cref="UsageException">The options do not go together or are out of range.</exception>
    public EventLayout Read(ParseResult parsed)
    {
        if (parsed.GetValue(labels) is not null && parsed.GetValue(label) is not null)
        {
            throw new UsageException("--labels and --label exclude each other: labels are read, or all are the same. Leave one out.");
        }

        EventLayout layout = EventLayout.Default;
        if (parsed.GetValue(images) is { } imagesName)
        {
            layout = Of("--images", imagesName, layout.Images);
        }

        if (parsed.GetValue(labels) is { } labelsName)
        {
            layout = Of("--labels", labelsName, layout.Labels);
        }

        if (parsed.GetValue(label) is int all)
        {
            layout = Of("--label", all, layout.LabelAll);
        }

        if (parsed.GetValue(time) is double constant)
        {
            if (double.IsFinite(constant) && !float.IsFinite((float)constant))
            {
                throw new UsageException($"--time {parsed.GetResult(time)!.Tokens[0].Value} is too large: times are float32, up to 3.4e38.");
            }

            layout = Of("--time", (float)constant, layout.TimeAll);
        }

        if (parsed.GetValue(channel) is int energies)
        {
            layout = layout.ConstantTime is null
                ? throw new UsageException("--channel takes energies only, and says nothing of times. Give all pixels one with --time, for example --time 0.")
                : Of("--channel", energies, layout.Channel);
        }

        if (parsed.GetValue(size) is { } sides)
        {
            layout = layout.Size(SizeOf(sides));
        }

        return parsed.GetValue(channelFirst) ? layout.ChannelFirst() : layout;
    }

    private static ImageShape SizeOf(string text)
    {
        string[] sides = text.Split('x');
        if (sides.Length == 2 && int.TryParse(sides[0], NumberStyles.None, CultureInfo.InvariantCulture, out int rows)
            && int.TryParse(sides[1], NumberStyles.None, CultureInfo.InvariantCulture, out int columns) && rows > 0 && columns > 0 && (long)rows * columns <= ushort.MaxValue + 1)
        {
            return new ImageShape(rows, columns);
        }

        throw new UsageException($"--size '{text}' is no size of an image: rows and columns with an x between them, for example 32x32, of up to 65536 pixels.");
    }

    private static EventLayout Of<T>(string option, T value, Func<T, EventLayout> set)
    {
        try
        {
            return set(value);
        }
        catch (ArgumentException refused)
        {
            throw new UsageException(Sentence.Invariant($"{option} '{value}': {Sentence.Of(refused)}"));
        }
    }
}
