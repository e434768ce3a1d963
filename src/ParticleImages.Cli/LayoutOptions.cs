using System.CommandLine;
using System.Globalization;

namespace ParticleImages.Cli;

/// <summary>The options that say where a file keeps its events; the verbs that read files share them.</summary>
internal sealed class LayoutOptions
{
    private readonly Option<string?> known = ChoiceOption.Of(
        "--layout", "The layout of public data by name; other options change what it says: docs/formats/public-data.md.", [.. LayoutName.All]);

    private readonly Option<string?> images = new("--images")
    {
        Description = "The dataset, array or column with the images; by default /X (HDF5), X or images (npz), images or hits (Arrow), X_jets, X or images (Parquet), "
            + "or the only one that can be.",
        HelpName = "NAME",
    };

    private readonly Option<string?> labels = new("--labels")
    {
        Description = "The dataset, array or column with the labels, 0 photon, 1 electron; by default /y (HDF5), y or labels (npz and others), or the only one that can be; "
            + "for .npy images a second file beside them.",
        HelpName = "NAME",
    };

    private readonly Option<int?> label = NumberOption.OptionalWhole(
        "--label", "The label of all events, 0 photon or 1 electron, for files of one class without labels; labels that are there are not overridden.", "N");

    private readonly Option<bool> channelFirst = new("--channel-first")
    {
        Description = "The images stand as (events, 2, rows, columns); by default the axis of length 2 tells.",
    };

    private readonly Option<bool> channelLast = new("--channel-last")
    {
        Description = "The images stand as (events, rows, columns, 2); by default the axis of length 2 tells.",
    };

    private readonly Option<bool> columnFirst = new("--column-first")
    {
        Description = "The columns come before the rows, as in (phi, eta) order; images are turned while they are read.",
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

    private readonly Option<double?> energyFactor = NumberOption.OptionalReal(
        "--energy-factor", "Every energy read is multiplied by this, to bring a file to the units of cuts and models: 2e-5 makes MeV to units of 50 GeV.", "F");

    private readonly Option<double?> timeFactor = NumberOption.OptionalReal(
        "--time-factor", "Every time read is multiplied by this: 0.02 makes ns to units of 50 ns. The time of --time is as it is given.", "F");

    private IEnumerable<Option> All => [known, images, labels, label, channelFirst, channelLast, columnFirst, channel, size, time, energyFactor, timeFactor];

    public void AddTo(Command command)
    {
        foreach (Option option in All)
        {
            command.Add(option);
        }
    }

    /// <summary>The name of an option that was given; null where none was.</summary>
    public string? FirstGiven(ParseResult parsed) => All.FirstOrDefault(option => parsed.GetResult(option) is { Implicit: false })?.Name;

    /// <exception cref="UsageException">The options do not go together or are out of range.</exception>
    public EventLayout Read(ParseResult parsed)
    {
        if (parsed.GetValue(labels) is not null && parsed.GetValue(label) is not null)
        {
            throw new UsageException("--labels and --label exclude each other: labels are read, or all are the same. Leave one out.");
        }

        if (parsed.GetValue(channelFirst) && parsed.GetValue(channelLast))
        {
            throw new UsageException("--channel-first and --channel-last exclude each other: the channels stand in one place. Leave one out.");
        }

        EventLayout layout = parsed.GetValue(known) is { } name ? LayoutName.Find(name, parsed.GetValue(label) is not null || parsed.GetValue(labels) is not null, parsed.GetValue(channel) is not null) : EventLayout.Default;
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

        if (parsed.GetValue(energyFactor) is double ofEnergy)
        {
            layout = Of("--energy-factor", ofEnergy, factor => layout.ScaledBy(factor, layout.TimeFactor));
        }

        if (parsed.GetValue(timeFactor) is double ofTime)
        {
            layout = Of("--time-factor", ofTime, factor => layout.ScaledBy(layout.EnergyFactor, factor));
        }

        layout = parsed.GetValue(channelFirst) ? layout.ChannelFirst() : layout;
        layout = parsed.GetValue(channelLast) ? layout.ChannelLast() : layout;
        return parsed.GetValue(columnFirst) ? layout.ColumnFirst() : layout;
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
