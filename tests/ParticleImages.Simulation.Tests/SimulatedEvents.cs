[assembly: AssemblyFixture(typeof(ParticleImages.Simulation.Tests.SimulatedEvents))]

namespace ParticleImages.Simulation.Tests;

/// <summary>2000 photons and 2000 electrons under the usual conditions, simulated once for all tests.</summary>
public sealed class SimulatedEvents
{
    public const int OfAClass = 2000;

    public SimulatedEvents()
    {
        using EventSource events = ToyShowers.With(OfAClass, OfAClass, seed: 2026).Build();
        Batch = events.Read(0, events.Count);
        Pixels = new (float, float)[Batch.Images.Length / 2];
        for (int i = 0; i < Pixels.Length; i++)
        {
            Pixels[i] = (Batch.Images[2 * i], Batch.Images[(2 * i) + 1]);
        }
    }

    public EventBatch Batch { get; }

    /// <summary>All pixels of all events.</summary>
    public (float Energy, float Time)[] Pixels { get; }

    /// <summary>One number an event, of one class.</summary>
    public double[] Of(int label, Func<EventBatch, int, double> quantity) =>
        [.. Enumerable.Range(0, Batch.Count).Where(i => Batch.Labels[i] == label).Select(i => quantity(Batch, i))];

    /// <summary>The energy in the central n × n pixels, and that of the whole image.</summary>
    public static (double Crop, double Whole) Energies(EventBatch batch, int index, int crop)
    {
        double inside = 0;
        double whole = 0;
        for (int row = 0; row < 32; row++)
        {
            for (int column = 0; column < 32; column++)
            {
                double energy = batch.Energy(index, row, column);
                whole += energy;
                bool isInside = Math.Abs(row - 15.5) < crop / 2.0 && Math.Abs(column - 15.5) < crop / 2.0;
                inside += isInside ? energy : 0;
            }
        }

        return (inside, whole);
    }

    /// <summary>
    /// The spread of an image along columns (φ) or rows (η) in pixels, every pixel weighted by 4.7 plus the logarithm
    /// of its part of the energy where that is positive.
    /// </summary>
    public static double Width(EventBatch batch, int index, bool alongColumns)
    {
        double whole = Energies(batch, index, 32).Whole;
        double sum = 0;
        double first = 0;
        double second = 0;
        for (int row = 0; row < 32; row++)
        {
            for (int column = 0; column < 32; column++)
            {
                double energy = batch.Energy(index, row, column);
                double weight = energy > 0 ? Math.Max(0, 4.7 + Math.Log(energy / whole)) : 0;
                double place = alongColumns ? column : row;
                sum += weight;
                first += weight * place;
                second += weight * place * place;
            }
        }

        double mean = first / sum;
        return Math.Sqrt(Math.Max(0, (second / sum) - (mean * mean)));
    }
}
