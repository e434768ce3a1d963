using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace ParticleImages;

/// <summary>
/// What the events of both classes hold, collected in one pass: the spectrum of energies, absolute times, hits an event, containment in central crops, mean images.
/// </summary>
/// <remarks>
/// A hit is a pixel with a finite energy other than 0 and a finite time. Immutable; safe to read from several threads.
/// <example><code>
/// EventDistributions distributions = EventDistributions.Of(events);
/// double crop6 = distributions.Electrons.Containment[2].Share.Value;
/// </code></example>
/// </remarks>
public sealed class EventDistributions
{
    private const int EventsAtATime = 256;

    // The finest bins of absolute times, in ns.
    private const double FinestTime = 1.0 / 1024;

    private const string DistinctOverloads = "The overloads differ in a required parameter: no call fits both.";

    private EventDistributions(ImageShape shape, ClassDistributions photons, ClassDistributions electrons)
    {
        Shape = shape;
        Photons = photons;
        Electrons = electrons;
    }

    /// <summary>The size of the images.</summary>
    public ImageShape Shape { get; }

    /// <summary>The events with label 0.</summary>
    public ClassDistributions Photons { get; }

    /// <summary>The events with label 1.</summary>
    public ClassDistributions Electrons { get; }

    /// <summary>Reads a source once, front to back, 256 images in memory at a time.</summary>
    /// <param name="source">Where the events come from; one without events gives empty distributions.</param>
    /// <param name="gigaelectronvolts">A unit of the source's energies in GeV, above 0; 50, the default, fits the public files.</param>
    /// <param name="nanoseconds">A unit of the source's times in ns, above 0; 50, the default, fits the public files.</param>
    /// <param name="cancellation">Stops between two parts.</param>
    /// <returns>The distributions.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A unit is not a finite number above 0.</exception>
    /// <exception cref="EventFormatException">The source holds bad data.</exception>
    /// <exception cref="OperationCanceledException">The reading was cancelled.</exception>
    [SuppressMessage("ApiDesign", "RS0026:Do not add multiple overloads with optional parameters", Justification = DistinctOverloads)]
    public static EventDistributions Of(
        EventSource source, double gigaelectronvolts = 50, double nanoseconds = 50, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        var builder = new Builder(source.ImageShape, gigaelectronvolts, nanoseconds);
        source.ReadInParts(EventsAtATime, (_, images, labels) => builder.Add(images, labels), cancellation);
        return builder.Build();
    }

    /// <summary>Counts hits in memory.</summary>
    /// <param name="events">The events; there may be none.</param>
    /// <param name="gigaelectronvolts">A unit of the hits' energies in GeV, above 0; 50, the default, fits the public files.</param>
    /// <param name="nanoseconds">A unit of the hits' times in ns, above 0; 50, the default, fits the public files.</param>
    /// <returns>The distributions, the same as of the images that the hits were found in.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A unit is not a finite number above 0.</exception>
    /// <exception cref="EventFormatException">The hits are those of a file, which holds bad data.</exception>
    [SuppressMessage("ApiDesign", "RS0026:Do not add multiple overloads with optional parameters", Justification = DistinctOverloads)]
    public static EventDistributions Of(HitEvents events, double gigaelectronvolts = 50, double nanoseconds = 50)
    {
        ArgumentNullException.ThrowIfNull(events);
        var builder = new Builder(events.Shape, gigaelectronvolts, nanoseconds);
        for (int i = 0; i < events.Count; i++)
        {
            builder.Add(events[i], events.Labels[i]);
        }

        return builder.Build();
    }

    private sealed class Builder
    {
        private readonly ImageShape shape;
        private readonly double energyUnit;
        private readonly double timeUnit;
        private readonly DecadeBins energies = new();
        private readonly LinearBins times = new(FinestTime);
        private readonly LinearBins multiplicities = new(1);
        private readonly ClassCounter[] classes;

        public Builder(ImageShape shape, double gigaelectronvolts, double nanoseconds)
        {
            CheckUnit(gigaelectronvolts);
            CheckUnit(nanoseconds);
            this.shape = shape;
            energyUnit = gigaelectronvolts;
            timeUnit = nanoseconds;
            classes = [new(shape), new(shape)];
        }

        public void Add(ReadOnlySpan<float> images, ReadOnlySpan<int> labels)
        {
            for (int i = 0; i < labels.Length; i++)
            {
                ReadOnlySpan<float> image = images.Slice(i * shape.Values, shape.Values);
                for (int pixel = 0; pixel < shape.Pixels; pixel++)
                {
                    AddHit(labels[i], pixel, image[2 * pixel], image[(2 * pixel) + 1]);
                }

                multiplicities.Add(labels[i], classes[labels[i]].EndEvent());
            }
        }

        public void Add(Hits hits, int label)
        {
            for (int i = 0; i < hits.Count; i++)
            {
                AddHit(label, hits.Pixels[i], hits.Energies[i], hits.Times[i]);
            }

            multiplicities.Add(label, classes[label].EndEvent());
        }

        public EventDistributions Build()
        {
            Histogram[] spectra = energies.Build(), absolute = times.Build(), hits = multiplicities.Build();
            ClassDistributions[] both =
            [
                .. classes.Select((counter, label) => new ClassDistributions(
                    label, counter.Events, spectra[label], absolute[label], hits[label], counter.Containment(), counter.MeanEnergies())),
            ];
            return new EventDistributions(shape, both[ParticleLabel.Photon], both[ParticleLabel.Electron]);
        }

        private void AddHit(int label, int pixel, float energy, float time)
        {
            if (energy == 0 || !float.IsFinite(energy) || !float.IsFinite(time))
            {
                return;
            }

            energies.Add(label, energy * energyUnit);
            times.Add(label, Math.Abs(time * timeUnit));
            classes[label].AddHit(pixel, energy * energyUnit);
        }

        private static void CheckUnit(double value, [CallerArgumentExpression(nameof(value))] string? name = null)
        {
            if (!(value > 0 && double.IsFinite(value)))
            {
                throw new ArgumentOutOfRangeException(name, value, "A unit is a finite number above 0.");
            }
        }
    }
}
