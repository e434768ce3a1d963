using System.Runtime.CompilerServices;

namespace ParticleImages.Voxelization;

/// <summary>
/// Some events as voxel images: (Count, Channels, Frames, Height, Width) float32 in C order, a voxel holding the energy of the
/// hit in it or 0 (or other channels: <see cref="Voxelizer.Channels"/>), and one label an event.
/// </summary>
/// <remarks>
/// Energies are in the unit of the images (in the public files 50 GeV) after the voxelizer's scaling.
/// A grid is immutable and safe to read from several threads.
/// </remarks>
public sealed class VoxelGrid
{
    private readonly float[] voxels;
    private readonly int[] labels;

    /// <summary>Takes arrays as a grid, without copying them; the caller leaves them alone from then on.</summary>
    /// <param name="shape">The size of one event.</param>
    /// <param name="voxels">labels.Length × shape.Values values.</param>
    /// <param name="labels">One label an event, 0 (photon) or 1 (electron).</param>
    /// <exception cref="ArgumentException">
    /// The shape was never set, the lengths do not match, or a label is neither 0 nor 1.
    /// </exception>
    public VoxelGrid(VoxelShape shape, float[] voxels, int[] labels)
    {
        ArgumentNullException.ThrowIfNull(voxels);
        ArgumentNullException.ThrowIfNull(labels);
        if (shape == default)
        {
            throw new ArgumentException("The shape is 0 × 0 × 0: it was never set. Every side is at least 1.", nameof(shape));
        }

        if (voxels.LongLength != (long)labels.Length * shape.Values)
        {
            throw new ArgumentException(
                $"{labels.Length} events of {shape} voxels need {(long)labels.Length * shape.Values} values; "
                + $"received {voxels.LongLength}.",
                nameof(voxels));
        }

        int odd = labels.AsSpan().IndexOfAnyExceptInRange(ParticleLabel.Photon, ParticleLabel.Electron);
        if (odd >= 0)
        {
            throw new ArgumentException(
                $"Event {odd} has label {labels[odd]}. A label is 0 (photon) or 1 (electron).", nameof(labels));
        }

        Shape = shape;
        this.voxels = voxels;
        this.labels = labels;
    }

    /// <summary>The size of one event.</summary>
    public VoxelShape Shape { get; }

    /// <summary>The number of events.</summary>
    public int Count => labels.Length;

    /// <summary>All voxels, (Count, Channels, Frames, Height, Width) in C order.</summary>
    public ReadOnlySpan<float> Voxels => voxels;

    /// <summary>One label an event: 0 photon, 1 electron.</summary>
    public ReadOnlySpan<int> Labels => labels;

    /// <summary>One voxel, of the first channel.</summary>
    /// <param name="index">The event, from 0.</param>
    /// <param name="frame">The time bin, from 0.</param>
    /// <param name="row">The row (iη) of the cropped image, from 0.</param>
    /// <param name="column">The column (iφ) of the cropped image, from 0.</param>
    /// <returns>Its value: unless other channels were asked for, its energy, and 0 where there is no hit.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such event or voxel.</exception>
    public float this[int index, int frame, int row, int column] => this[index, 0, frame, row, column];

    /// <summary>One value.</summary>
    /// <param name="index">The event, from 0.</param>
    /// <param name="channel">The channel, from 0, in the order in which the voxelizer was told.</param>
    /// <param name="frame">The time bin, from 0.</param>
    /// <param name="row">The row (iη) of the cropped image, from 0.</param>
    /// <param name="column">The column (iφ) of the cropped image, from 0.</param>
    /// <returns>The value.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such event, channel or voxel.</exception>
    public float this[int index, int channel, int frame, int row, int column]
    {
        get
        {
            Check(index, Count);
            Check(channel, Shape.Channels);
            Check(frame, Shape.Frames);
            Check(row, Shape.Height);
            Check(column, Shape.Width);
            return voxels[(((((((index * Shape.Channels) + channel) * Shape.Frames) + frame) * Shape.Height) + row) * Shape.Width) + column];
        }
    }

    /// <summary>The voxels of one event, (Channels, Frames, Height, Width).</summary>
    /// <param name="index">The event, from 0.</param>
    /// <returns>Its values.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such event.</exception>
    public ReadOnlySpan<float> Event(int index)
    {
        Check(index, Count);
        return voxels.AsSpan(index * Shape.Values, Shape.Values);
    }

    /// <summary>The grid as text, for example <c>100 events of 21 × 32 × 32 voxels</c>.</summary>
    /// <returns>The number of events and the size of one.</returns>
    public override string ToString() => $"{Count} {(Count == 1 ? "event" : "events")} of {Shape} voxels";

    private static void Check(int value, int end, [CallerArgumentExpression(nameof(value))] string? name = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(value, name);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(value, end, name);
    }
}
