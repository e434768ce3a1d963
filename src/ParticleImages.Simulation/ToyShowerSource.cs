using System.Buffers;
using System.Collections.Concurrent;

namespace ParticleImages.Simulation;

/// <summary>Photons, then electrons, each simulated when it is read. Safe to read from several threads.</summary>
internal sealed class ToyShowerSource : EventSource
{
    // Simulated side by side, then copied out: a span can't be shared among threads. 4 MB.
    private const int EventsPerBlock = 512;

    private readonly ConcurrentBag<EventSimulation> idle = [];
    private readonly ShowerConditions conditions;
    private readonly ParallelOptions options;
    private readonly int photons;
    private readonly int seed;

    public ToyShowerSource(int photons, int electrons, int seed, ShowerConditions conditions, int threads)
    {
        this.photons = photons;
        this.seed = seed;
        this.conditions = conditions;
        options = new ParallelOptions { MaxDegreeOfParallelism = threads };
        Count = photons + electrons;
        Name = $"toy showers ({photons} photons, {electrons} electrons, seed {seed})";
    }

    public override string Name { get; }

    public override int Count { get; }

    public override ImageShape ImageShape => Readout.Shape;

    protected override void ReadImages(int start, Span<float> images)
    {
        int values = ImageShape.Values;
        float[] block = ArrayPool<float>.Shared.Rent(Math.Min(images.Length, EventsPerBlock * values));
        try
        {
            for (int done = 0; done < images.Length / values;)
            {
                int count = Math.Min(EventsPerBlock, (images.Length / values) - done);
                SimulateBlock(start + done, count, block);
                block.AsSpan(0, count * values).CopyTo(images[(done * values)..]);
                done += count;
            }
        }
        finally
        {
            ArrayPool<float>.Shared.Return(block);
        }
    }

    protected override void ReadLabelsCore(int start, Span<int> labels)
    {
        for (int i = 0; i < labels.Length; i++)
        {
            labels[i] = start + i < photons ? ParticleLabel.Photon : ParticleLabel.Electron;
        }
    }

    private void SimulateBlock(int start, int count, float[] block)
    {
        int values = ImageShape.Values;
        try
        {
            Parallel.For(
                0,
                count,
                options,
                () => idle.TryTake(out EventSimulation? simulation) ? simulation : new EventSimulation(conditions),
                (i, _, simulation) =>
                {
                    SimulateEvent(simulation, start + i, block.AsSpan(i * values, values));
                    return simulation;
                },
                idle.Add);
        }
        catch (AggregateException failures) when (failures.InnerException is InvalidOperationException)
        {
            throw new InvalidOperationException(failures.InnerException.Message, failures);
        }
    }

    private void SimulateEvent(EventSimulation simulation, int row, Span<float> image)
    {
        if (row < photons)
        {
            simulation.Simulate(seed, ParticleLabel.Photon, row, image);
        }
        else
        {
            simulation.Simulate(seed, ParticleLabel.Electron, row - photons, image);
        }
    }
}
