namespace ParticleImages;

/// <summary>How much of the events' energy a central crop holds.</summary>
/// <param name="Size">n, the side of the crop in pixels: rows [H/2 − n/2, H/2 + n/2) and the same columns, as <c>Voxelizer.Crop</c> cuts.</param>
/// <param name="Share">
/// The mean over events of the energy inside divided by all energy, 0 to 1, and the standard error of that mean.
/// </param>
public readonly record struct CropShare(int Size, Estimate Share);
