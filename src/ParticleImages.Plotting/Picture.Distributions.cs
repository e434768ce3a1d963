using ParticleImages.Plotting.Drawing;
using ParticleImages.Voxelization;

namespace ParticleImages.Plotting;

/// <content>Pictures of what many events hold.</content>
public abstract partial class Picture
{
    /// <summary>The spectrum of the hits' energies in both classes, both axes logarithmic, with the ratio electrons to photons.</summary>
    /// <param name="distributions">What was collected from the events.</param>
    /// <returns>The description of the picture.</returns>
    /// <exception cref="ArgumentException">There is no event.</exception>
    public static DistributionPicture EnergySpectrum(EventDistributions distributions) =>
        DistributionPicture.Of(distributions, DistributionView.Energies);

    /// <summary>The absolute times of the hits in both classes, with the ratio electrons to photons, and the cumulative distribution beside it.</summary>
    /// <param name="distributions">What was collected from the events.</param>
    /// <returns>The description of the picture.</returns>
    /// <exception cref="ArgumentException">There is no event.</exception>
    public static DistributionPicture AbsoluteTimes(EventDistributions distributions) =>
        DistributionPicture.Of(distributions, DistributionView.AbsoluteTimes);

    /// <summary>How many hits events have in both classes, with the ratio electrons to photons.</summary>
    /// <param name="distributions">What was collected from the events.</param>
    /// <returns>The description of the picture.</returns>
    /// <exception cref="ArgumentException">There is no event.</exception>
    public static DistributionPicture HitsAnEvent(EventDistributions distributions) =>
        DistributionPicture.Of(distributions, DistributionView.HitsAnEvent);

    /// <summary>How much of the energy lies in a central crop, against its size.</summary>
    /// <param name="distributions">What was collected from the events.</param>
    /// <returns>The description of the picture.</returns>
    /// <exception cref="ArgumentException">There is no event.</exception>
    public static ContainmentPicture Containment(EventDistributions distributions) => ContainmentPicture.Of(distributions);

    /// <summary>What each cut leaves of events, hits and energy.</summary>
    /// <param name="flow">The cuts, counted by <see cref="Voxelizer.CountCuts(HitEvents)"/>.</param>
    /// <returns>The description of the picture.</returns>
    public static CutFlowPicture CutFlow(CutFlow flow) => CutFlowPicture.Of(flow);
}
