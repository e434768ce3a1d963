namespace ParticleImages.Voxelization;

/// <summary>What is left of one class of events after a cut.</summary>
/// <param name="Cut">The cut, for example <c>energy &gt; 0.005</c>; <c>all</c> before the first.</param>
/// <param name="Label">The class, 0 (photon) or 1 (electron).</param>
/// <param name="Events">Events with at least one hit left; before the first cut all events, empty ones too.</param>
/// <param name="Hits">Hits left.</param>
/// <param name="Energy">The sum of their energies in the unit of the images, added in double precision.</param>
public sealed record CutFlowRow(string Cut, int Label, long Events, long Hits, double Energy);
