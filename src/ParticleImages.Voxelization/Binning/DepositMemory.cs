using System.Buffers;

namespace ParticleImages.Voxelization;

/// <summary>Memory for the <see cref="Deposits"/> of one event after the other, borrowed, so that binning allocates nothing.</summary>
internal readonly ref struct DepositMemory : IDisposable
{
    private readonly int[] rented;
    private readonly int length;

    /// <summary>Borrows memory for events of at most so many hits.</summary>
    public DepositMemory(int mostHits)
    {
        length = checked((int)Deposits.Length(mostHits));
        rented = ArrayPool<int>.Shared.Rent(length);
    }

    public Span<int> Span => rented.AsSpan(0, length);

    public void Dispose() => ArrayPool<int>.Shared.Return(rented);
}
