namespace ParticleImages;

/// <summary>Room for a batch that is filled again and again.</summary>
internal sealed class BatchBuffer(int size, int values)
{
    private readonly float[] images = new float[size * values];
    private readonly int[] labels = new int[size];
    private int count;

    /// <summary>The epoch's events before this batch.</summary>
    public int Start { get; private set; }

    public ReadOnlySpan<float> Images => images.AsSpan(0, count * values);

    public ReadOnlySpan<int> Labels => labels.AsSpan(0, count);

    public void Fill(EpochReader reader, CancellationToken cancellation)
    {
        Start = reader.Done;
        count = reader.NextCount;
        reader.ReadInto(images.AsSpan(0, count * values), labels.AsSpan(0, count), cancellation);
    }
}
