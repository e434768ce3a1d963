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
/// say. A hit that passes the cuts goes to the bin (edge k, edge k+1] of its time, and its voxel holds its energy times
/// the scale. A pixel is one hit at most, so nothing is summed. All other voxels are +0.
/// </para>
/// <para>
/// Without <see cref="KeepEnergyAbove"/> negative energies are hits too. Images and the <see cref="HitEvents"/> found in
/// them give the same voxels, bit for bit.
/// </para>
/// <example><code>
/// Voxelizer.Over(TimeAxis.Range(-0.1, 0.1, step: 0.0099)).KeepEnergyAbove(0.005).KeepTimeWithin(0.1).Cumulative()
/// </code></example>
/// </remarks>
public sealed record Voxelizer
{
    /// <summary>The time window of the notebook-compatible mode, fixed by the notebook.</summary>
    internal const double NotebookTimeWindow = 100;

    private Voxelizer(TimeAxis axis) => Axis = axis;

    /// <summary>
    /// The time bins. In the notebook-compatible mode these are the bins that get filled, one fewer than there are frames.
    /// </summary>
    public TimeAxis Axis { get; }

    /// <summary>Hits are kept where energy &gt; threshold; null, the default, keeps all.</summary>
    public double? EnergyThreshold { get; private init; }

    /// <summary>Hits are kept where |time| &lt; window; null, the default, keeps all. 100 in the notebook-compatible mode.</summary>
    public double? TimeWindow { get; private init; }

    /// <summary>True if a hit fills its own bin and all later ones; false, the default, if its own alone.</summary>
    public bool IsCumulative { get; private init; }

    /// <summary>The side of the central square that is kept, in pixels; null, the default, for whole images.</summary>
    public int? CropSize { get; private init; }

    /// <summary>What energies are multiplied by after the cuts; 1 by default.</summary>
    public double EnergyScale { get; private init; } = 1;

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
    /// frame n − 1 is always zero. Cumulative frame k holds every hit with time ≤ edge k+1, also those before the first
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
        double[] edges = TimeAxis.Arange(start, stop, step, closeLastBin: false);
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
    public Voxelizer Crop(int size) =>
        size >= 2 && size % 2 == 0
            ? this with { CropSize = size }
            : throw new ArgumentOutOfRangeException(
                nameof(size), size, "A crop's side is even and at least 2, so that it has a centre.");

    /// <summary>
    /// Multiplies the energies of hits that passed the cuts; both are float32, the factor rounded once. The product
    /// is stored as float32 makes it, also where it exceeds the range of float32 or vanishes.
    /// </summary>
    /// <param name="factor">Finite and above 0 as float32; 50 gives GeV for the public files.</param>
    /// <returns>A copy.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The factor is not finite and above 0 as float32.</exception>
    public Voxelizer ScaleEnergy(double factor)
    {
        CheckPositive(factor, nameof(factor), "An energy scale");
        return this with { EnergyScale = factor };
    }

    /// <summary>The size of the voxel image that an image of a given size becomes.</summary>
    /// <param name="shape">The size of the image.</param>
    /// <returns>Frames and the image's sides, or the crop's.</returns>
    /// <exception cref="ArgumentException">
    /// The shape was never set, the crop exceeds it, or one event would have more voxels than an array can hold.
    /// </exception>
    public VoxelShape OutputShape(ImageShape shape)
    {
        if (shape == default)
        {
            throw new ArgumentException("The shape is 0 × 0: it was never set. Every side is at least 1.", nameof(shape));
        }

        if (CropSize > Math.Min(shape.Height, shape.Width))
        {
            throw new ArgumentException(
                $"A crop of {CropSize} × {CropSize} does not fit into images of {shape} pixels. "
                + $"Crop to {Math.Min(shape.Height, shape.Width) / 2 * 2} or less.",
                nameof(shape));
        }

        int frames = Axis.Bins + (IsNotebookCompatible ? 1 : 0);
        return new VoxelShape(frames, CropSize ?? shape.Height, CropSize ?? shape.Width);
    }

    /// <summary>Makes voxels of a batch of images.</summary>
    /// <param name="batch">The events.</param>
    /// <returns>A new grid with the batch's events and labels in their order.</returns>
    /// <exception cref="ArgumentException">
    /// The crop exceeds the images, or the grid would have more voxels than an array can hold.
    /// </exception>
    public VoxelGrid Bin(EventBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        VoxelShape output = OutputShape(batch.Shape);
        float[] voxels = NewVoxels(batch.Count, output, nameof(batch));
        Bin(batch.Images, batch.Shape, voxels);
        return new VoxelGrid(output, voxels, batch.Labels.ToArray());
    }

    /// <summary>Makes voxels of hits.</summary>
    /// <param name="hits">The events.</param>
    /// <returns>A new grid with the events and labels in their order.</returns>
    /// <exception cref="ArgumentException">
    /// The crop exceeds the images, or the grid would have more voxels than an array can hold.
    /// </exception>
    public VoxelGrid Bin(HitEvents hits)
    {
        ArgumentNullException.ThrowIfNull(hits);
        VoxelShape output = OutputShape(hits.Shape);
        float[] voxels = NewVoxels(hits.Count, output, nameof(hits));
        var scatter = new HitScatter(this, hits.Shape, output);
        for (int i = 0; i < hits.Count; i++)
        {
            scatter.Fill(hits[i], voxels.AsSpan(i * output.Voxels, output.Voxels));
        }

        return new VoxelGrid(output, voxels, hits.Labels.ToArray());
    }

    /// <summary>
    /// Makes voxels of images in the caller's buffers, without allocating; all voxels are written. The number of events
    /// follows from the lengths.
    /// </summary>
    /// <param name="images">(events, Height, Width, 2) in C order: energy, time, energy, time, ….</param>
    /// <param name="shape">The size of one image.</param>
    /// <param name="voxels">Receives (events, Frames, Height, Width) in C order, see <see cref="OutputShape"/>.</param>
    /// <exception cref="ArgumentException">
    /// The lengths do not fit the shapes or each other, the buffers overlap, or the crop exceeds the images. Nothing
    /// was written then.
    /// </exception>
    public void Bin(ReadOnlySpan<float> images, ImageShape shape, Span<float> voxels)
    {
        VoxelShape output = OutputShape(shape);
        if (images.Length % shape.Values != 0)
        {
            throw new ArgumentException(
                $"The buffer holds {images.Length} values; an image of {shape} pixels has {shape.Values}, two a pixel. "
                + "Pass whole images.",
                nameof(images));
        }

        int count = images.Length / shape.Values;
        CheckVoxels(count, output, voxels);
        CheckApart(images.Overlaps(voxels), nameof(voxels));
        var scatter = new HitScatter(this, shape, output);
        for (int i = 0; i < count; i++)
        {
            scatter.Fill(
                images.Slice(i * shape.Values, shape.Values), voxels.Slice(i * output.Voxels, output.Voxels));
        }
    }

    /// <summary>
    /// Makes voxels of one event's hits in the caller's buffer, without allocating; all voxels are written.
    /// </summary>
    /// <param name="hits">The event.</param>
    /// <param name="shape">The size of the image that the hits were found in.</param>
    /// <param name="voxels">Receives (Frames, Height, Width) in C order, see <see cref="OutputShape"/>.</param>
    /// <exception cref="ArgumentException">
    /// The buffer's length does not fit the shape, it overlaps the hits, a hit lies outside the shape, or the crop
    /// exceeds the image. Nothing was written then.
    /// </exception>
    public void Bin(Hits hits, ImageShape shape, Span<float> voxels)
    {
        VoxelShape output = OutputShape(shape);
        CheckVoxels(1, output, voxels);
        CheckApart(hits.Energies.Overlaps(voxels) || hits.Times.Overlaps(voxels), nameof(voxels));

        // Hits are in the order of their pixels, so the last one speaks for all.
        if (hits.Count > 0 && hits.Pixels[^1] >= shape.Pixels)
        {
            throw new ArgumentException(
                $"The last hit is in pixel {hits.Pixels[^1]}; an image of {shape} pixels has pixels 0 to {shape.Pixels - 1}. "
                + "Pass the shape that the hits were found in (HitEvents.Shape).",
                nameof(hits));
        }

        new HitScatter(this, shape, output).Fill(hits, voxels);
    }

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
        Append(CropSize is not null, $", central {CropSize} × {CropSize}");
        Append(EnergyScale != 1, $", energy × {EnergyScale:R}");
        return text.ToString();

        void Append(bool isSet, FormattableString words) =>
            text.Append(isSet ? words.ToString(CultureInfo.InvariantCulture) : string.Empty);
    }

    /// <summary>The notebook-compatible mode over the bins that it fills.</summary>
    internal static Voxelizer NotebookOver(TimeAxis axis) =>
        new(axis) { IsNotebookCompatible = true, TimeWindow = NotebookTimeWindow };

    private static float[] NewVoxels(int count, VoxelShape shape, string name)
    {
        if ((long)count * shape.Voxels > Array.MaxLength)
        {
            throw new ArgumentException(
                $"{count} events of {shape} voxels are more than one grid holds, {Array.MaxLength / shape.Voxels} events. "
                + "Bin in parts.",
                name);
        }

        return GC.AllocateUninitializedArray<float>(count * shape.Voxels);
    }

    private static void CheckVoxels(int count, VoxelShape shape, Span<float> voxels)
    {
        if (voxels.Length != (long)count * shape.Voxels)
        {
            throw new ArgumentException(
                $"{count} events of {shape} voxels need {(long)count * shape.Voxels} values; the buffer holds {voxels.Length}.",
                nameof(voxels));
        }
    }

    private static void CheckApart(bool overlaps, string name)
    {
        if (overlaps)
        {
            throw new ArgumentException("The buffer overlaps the events, which would be overwritten. Use two buffers.", name);
        }
    }

    private static void CheckPositive(double value, string name, string what)
    {
        if (!((float)value > 0 && float.IsFinite((float)value)))
        {
            throw new ArgumentOutOfRangeException(name, value, $"{what} is a finite float32 number above 0.");
        }
    }
}
