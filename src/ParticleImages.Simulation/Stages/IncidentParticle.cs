namespace ParticleImages.Simulation;

/// <summary>What reaches the crystals.</summary>
/// <param name="IsPhoton">A photon, whose shower starts where it converts; otherwise an electron or positron.</param>
/// <param name="Energy">In GeV.</param>
/// <param name="Azimuth">φ in rad, seen from the beam, from where the primary particle set out.</param>
internal readonly record struct IncidentParticle(bool IsPhoton, double Energy, double Azimuth);
