using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace ParticleImages.Voxelization;

/// <summary>
/// Cuts the pixels of calorimeter images and sorts the hits that remain into time bins: images (events, rows, columns,
/// energy and time) become voxels (events, frames, rows, columns). Immutable and safe to use from several threads;
/// every verb sets one slot of a copy (the last call wins), and <c>Bin</c> does the work.
/// </summary>
/// <remarks>
/// <para>
/// A hit is a pixel with a finite energy other than 0 and a finite time; every other pixel is none, whatever the cuts
/// say. A hit that passes the cuts and lies inside the crop goes to the bin (edge k, edge k+1] of its time, and its voxel holds
/// its energy after the scaling. A pixel of an image is one hit at most, so nothing is summed; where hits do meet in a voxel (several hits a pixel, a
/// projection) their energies are summed in double and rounded once. All other voxels are +0.
/// </para>
/// <para>
/// Without <see cref="KeepEnergyAbove"/> negative energies are hits too. Images and the <see cref="HitEvents"/> found in
/// them give the same voxels, bit for bit.
/// </para>
/// <example><code>
/// Voxelizer.Over(TimeAxis.Range(-0.1, 0.1, step: 0.0099)).KeepEnergyAbove(0.005).KeepTimeWithin(0.1).Cumulative()
/// </code></example>
/// </remarks>
public sealed partial record Voxelizer
{
    /// <summary>The time window of the notebook-compatible mode, fixed by the notebook.</summary>
    internal const double NotebookTimeWindow = 100;

    private static readonly ImmutableArray<VoxelChannel> EnergyAlone = [VoxelChannel.Energy];

    private Voxelizer(TimeAxis axis) => Axis = axis;

    /// <summary>
    /// The time bins. In the notebook-compatible mode these are the bins that get filled, one fewer than there are frames.
    /// </summary>
    public TimeAxis Axis { get; private init; }

    /// <summary>Hits are kept where energy &gt; threshold; null, the default, keeps all.</summary>
    public double? EnergyThreshold { get; private init; }

    /// <summary>Hits are kept where |time| &lt; window; null, the default, keeps all. 100 in the notebook-compatible mode.</summary>
    public double? TimeWindow { get; private init; }

    /// <summary>True if a hit fills its own bin and all later ones; false, the default, if its own alone.</summary>
    public bool IsCumulative { get; private init; }

    /// <summary>The side of the square that is kept, in pixels; null, the default, for whole images.</summary>
    public int? CropSize { get; private init; }

    /// <summary>The pixel in the crop's centre; null, the default, for the image's.</summary>
    public (int Row, int Column)? CropCentre { get; private init; }

    /// <summary>True if the crop's centre is each event's hottest hit.</summary>
    public bool IsCropAroundHottest { get; private init; }

    /// <summary>The side from which the voxels are seen; none by default.</summary>
    public VoxelProjection Projection { get; private init; }

    /// <summary>What each voxel tells, in order; the energy alone by default.</summary>
    public ImmutableArray<VoxelChannel> Channels { get; private init; } = EnergyAlone;

    /// <summary>The steps by which energies are scaled, in order; none by default.</summary>
    public ImmutableArray<VoxelScaling> EnergyScaling { get; private init; } = [];

    /// <summary>The steps by which the times of <see cref="VoxelChannel.Time"/> are scaled, in order; none by default.</summary>
    public ImmutableArray<VoxelScaling> TimeScaling { get; private init; } = [];

    /// <summary>
    /// Whether events can be binned; false while the axis or the scaling of one of the <see cref="Channels"/> waits for <see cref="Fit(HitEvents)"/>.
    /// </summary>
    public bool IsFitted => Axis.IsFitted
        && (!Has(VoxelChannel.Energy) || EnergyScaling.All(step => step.IsFitted))
        && (!Has(VoxelChannel.Time) || TimeScaling.All(step => step.IsFitted));

    /// <summary>True for the preset <see cref="NotebookCompatible"/>.</summary>
    public bool IsNotebookCompatible { get; private init; }

    /// <summary>Starts with time bins and nothing else: no cuts, exclusive, whole images, energies as they are.</summary>
    /// <param name="axis">The time bins and what becomes of times outside them.</param>
    /// <returns>The voxelizer.</returns>
    public static Voxelizer Over(TimeAxis axis)
    {
        ArgumentNullException.ThrowIfNull(axis);
        return new Voxelizer(axis);
    }

    /// <summary>
    /// Bins as a published notebook did, to reproduce numbers obtained with it; for new work use <see cref="Over"/>.
    /// </summary>
    /// <remarks>
    /// The edges are the n points of numpy.arange(start, stop, step), so n − 1 bins are filled; there are n frames, and
    /// frame n − 1 is always empty. Cumulative frame k holds every hit with time ≤ edge k+1, also those before the first
    /// edge; an exclusive frame holds those in (edge k, edge k+1]. Hits after the last edge are lost. The time window is
    /// |time| &lt; 100 and <see cref="KeepTimeWithin"/> is refused. All other verbs work as usual, and NaN and infinite
    /// values are no hits here either.
    /// </remarks>
    /// <param name="start">The first edge, finite.</param>
    /// <param name="stop">After start, finite; it is not an edge itself.</param>
    /// <param name="step">The distance of the edges, above 0 and below stop − start.</param>
    /// <returns>The voxelizer: exclusive, without an energy cut, whole images.</returns>
    /// <exception cref="ArgumentOutOfRangeException">
    /// The numbers make no axis (see <see cref="TimeAxis.Range"/>), or one edge alone, which bounds no bin.
    /// </exception>
    public static Voxelizer NotebookCompatible(double start, double stop, double step)
    {
        double[] edges = BinEdges.Arange(start, stop, step, closeLastBin: false);
        if (edges.Length < 2)
        {
            throw new ArgumentOutOfRangeException(
                nameof(step),
                step,
                "It makes a single frame, and the notebook leaves its last frame empty. Use a step below stop − start.");
        }

        return NotebookOver(TimeAxis.FromEdges(edges));
    }

    /// <summary>Keeps hits with energy &gt; threshold; both are float32, the threshold rounded once.</summary>
    /// <param name="threshold">In the unit of the images (in the public files 50 GeV: 0.005 is 0.25 GeV), finite as float32.</param>
    /// <returns>A copy.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The threshold is not finite as float32.</exception>
    public Voxelizer KeepEnergyAbove(double threshold) =>
        float.IsFinite((float)threshold)
            ? this with { EnergyThreshold = threshold }
            : throw new ArgumentOutOfRangeException(
                nameof(threshold), threshold, "An energy threshold is a finite float32 number.");

    /// <summary>Keeps hits with |time| &lt; window; both are float32, the window rounded once.</summary>
    /// <param name="window">In the unit of the images (in the public files 50 ns: 0.1 is ±5 ns), finite and above 0 as float32.</param>
    /// <returns>A copy.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The window is not finite and above 0 as float32.</exception>
    /// <exception cref="InvalidOperationException">The notebook-compatible mode has a window of its own.</exception>
    public Voxelizer KeepTimeWithin(double window)
    {
        CheckPositive(window, nameof(window), "A time window");
        if (IsNotebookCompatible)
        {
            throw new InvalidOperationException(
                "The notebook-compatible mode has its own time window, |time| < 100, and takes no other. "
                + "Leave KeepTimeWithin out, or use Voxelizer.Over(TimeAxis.Range(…)).");
        }

        return this with { TimeWindow = window };
    }

    /// <summary>Lets a hit fill its own bin and all later ones, so that earlier deposits linger.</summary>
    /// <returns>A copy.</returns>
    public Voxelizer Cumulative() => this with { IsCumulative = true };

    /// <summary>Lets a hit fill its own bin alone. The default.</summary>
    /// <returns>A copy.</returns>
    public Voxelizer Exclusive() => this with { IsCumulative = false };

    /// <summary>
    /// Keeps the central square of the image: rows [H/2 − n/2, H/2 + n/2) and the same columns, for 32 × 32 pixels
    /// around (16, 16), where the public files have the hottest pixel. Halves are rounded down.
    /// </summary>
    /// <param name="size">n, the side in pixels: even, at least 2, at most the image (checked when one is known).</param>
    /// <returns>A copy.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The size is odd or below 2.</exception>
    public Voxelizer Crop(int size) => WithCrop(size, centre: null, isAroundHottest: false);

    /// <summary>Keeps the square around a pixel: rows [row − n/2, row + n/2) and columns [column − n/2, column + n/2).</summary>
    /// <param name="size">n, the side in pixels: even, at least 2; all of the square lies in the image (checked when one is known).</param>
    /// <param name="row">The centre's row, from 0.</param>
    /// <param name="column">The centre's column, from 0.</param>
    /// <returns>A copy.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The size is odd or below 2, or the square begins before the image.</exception>
    public Voxelizer Crop(int size, int row, int column)
    {
        Voxelizer cropped = WithCrop(size, (row, column), isAroundHottest: false);
        CheckBegin(row, size, nameof(row));
        CheckBegin(column, size, nameof(column));
        return cropped;

        static void CheckBegin(int centre, int size, string name)
        {
            if (centre < size / 2)
            {
                throw new ArgumentOutOfRangeException(
                    name, centre, $"The square would begin before the image: a crop of {size} pixels has its centre at {size / 2} or later.");
            }
        }
    }

    /// <summary>
    /// Keeps the square around each event's hottest hit: of those that pass the cuts the one with most energy, the first of several. Where the
    /// square reaches beyond the image its voxels are empty.
    /// </summary>
    /// <param name="size">n, the side in pixels: even, at least 2, at most the image (checked when one is known).</param>
    /// <returns>A copy.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The size is odd or below 2.</exception>
    public Voxelizer CropAroundHottest(int size) => WithCrop(size, centre: null, isAroundHottest: true);

    /// <summary>Looks at the voxels from one side; the third axis becomes 1 long.</summary>
    /// <param name="projection">The side, or <see cref="VoxelProjection.None"/>.</param>
    /// <returns>A copy.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such projection.</exception>
    public Voxelizer Project(VoxelProjection projection) =>
        projection is >= VoxelProjection.None and <= VoxelProjection.YT
            ? this with { Projection = projection }
            : throw new ArgumentOutOfRangeException(nameof(projection), projection, "The projections are None, XY, XT and YT.");

    /// <summary>Says what each voxel tells; with several channels the voxels are (channels, frames, rows, columns).</summary>
    /// <param name="channels">At least one, each at most once, in the order in which they shall stand.</param>
    /// <returns>A copy.</returns>
    /// <exception cref="ArgumentException">There is none, one is there twice, or one does not exist.</exception>
    public Voxelizer WithChannels(params VoxelChannel[] channels)
    {
        ArgumentNullException.ThrowIfNull(channels);
        bool areKnown = channels.All(channel => channel is >= VoxelChannel.Energy and <= VoxelChannel.Hit);
        return channels.Length > 0 && areKnown && channels.Distinct().Count() == channels.Length
            ? this with { Channels = [.. channels] }
            : throw new ArgumentException(
                $"Channels are at least one of Energy, Time and Hit, each at most once; received {(channels.Length == 0 ? "none" : string.Join(", ", channels))}.",
                nameof(channels));
    }

    /// <summary>Multiplies energies by a number after the cuts: the same as <c>ScaleEnergy(VoxelScaling.By(factor))</c>.</summary>
    /// <param name="factor">Finite and above 0 as float32; 50 gives GeV for the public files.</param>
    /// <returns>A copy.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The factor is not finite and above 0 as float32.</exception>
    public Voxelizer ScaleEnergy(double factor) => ScaleEnergy(VoxelScaling.By(factor));

    /// <summary>Sets the steps by which energies are scaled after the cuts; those set before are forgotten.</summary>
    /// <param name="steps">In order; none for energies as they are. <see cref="VoxelScaling.Standardise"/> can only be the last.</param>
    /// <returns>A copy.</returns>
    /// <exception cref="ArgumentException">A standardisation is not the last step.</exception>
    public Voxelizer ScaleEnergy(params VoxelScaling[] steps) => this with { EnergyScaling = Checked(steps) };

    /// <summary>Sets the steps by which the times of <see cref="VoxelChannel.Time"/> are scaled; those set before are forgotten. The bins are not affected.</summary>
    /// <param name="steps">In order; none for times as they are. <see cref="VoxelScaling.Standardise"/> can only be the last.</param>
    /// <returns>A copy.</returns>
    /// <exception cref="ArgumentException">A standardisation is not the last step.</exception>
    public Voxelizer ScaleTime(params VoxelScaling[] steps) => this with { TimeScaling = Checked(steps) };

    /// <summary>Describes this voxelizer as JSON, to be stored beside what was made with it.</summary>
    /// <returns>A JSON object with a format version; numbers come back bit for bit.</returns>
    public string ToJson() => VoxelizerJson.Write(this);

    /// <summary>The voxelizer that <see cref="ToJson"/> described.</summary>
    /// <param name="json">The text.</param>
    /// <returns>An equal voxelizer.</returns>
    /// <exception cref="FormatException">
    /// The text is not JSON, its version is unknown, or a property is missing, unknown or out of its range.
    /// </exception>
    public static Voxelizer FromJson(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        return VoxelizerJson.Read(json);
    }

    /// <summary>
    /// The voxelizer as text, for example <c>8 bins from -1 to 1, energy &gt; 0.005, |time| &lt; 0.1, cumulative</c>.
    /// </summary>
    /// <returns>The axis, then the cuts and choices that are set.</returns>
    public override string ToString()
    {
        var text = new StringBuilder(IsNotebookCompatible ? "notebook-compatible, " : string.Empty).Append(Axis);
        Append(EnergyThreshold is not null, $", energy > {EnergyThreshold:R}");
        Append(TimeWindow is not null, $", |time| < {TimeWindow:R}");
        Append(true, $", {(IsCumulative ? "cumulative" : "exclusive")}");
        Append(CropSize is not null, $", {CropText}");
        Append(Projection != VoxelProjection.None, $", {Projection} projection");
        Append(!Channels.SequenceEqual(EnergyAlone), $", channels {string.Join(" and ", Channels)}");
        Append(!EnergyScaling.IsEmpty, $", energy {string.Join(", then ", EnergyScaling)}");
        Append(!TimeScaling.IsEmpty, $", time {string.Join(", then ", TimeScaling)}");
        return text.ToString();

        void Append(bool isSet, FormattableString words) =>
            text.Append(isSet ? words.ToString(CultureInfo.InvariantCulture) : string.Empty);
    }

    /// <summary>Whether another voxelizer has the same choices.</summary>
    /// <param name="other">The other voxelizer.</param>
    /// <returns>True if so.</returns>
    public bool Equals(Voxelizer? other) =>
        other is not null
        && (Axis, EnergyThreshold, TimeWindow, IsCumulative, IsNotebookCompatible)
            == (other.Axis, other.EnergyThreshold, other.TimeWindow, other.IsCumulative, other.IsNotebookCompatible)
        && (CropSize, CropCentre, IsCropAroundHottest, Projection)
            == (other.CropSize, other.CropCentre, other.IsCropAroundHottest, other.Projection)
        && Channels.SequenceEqual(other.Channels)
        && EnergyScaling.SequenceEqual(other.EnergyScaling)
        && TimeScaling.SequenceEqual(other.TimeScaling);

    /// <summary>A hash of the choices.</summary>
    /// <returns>The hash.</returns>
    public override int GetHashCode() =>
        HashCode.Combine(Axis, EnergyThreshold, TimeWindow, IsCumulative, CropSize, Projection, Channels.Length, EnergyScaling.Length);

    /// <summary>Whether a channel is among those asked for.</summary>
    internal bool Has(VoxelChannel channel) => Channels.Contains(channel);

    /// <summary>The crop in words.</summary>
    internal string CropText => IsCropAroundHottest ? $"{CropSize} × {CropSize} around the hottest hit"
        : CropCentre is (int row, int column) ? $"{CropSize} × {CropSize} around row {row} column {column}"
        : $"central {CropSize} × {CropSize}";

    /// <summary>A copy with another's crop.</summary>
    internal Voxelizer WithCropOf(Voxelizer other) =>
        this with { CropSize = other.CropSize, CropCentre = other.CropCentre, IsCropAroundHottest = other.IsCropAroundHottest };

    /// <summary>The notebook-compatible mode over the bins that it fills.</summary>
    internal static Voxelizer NotebookOver(TimeAxis axis) =>
        new(axis) { IsNotebookCompatible = true, TimeWindow = NotebookTimeWindow };

    private Voxelizer WithCrop(int size, (int Row, int Column)? centre, bool isAroundHottest) =>
        size >= 2 && size % 2 == 0
            ? this with { CropSize = size, CropCentre = centre, IsCropAroundHottest = isAroundHottest }
            : throw new ArgumentOutOfRangeException(
                nameof(size), size, "A crop's side is even and at least 2, so that it has a centre.");

    private static ImmutableArray<VoxelScaling> Checked(VoxelScaling[] steps)
    {
        ArgumentNullException.ThrowIfNull(steps);
        int standardised = Array.FindIndex(steps, step => step?.Kind == ScalingKind.Standardise);
        return steps.Contains(null) ? throw new ArgumentException("A step is null.", nameof(steps))
            : standardised < 0 || standardised == steps.Length - 1 ? [.. steps]
            : throw new ArgumentException(
                $"Step {standardised + 1} of {steps.Length} standardises, which gives empty voxels a value; it can only be the last one.", nameof(steps));
    }

    private static void CheckPositive(double value, string name, string what)
    {
        if (!((float)value > 0 && float.IsFinite((float)value)))
        {
            throw new ArgumentOutOfRangeException(name, value, $"{what} is a finite float32 number above 0.");
        }
    }
}
