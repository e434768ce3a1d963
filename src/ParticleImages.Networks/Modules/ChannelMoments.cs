namespace ParticleImages.Networks.Modules;

/// <summary>Mean and variance of every channel over many batches, put together exactly (Chan, Golub and LeVeque, 1983), in double.</summary>
internal sealed class ChannelMoments(int channels)
{
    private readonly double[] squares = new double[channels];

    /// <summary>Values of a channel so far.</summary>
    public long Count { get; private set; }

    /// <summary>Their mean, for each channel.</summary>
    public double[] Means { get; } = new double[channels];

    /// <summary>Their variance over n, for each channel.</summary>
    public double[] Variances => [.. squares.Select(sum => sum / Count)];

    /// <summary>Their variance over n − 1, as running statistics have it.</summary>
    public double[] UnbiasedVariances => [.. squares.Select(sum => sum / Math.Max(1, Count - 1))];

    /// <summary>Adds a batch.</summary>
    /// <param name="means">The mean of each channel.</param>
    /// <param name="variances">The variance over n of each channel.</param>
    /// <param name="count">Values of a channel.</param>
    public void Add(double[] means, double[] variances, long count)
    {
        long total = Count + count;
        for (int i = 0; i < Means.Length; i++)
        {
            double distance = means[i] - Means[i];
            squares[i] += (variances[i] * count) + (distance * distance * Count * count / total);
            Means[i] += distance * count / total;
        }

        Count = total;
    }
}
