using ParticleImages.Voxelization;

namespace ParticleImages.Networks;

/// <summary>
/// Two-dimensional networks, on projections and on images of energy alone: a <see cref="Cnn3d"/> whose input has an axis of one bin, along which every kernel, pool and
/// stride that is a whole number is 1.
/// </summary>
/// <remarks>
/// <example><code>
/// Cnn2d.For(new VoxelShape(1, 32, 32)).Conv(32, kernel: 3).Relu().MaxPool(2).Flatten().Dense(2)
/// </code></example>
/// </remarks>
public static class Cnn2d
{
    /// <summary>Begins a network without layers.</summary>
    /// <param name="input">The shape of one event's voxels, with one bin along at least one axis.</param>
    /// <returns>The description.</returns>
    /// <exception cref="ArgumentException">The shape was never set, or has no axis of one bin.</exception>
    public static Cnn3d For(VoxelShape input)
    {
        Cnn3d description = Cnn3d.For(input);
        return input.Frames == 1 || input.Height == 1 || input.Width == 1
            ? description
            : throw new ArgumentException(
                $"The voxels are {input}; a two-dimensional network takes an axis of one bin. Project them (voxelizer.Project(VoxelProjection.XY)), bin with a "
                + "single time bin (TimeAxis.Regular(start, stop, bins: 1)), or use Cnn3d.For.",
                nameof(input));
    }

    /// <summary>
    /// The published notebook's network for images of energy alone: three convolutions, three inception blocks (Szegedy et al., arXiv 1409.4842), Dense 1024, dropout 0.4,
    /// Dense 2; ReLU after all but the last, and everything padded to the same size. On 1 × 32 × 32 voxels it has 2 393 218 parameters.
    /// </summary>
    /// <param name="input">The shape of one event's voxels, with one bin along at least one axis and at least 17 along the others.</param>
    /// <returns>The description.</returns>
    /// <exception cref="ArgumentException">The shape was never set, or has no axis of one bin.</exception>
    public static Cnn3d Notebook(VoxelShape input) => For(input)
        .Conv(32, kernel: 3).Relu().MaxPool(2, padding: Padding.Same)
        .Conv(32, kernel: 2).Relu().Conv(96, kernel: 2).Relu().MaxPool(2, stride: 1, padding: Padding.Same)
        .Inception(single: 32, reduce3: 48, conv3: 64, reduce5: 16, conv5: 16, pool: 16)
        .Inception(single: 64, reduce3: 64, conv3: 96, reduce5: 16, conv5: 48, pool: 32)
        .MaxPool(2, padding: Padding.Same)
        .Inception(single: 96, reduce3: 48, conv3: 104, reduce5: 16, conv5: 24, pool: 32)
        .AveragePool(2, padding: Padding.Same)
        .Conv(128, kernel: 1).Relu()
        .Flatten().Dense(1024).Relu().Dropout(0.4).Dense(Cnn3d.Classes);
}
