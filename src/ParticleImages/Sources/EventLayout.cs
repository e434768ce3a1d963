namespace ParticleImages;

/// <summary>
/// Where a file keeps its events: which dataset holds the images, which the labels, and in which order the axes stand.
/// Immutable; every verb sets one slot of a copy (the last call wins).
/// </summary>
/// <remarks>
/// <see cref="Default"/> fits the public electron and photon files: images (events, rows, columns, 2) with energy, then
/// time, in <c>/X</c>, and labels (events) in <c>/y</c>.
/// <example><code>EventLayout.Default.Images("/data/images").Labels("/data/labels").ChannelFirst()</code></example>
/// </remarks>
public sealed record EventLayout
{
    private EventLayout()
    {
    }

    /// <summary>The public files' layout; for npz archives the arrays <c>X</c>, <c>y</c> or <c>images</c>, <c>labels</c>.</summary>
    public static EventLayout Default { get; } = new();

    /// <summary>The dataset or array with the images; null stands for the format's usual name.</summary>
    public string? ImagesName { get; private init; }

    /// <summary>The dataset or array with the labels (for .npy a second file); null stands for the format's usual name.</summary>
    public string? LabelsName { get; private init; }

    /// <summary>The label of every event where the file has none; null when labels are read.</summary>
    public int? ConstantLabel { get; private init; }

    /// <summary>The time of every pixel where the images hold only energies; null when times are read.</summary>
    public float? ConstantTime { get; private init; }

    /// <summary>The channel that holds the energies where images have several and no times; null where there is one, or energy and time.</summary>
    public int? EnergyChannel { get; private init; }

    /// <summary>The size of every image as the layout states it; null where the file tells.</summary>
    public ImageShape? ImageSize { get; private init; }

    /// <summary>True for images (events, 2, rows, columns); false, the default, for (events, rows, columns, 2).</summary>
    public bool IsChannelFirst { get; private init; }

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
    /// <param name="time">The time of all pixels, finite, in the file's units (the public files': 50 ns).</param>
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

    /// <summary>States the size of every image, for tables of hits that don't tell; a file that tells another size is refused.</summary>
    /// <param name="size">Rows and columns.</param>
    /// <returns>A copy.</returns>
    /// <exception cref="ArgumentException">The size was never set.</exception>
    public EventLayout Size(ImageShape size) => size == default
        ? throw new ArgumentException("The size is 0 × 0: it was never set. Every side is at least 1.", nameof(size))
        : this with { ImageSize = size };

    /// <summary>Says that images stand as (events, 2, rows, columns), or with <see cref="Channel"/> as (events, channels, rows, columns).</summary>
    /// <returns>A copy.</returns>
    public EventLayout ChannelFirst() => this with { IsChannelFirst = true };

    /// <summary>The layout in one line, with points as decimal signs.</summary>
    /// <returns>What is set.</returns>
    public override string ToString() => FormattableString.Invariant(
        $"images {ImagesName ?? "as usual"}, labels {LabelsName ?? ConstantLabel?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "as usual"}, {(IsChannelFirst ? "channels first" : "channels last")}")
        + (EnergyChannel is { } channel ? FormattableString.Invariant($", energies in channel {channel}") : string.Empty)
        + (ImageSize is { } size ? $", size {size}" : string.Empty)
        + (ConstantTime is { } time ? FormattableString.Invariant($", all times {time}") : string.Empty);
}
