using ParticleImages.Voxelization;

namespace ParticleImages.Networks;

/// <summary>
/// What in an event a network's answer rests on: each hit in turn is taken out of the event, which is cut, binned and asked for anew. The change of the logit
/// is the hit's effect (M. D. Zeiler and R. Fergus, arXiv 1311.2901, with a hit for their patch).
/// </summary>
/// <remarks>
/// The baseline is an event that was recorded without the hit: its voxels, those that it would fill later in cumulative frames too, hold what empty ones hold. Effects are
/// each of one hit alone: they need not add up to the logit, and two hits that stand in for each other may both seem to have none. Needs no gradients, so every
/// network and engine will do. Immutable; safe to read from several threads.
/// </remarks>
public sealed class Occlusion
{
    private Occlusion(Voxelizer voxelizer, ImageShape shape, int index, int label, double logit, OccludedHit[] hits)
    {
        Voxelizer = voxelizer;
        ImageShape = shape;
        Index = index;
        Label = label;
        Logit = logit;
        Hits = Array.AsReadOnly(hits);
    }

    /// <summary>How the event became voxels.</summary>
    public Voxelizer Voxelizer { get; }

    /// <summary>The size of the event's image.</summary>
    public ImageShape ImageShape { get; }

    /// <summary>Which event of its batch it is, from 0.</summary>
    public int Index { get; }

    /// <summary>What the event is: 0 photon, 1 electron.</summary>
    public int Label { get; }

    /// <summary>The network's answer to the whole event, ln(p / (1 − p)) of the electron.</summary>
    public double Logit { get; }

    /// <summary>The probability of being an electron, 0 to 1.</summary>
    public double Probability => Evaluation.Logit.Probability(Logit);

    /// <summary>The hits that the voxelizer keeps, row by row; what its cuts and its crop leave out has no effect and is not here.</summary>
    public IReadOnlyList<OccludedHit> Hits { get; }

    /// <summary>Takes out one hit after the other. Costs as many predictions as there are hits, and one.</summary>
    /// <param name="network">The network.</param>
    /// <param name="voxelizer">How an event becomes voxels; the one the network was trained with.</param>
    /// <param name="events">Where the event is.</param>
    /// <param name="index">Which, from 0.</param>
    /// <param name="cancellation">Stops between two batches of predictions.</param>
    /// <returns>The hits and their effects.</returns>
    /// <exception cref="ArgumentException">The voxelizer is yet to be fitted, or its shape is not the network's input.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such event.</exception>
    /// <exception cref="NotFiniteNumberException">The event has no probability: its voxels or the weights are not finite.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static Occlusion Of(
        VoxelNetwork network, Voxelizer voxelizer, EventBatch events, int index, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(voxelizer);
        ArgumentNullException.ThrowIfNull(events);
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, events.Count);
        network.RequireInput(voxelizer, events.Shape, nameof(voxelizer));
        float[] image = events.Image(index).ToArray();
        int label = events.Labels[index];
        int[] pixels = KeptBy(voxelizer, events.Shape, image, label);
        double[] logits = network.Score(voxelizer.BinSparse(Made(events.Shape, label, pixels.Length + 1, (i, copy) =>
        {
            image.CopyTo(copy);
            if (i < pixels.Length)
            {
                copy.Slice(2 * pixels[i], 2).Clear();
            }
        })), cancellation);
        VoxelNetwork.RequireFinite(logits);
        return new Occlusion(
            voxelizer,
            events.Shape,
            index,
            label,
            logits[^1],
            [
                .. pixels.Select((pixel, i) => new OccludedHit(
                    pixel / events.Shape.Width, pixel % events.Shape.Width, image[2 * pixel], image[(2 * pixel) + 1], logits[^1] - logits[i])),
            ]);
    }

    // A hit that makes no voxel where it is alone makes none among others either.
    private static int[] KeptBy(Voxelizer voxelizer, ImageShape shape, float[] image, int label)
    {
        int[] hits =
        [
            .. Enumerable.Range(0, shape.Pixels)
                .Where(pixel => image[2 * pixel] != 0 && float.IsFinite(image[2 * pixel]) && float.IsFinite(image[(2 * pixel) + 1])),
        ];
        if (hits.Length == 0)
        {
            return [];
        }

        SparseVoxels alone = voxelizer.BinSparse(Made(
            shape, label, hits.Length, (i, copy) => image.AsSpan(2 * hits[i], 2).CopyTo(copy.Slice(2 * hits[i], 2))));
        return [.. hits.Where((_, i) => alone[i].Count > 0)];
    }

    private static EventBatch Made(ImageShape shape, int label, int count, EventFiller fill)
    {
        var images = new float[count * shape.Values];
        for (int i = 0; i < count; i++)
        {
            fill(i, images.AsSpan(i * shape.Values, shape.Values));
        }

        var labels = new int[count];
        Array.Fill(labels, label);
        return new EventBatch(shape, images, labels);
    }

    private delegate void EventFiller(int index, Span<float> image);
}
