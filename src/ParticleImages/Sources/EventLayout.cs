namespace ParticleImages;

/// <summary>
/// Where a file keeps its events: which dataset holds the images, which the labels, and in which order the axes stand.
/// Immutable; every verb sets one slot of a copy (the last call wins).
/// </summary>
/// <remarks>
/// <para>
/// <see cref="Default"/> fits the public electron and photon files: images (events, rows, columns, 2) with energy, then
/// time, in <c>/X</c>, and labels (events) in <c>/y</c>. <see cref="PublicLayouts"/> has those of other public data.
/// </para>
/// <para>
/// What is not said is detected where only one answer fits the file, and refused with the choices where several do: the images are
/// the one dataset of floats with such axes, the labels the one of a number an event, the channels the one axis of length 2. What
/// is said is never overridden. Times, units and whether rows or columns come first can't be seen in a file: they are said or as usual.
/// </para>
/// <example><code>EventLayout.Default.Images("/data/images").Labels("/data/labels").ChannelFirst()</code></example>
/// </remarks>
public sealed record EventLayout
{
    private EventLayout()
    {
    }

    /// <summary>The public files' layout; for npz archives the arrays <c>X</c>, <c>y</c> or <c>images</c>, <c>labels</c>.</summary>
    public static EventLayout Default { get; } = new();

    /// <summary>The dataset or array with the images; null stands for the format's usual name, or the only one that can be.</summary>
    public string? ImagesName { get; private init; }

    /// <summary>The dataset or array with the labels (for .npy a second file); null stands for the format's usual name, or the only one that can be.</summary>
    public string? LabelsName { get; private init; }

    /// <summary>The label of every event where the file has none; null when labels are read.</summary>
    public int? ConstantLabel { get; private init; }

    /// <summary>The time of every pixel where the images hold only energies; null when times are read.</summary>
    public float? ConstantTime { get; private init; }

    /// <summary>The channel that holds the energies where images have several and no times; null where there is one, or energy and time.</summary>
    public int? EnergyChannel { get; private init; }

    /// <summary>The size of every image as the layout states it; null where the file tells.</summary>
    public ImageShape? ImageSize { get; private init; }

    /// <summary>Where the channels stand among the axes; null, the default, where the file tells, and last where it does not.</summary>
    public ChannelOrder? ChannelOrder { get; private init; }

    /// <summary>True for images whose columns come before their rows, (events, columns, rows, 2); false, the default, for rows before columns.</summary>
    public bool IsColumnFirst { get; private init; }

    /// <summary>What every energy read is multiplied by; 1, the default, keeps its bits.</summary>
    public double EnergyFactor { get; private init; } = 1;

    /// <summary>What every time read is multiplied by; 1, the default, keeps its bits.</summary>
    public double TimeFactor { get; private init; } = 1;

    /// <summary>The number of layers of a detector with depth instead of time; null, the default, for images.</summary>
    public int? LayerCount { get; private init; }

    /// <summary>Where the layers stand among the axes; without meaning where <see cref="LayerCount"/> is null.</summary>
    public LayerOrder LayerOrder { get; private init; }

    /// <summary>Names the dataset with the images.</summary>
    /// <param name="name">For HDF5 a path such as <c>/data/images</c>, for npz an array's name.</param>
    /// <returns>A copy.</returns>
    public EventLayout Images(string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        return this with { ImagesName = name };
    }

    /// <summary>Names the dataset with the labels.</summary>
    /// <param name="name">For HDF5 a path, for npz an array's name, for npy a file beside the images' file.</param>
    /// <returns>A copy, without a constant label.</returns>
    public EventLayout Labels(string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        return this with { LabelsName = name, ConstantLabel = null };
    }

    /// <summary>Gives every event the same label, for a file of one class without labels; a file with labels of the usual name is refused.</summary>
    /// <param name="label">0 (photon) or 1 (electron).</param>
    /// <returns>A copy, without a labels' name.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The label is neither 0 nor 1.</exception>
    public EventLayout LabelAll(int label)
    {
        ParticleLabel.NameOf(label);
        return this with { ConstantLabel = label, LabelsName = null };
    }

    /// <summary>Says that images hold only energies, (events, rows, columns), and puts every pixel at one time.</summary>
    /// <param name="time">The time of all pixels, finite, in the unit of what is read (the public files': 50 ns); no factor is applied to it.</param>
    /// <returns>A copy.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The time is NaN or infinite.</exception>
    public EventLayout TimeAll(float time)
    {
        if (!float.IsFinite(time))
        {
            throw new ArgumentOutOfRangeException(nameof(time), time, "The time of all pixels is a finite number.");
        }

        return this with { ConstantTime = time };
    }

    /// <summary>
    /// Says which channel holds the energies, for images of several channels without times, such as jets of tracks and two calorimeters;
    /// the other channels are not read. <see cref="TimeAll"/> gives the time.
    /// </summary>
    /// <param name="channel">The channel, from 0.</param>
    /// <returns>A copy.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The channel is negative.</exception>
    /// <example><code>EventLayout.Default.Images("X_jets").ChannelFirst().Channel(1).TimeAll(0)</code></example>
    public EventLayout Channel(int channel)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(channel);
        return this with { EnergyChannel = channel };
    }

    /// <summary>States the size of every image or layer, for tables of hits and rows of cells that don't tell; a file that tells another size is refused.</summary>
    /// <param name="size">Rows and columns.</param>
    /// <returns>A copy.</returns>
    /// <exception cref="ArgumentException">The size was never set.</exception>
    public EventLayout Size(ImageShape size) => size == default
        ? throw new ArgumentException("The size is 0 × 0: it was never set. Every side is at least 1.", nameof(size))
        : this with { ImageSize = size };

    /// <summary>Says that images stand as (events, 2, rows, columns), or with <see cref="Channel"/> as (events, channels, rows, columns).</summary>
    /// <returns>A copy.</returns>
    public EventLayout ChannelFirst() => this with { ChannelOrder = ParticleImages.ChannelOrder.First };

    /// <summary>Says that images stand as (events, rows, columns, 2), or with <see cref="Channel"/> as (events, rows, columns, channels).</summary>
    /// <returns>A copy.</returns>
    public EventLayout ChannelLast() => this with { ChannelOrder = ParticleImages.ChannelOrder.Last };

    /// <summary>
    /// Says that the columns come before the rows, (events, columns, rows, 2), wherever the channels stand: for arrays in (φ, η) or (x, y)
    /// order. No file shows it. Images are turned while they are read, so that rows come first again.
    /// </summary>
    /// <returns>A copy.</returns>
    public EventLayout ColumnFirst() => this with { IsColumnFirst = true };

    /// <summary>
    /// Says what to multiply energies and times with while they are read, to bring a file to other units: cuts, bins and trained networks
    /// know the units that they were made for. A value is read as float32, multiplied in double precision and rounded to float32; a factor of 1 keeps its bits.
    /// </summary>
    /// <param name="energy">The factor of every energy, finite and above 0.</param>
    /// <param name="time">The factor of every time read, finite and above 0. It is not applied to the time of <see cref="TimeAll"/>, nor to layers.</param>
    /// <returns>A copy; both factors are set.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A factor is 0, negative, NaN or infinite.</exception>
    /// <example>MeV and ns, as units of 50 GeV and 50 ns: <code>EventLayout.Default.ScaledBy(energy: 1 / 50_000.0, time: 1 / 50.0)</code></example>
    public EventLayout ScaledBy(double energy = 1, double time = 1) => this with
    {
        EnergyFactor = Factor(energy, nameof(energy)),
        TimeFactor = Factor(time, nameof(time)),
    };

    /// <summary>
    /// Says that an event has layers in depth instead of times: (events, layers, rows, columns), (events, rows, columns, layers), or, with
    /// <see cref="Size"/>, (events, cells). A pixel then has as many hits as layers, which no image holds: <c>EventFile.ReadLayers</c> reads
    /// them as <see cref="HitEvents"/>.
    /// </summary>
    /// <param name="count">How many, 1 to 65 536.</param>
    /// <param name="order">Where they stand; the first, the default, or the last axis of an event.</param>
    /// <returns>A copy.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The number or the order is not allowed.</exception>
    public EventLayout Layers(int count, LayerOrder order = LayerOrder.First)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, ushort.MaxValue + 1);
        return order is LayerOrder.First or LayerOrder.Last
            ? this with { LayerCount = count, LayerOrder = order }
            : throw new ArgumentOutOfRangeException(nameof(order), order, "The layers stand First or Last.");
    }

    /// <summary>The layout that <see cref="ToJson"/> described.</summary>
    /// <param name="json">The text.</param>
    /// <returns>An equal layout.</returns>
    /// <exception cref="FormatException">The text is no JSON object, or a property is unknown or out of its range.</exception>
    public static EventLayout FromJson(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        return LayoutJson.Read(json);
    }

    /// <summary>Describes this layout as JSON, to be stored beside what was made with it.</summary>
    /// <returns>A JSON object of the slots that are set; numbers come back bit for bit.</returns>
    public string ToJson() => LayoutJson.Write(this);

    /// <summary>The layout in one line, with points as decimal signs.</summary>
    /// <returns>What is set.</returns>
    public override string ToString()
    {
        string labels = LabelsName ?? (ConstantLabel is { } label ? FormattableString.Invariant($"all {label}") : "as usual");
        string channels = ChannelOrder switch
        {
            ParticleImages.ChannelOrder.First => ", channels first",
            ParticleImages.ChannelOrder.Last => ", channels last",
            _ => string.Empty,
        };
        return $"images {ImagesName ?? "as usual"}, labels {labels}{channels}"
            + (IsColumnFirst ? ", columns before rows" : string.Empty)
            + (EnergyChannel is { } channel ? FormattableString.Invariant($", energies in channel {channel}") : string.Empty)
            + (LayerCount is { } layers ? FormattableString.Invariant($", {layers} layers {(LayerOrder == LayerOrder.First ? "first" : "last")}") : string.Empty)
            + (ImageSize is { } size ? $", size {size}" : string.Empty)
            + (ConstantTime is { } time ? FormattableString.Invariant($", all times {time}") : string.Empty)
            + (EnergyFactor != 1 ? FormattableString.Invariant($", energies × {EnergyFactor}") : string.Empty)
            + (TimeFactor != 1 ? FormattableString.Invariant($", times × {TimeFactor}") : string.Empty);
    }

    private static double Factor(double factor, string name) => double.IsFinite(factor) && factor > 0
        ? factor
        : throw new ArgumentOutOfRangeException(name, factor, "A factor is finite and above 0; 1 leaves values as they are.");
}
