namespace ParticleImages;

/// <summary>What the events of one class hold. Made by <see cref="EventDistributions"/>; both classes' histograms have the same edges.</summary>
/// <remarks>
/// Histograms of hits have errors of √n, as if hits came independently; hits of one event do not quite. Immutable; safe to read from several threads.
/// </remarks>
public sealed class ClassDistributions
{
    private readonly double[] meanEnergies;

    internal ClassDistributions(
        int label,
        long events,
        Histogram energies,
        Histogram absoluteTimes,
        Histogram hitsAnEvent,
        IReadOnlyList<CropShare> containment,
        double[] meanEnergies)
    {
        Label = label;
        Events = events;
        Energies = energies;
        AbsoluteTimes = absoluteTimes;
        HitsAnEvent = hitsAnEvent;
        Containment = containment;
        this.meanEnergies = meanEnergies;
    }

    /// <summary>The class: 0 photon, 1 electron.</summary>
    public int Label { get; }

    /// <summary>The number of events, those without hits too.</summary>
    public long Events { get; }

    /// <summary>The number of hits.</summary>
    public long Hits => Energies.Total;

    /// <summary>
    /// The energies of all hits in GeV: ten bins a decade with the edges 10^(k/10), from the lowest filled one to the highest; energies below 0 are
    /// <see cref="Histogram.Below"/>.
    /// </summary>
    public Histogram Energies { get; }

    /// <summary>
    /// The absolute times of all hits in ns, from 0: at most 4096 bins, a power of two, of one width, which is 2⁻¹⁰ ns or, if the latest hit asks for it, a greater power of two.
    /// </summary>
    public Histogram AbsoluteTimes { get; }

    /// <summary>The number of hits of each event: bin n holds the events with n hits, as long as none has 4096 or more; beyond that bins are wider.</summary>
    public Histogram HitsAnEvent { get; }

    /// <summary>
    /// The share of the energy above 0 in central crops of 2, 4, 6, … pixels up to the shorter side of the image. Over the events that have energy above 0; empty where none has.
    /// </summary>
    public IReadOnlyList<CropShare> Containment { get; }

    /// <summary>
    /// The mean image: the energy of each pixel, (Height, Width) in C order, in GeV an event, over all events. A pixel that is no hit counts as 0.
    /// </summary>
    public ReadOnlySpan<double> MeanEnergies => meanEnergies;
}
