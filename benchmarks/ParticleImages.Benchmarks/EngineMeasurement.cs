namespace ParticleImages.Benchmarks;

/// <summary>What a child process measured; one line of JSON on its standard output.</summary>
/// <param name="Side">What computed: an engine of the library, or <c>sequential</c>.</param>
/// <param name="Events">Events that were measured, after the warm-up.</param>
/// <param name="Seconds">The time they took.</param>
/// <param name="PeakBytes">The most memory that the process ever held at once.</param>
/// <param name="Value">The last loss of a training, or the mean score of a prediction: proof that something was computed.</param>
public sealed record EngineMeasurement(string Side, long Events, double Seconds, long PeakBytes, double Value)
{
    public double EventsPerSecond => Events / Seconds;

    public double PeakMegabytes => PeakBytes / 1e6;
}
