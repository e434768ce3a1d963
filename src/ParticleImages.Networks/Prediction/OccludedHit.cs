namespace ParticleImages.Networks;

/// <summary>A hit, and what it does to a network's answer.</summary>
/// <param name="Row">The row (iη) of the image, from 0.</param>
/// <param name="Column">The column (iφ) of the image, from 0.</param>
/// <param name="Energy">In the unit of the images; in the public files 50 GeV.</param>
/// <param name="Time">In the unit of the images; in the public files 50 ns.</param>
/// <param name="Effect">
/// The event's logit minus its logit without this hit: above 0 the hit speaks for an electron, below 0 for a photon.
/// </param>
public readonly record struct OccludedHit(int Row, int Column, float Energy, float Time, double Effect);
