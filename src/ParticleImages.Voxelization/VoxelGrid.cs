using System.Runtime.CompilerServices;

namespace ParticleImages.Voxelization;

/// <summary>
/// Some events as voxel images: (Count, Frames, Height, Width) float32 in C order, a voxel holding the energy of the
/// hit in it or 0, and one label an event.
/// </summary>
/// <remarks>
/// Energies are in the unit of the images (in the public files 50 GeV) times the voxelizer's scale.
/// A grid is immutable and safe to read from several threads.
/// </remarks>
public sealed class VoxelGrid
{
    private readonly float[] voxels;
    private readonly int[] labels;

    /// <summary>Takes arrays as a grid, without copying them; the caller leaves them alone from then on.</summary>
    /// <param name="shape">The size of one event.</param>
    /// <param name="voxels">labels.Length × shape.Voxels values.</param>
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

        if (voxels.LongLength != (long)labels.Length * shape.Voxels)
        {
            throw new ArgumentException(
                $"{labels.Length} events of {shape} voxels need {(long)labels.Length * shape.Voxels} values; "
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

    /// <summary>All voxels, (Count, Frames, Height, Width) in C order.</summary>
    public ReadOnlySpan<float> Voxels => voxels;

    /// <summary>One label an event: 0 photon, 1 electron.</summary>
    public ReadOnlySpan<int> Labels => labels;

    /// <summary>One voxel.</summary>
    /// <param name="index">The event, from 0.</param>
    /// <param name="frame">The time bin, from 0.</param>
    /// <param name="row">The row (iη) of the cropped image, from 0.</param>
    /// <param name="column">The column (iφ) of the cropped image, from 0.</param>
    /// <returns>Its energy; 0 where there is no hit.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such event or voxel.</exception>
    public float this[int index, int frame, int row, int column]
    {
        get
        {
            Check(index, Count);
            Check(frame, Shape.Frames);
            Check(row, Shape.Height);
            Check(column, Shape.Width);
            return voxels[(((((index * Shape.Frames) + frame) * Shape.Height) + row) * Shape.Width) + column];
        }
    }

    /// <summary>The voxels of one event, (Frames, Height, Width).</summary>
    /// <param name="index">The event, from 0.</param>
    /// <returns>Its values.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such event.</exception>
    public ReadOnlySpan<float> Event(int index)
    {
        Check(index, Count);
        return voxels.AsSpan(index * Shape.Voxels, Shape.Voxels);
    }

    private static void Check(int value, int end, [CallerArgumentExpression(nameof(value))] string? name = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(value, name);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(value, end, name);
    }
}
