namespace ParticleImages;

/// <summary>
/// Some events in memory: images (Count, Height, Width, 2) float32 in C order, energy then time in every pixel,
/// and one label an event.
/// </summary>
/// <remarks>
/// In the public files energy is in units of 50 GeV and time in units of 50 ns. Values are as stored: NaN, infinite
/// and negative values stand as they came; what a cut does with them is the voxelizer's documentation.
/// A batch is immutable and safe to read from several threads.
/// </remarks>
public sealed class EventBatch
{
    private readonly float[] images;
    private readonly int[] labels;

    /// <summary>Takes arrays as a batch, without copying them; the caller leaves them alone from then on.</summary>
    /// <param name="shape">The size of one image.</param>
    /// <param name="images">labels.Length × shape.Values values.</param>
    /// <param name="labels">One label an event, 0 (photon) or 1 (electron).</param>
    /// <exception cref="ArgumentException">The shape has no pixels, the lengths do not match, or a label is neither 0 nor 1.</exception>
    public EventBatch(ImageShape shape, float[] images, int[] labels)
    {
        ArgumentNullException.ThrowIfNull(images);
        ArgumentNullException.ThrowIfNull(labels);
        if (shape.Pixels == 0)
        {
            throw new ArgumentException("An image has at least one pixel. Make the shape with new ImageShape(height, width).", nameof(shape));
        }

        if (images.LongLength != (long)labels.Length * shape.Values)
        {
            throw new ArgumentException(
                $"{labels.Length} events of {shape} pixels need {(long)labels.Length * shape.Values} values (two a pixel); "
                + $"received {images.LongLength}.",
                nameof(images));
        }

        int odd = labels.AsSpan().IndexOfAnyExceptInRange(ParticleLabel.Photon, ParticleLabel.Electron);
        if (odd >= 0)
        {
            throw new ArgumentException(
                $"Event {odd} has label {labels[odd]}. A label is 0 (photon) or 1 (electron).", nameof(labels));
        }

        Shape = shape;
        this.images = images;
        this.labels = labels;
    }

    /// <summary>The size of one image.</summary>
    public ImageShape Shape { get; }

    /// <summary>The number of events.</summary>
    public int Count => labels.Length;

    /// <summary>All values, (Count, Height, Width, 2) in C order: energy, time, energy, time, ….</summary>
    public ReadOnlySpan<float> Images => images;

    /// <summary><see cref="Images"/> as memory, which unlike a span can go to other threads.</summary>
    public ReadOnlyMemory<float> ImageMemory => images;

    /// <summary>One label an event: 0 photon, 1 electron.</summary>
    public ReadOnlySpan<int> Labels => labels;

    /// <summary>The energy of a pixel.</summary>
    /// <param name="index">The event, from 0.</param>
    /// <param name="row">The row (iη), from 0.</param>
    /// <param name="column">The column (iφ), from 0.</param>
    /// <returns>The energy as stored; in the public files in units of 50 GeV.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such event or pixel.</exception>
    public float Energy(int index, int row, int column) => images[Offset(index, row, column)];

    /// <summary>The time of a pixel.</summary>
    /// <param name="index">The event, from 0.</param>
    /// <param name="row">The row (iη), from 0.</param>
    /// <param name="column">The column (iφ), from 0.</param>
    /// <returns>The time as stored; in the public files in units of 50 ns.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such event or pixel.</exception>
    public float Time(int index, int row, int column) => images[Offset(index, row, column) + 1];

    /// <summary>The image of one event, (Height, Width, 2).</summary>
    /// <param name="index">The event, from 0.</param>
    /// <returns>Its values.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such event.</exception>
    public ReadOnlySpan<float> Image(int index)
    {
        Check(index, Count);
        return images.AsSpan(index * Shape.Values, Shape.Values);
    }

    private int Offset(int index, int row, int column)
    {
        Check(index, Count);
        Check(row, Shape.Height);
        Check(column, Shape.Width);
        return ((((index * Shape.Height) + row) * Shape.Width) + column) * 2;
    }

    private static void Check(
        int value, int end, [System.Runtime.CompilerServices.CallerArgumentExpression(nameof(value))] string? name = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(value, name);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(value, end, name);
    }
}
