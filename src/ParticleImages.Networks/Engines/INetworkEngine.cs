using ParticleImages.Voxelization;

namespace ParticleImages.Networks.Engines;

/// <summary>
/// How a network is computed: the seam between a training, which knows events, losses and optimizers, and the arithmetic of layers. A
/// training keeps the weights as vectors (<see cref="FlatWeights"/>) and hands them over; two engines given the same ones do the same.
/// </summary>
internal interface INetworkEngine : IDisposable
{
    /// <summary>How many values are fitted.</summary>
    int TrainedCount { get; }

    /// <summary>How many running statistics there are.</summary>
    int StatisticsCount { get; }

    /// <summary>Takes over the network's own weights, which something else may have changed.</summary>
    void Refresh();

    /// <summary>Copies what is fitted.</summary>
    void ReadTrained(Span<float> trained);

    /// <summary>Takes over what is fitted.</summary>
    void WriteTrained(ReadOnlySpan<float> trained);

    /// <summary>Copies the running statistics.</summary>
    void ReadStatistics(Span<float> statistics);

    /// <summary>Takes over running statistics.</summary>
    void WriteStatistics(ReadOnlySpan<float> statistics);

    /// <summary>Computes a batch as in training, with dropout and the batch's own statistics, and remembers what <see cref="Backward"/> needs.</summary>
    /// <param name="events">Where the events are.</param>
    /// <param name="rows">Which of them.</param>
    /// <param name="seed">What dropout draws from.</param>
    /// <param name="values">Receives the two values of every event.</param>
    void Forward(SparseVoxels events, ReadOnlySpan<int> rows, ulong seed, Span<float> values);

    /// <summary>The gradient of the batch that was computed last.</summary>
    /// <param name="slopes">The loss' gradient by the two values of every event.</param>
    /// <param name="gradient">Receives the loss' gradient by everything fitted.</param>
    void Backward(ReadOnlySpan<float> slopes, Span<float> gradient);

    /// <summary>Forgets the batch that was computed last; there will be no <see cref="Backward"/>.</summary>
    void Abandon();

    /// <summary>Computes events as in prediction.</summary>
    /// <param name="events">The events, all of them.</param>
    /// <param name="values">Receives the two values of every event.</param>
    /// <param name="cancellation">Stops between two batches.</param>
    void Evaluate(SparseVoxels events, Span<float> values, CancellationToken cancellation);

    /// <summary>Replaces every batch norm's running statistics by those of some events, with the weights as they are and without dropout.</summary>
    /// <param name="events">Where the events are.</param>
    /// <param name="rows">Which of them.</param>
    /// <param name="batchSize">Events at a time.</param>
    /// <param name="cancellation">Stops between two batches.</param>
    void Recalibrate(SparseVoxels events, ReadOnlySpan<int> rows, int batchSize, CancellationToken cancellation);
}
