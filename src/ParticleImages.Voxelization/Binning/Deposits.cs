using System.Runtime.InteropServices;

namespace ParticleImages.Voxelization;

/// <summary>
/// The hits of one event on their way from the image to the voxels: where, in which frame, how much and when. Every stage of the
/// binning drops some or changes them in place.
/// </summary>
internal ref struct Deposits
{
    private const int IntsADeposit = 7;

    // Of float32 in the widest vectors.
    private const int MostLanes = 16;

    private readonly Span<int> spare;

    /// <summary>Takes memory of <see cref="Length"/> ints.</summary>
    public Deposits(Span<int> memory)
    {
        int capacity = memory.Length / IntsADeposit;
        Span<ushort> places = MemoryMarshal.Cast<int, ushort>(memory[..capacity]);
        Cells = places[..capacity];
        Frames = places[capacity..];
        Energies = MemoryMarshal.Cast<int, float>(memory.Slice(capacity, capacity));
        Times = MemoryMarshal.Cast<int, float>(memory.Slice(2 * capacity, capacity));
        spare = memory[(3 * capacity)..];
        Memory = memory;
    }

    /// <summary>All of the memory, for who does without deposits.</summary>
    public Span<int> Memory { get; }

    /// <summary>Row × width + column: of the image at first, of the voxels in the end.</summary>
    public Span<ushort> Cells { get; }

    /// <summary>The time bin.</summary>
    public Span<ushort> Frames { get; }

    public Span<float> Energies { get; }

    public Span<float> Times { get; }

    /// <summary>How many there are.</summary>
    public int Count { get; set; }

    /// <summary>Room for one whole number a deposit, and up to whole vectors.</summary>
    public readonly Span<int> SpareInts => spare[..WholeVectors];

    /// <summary>Room for one number a deposit, apart from <see cref="SpareInts"/>.</summary>
    public readonly Span<float> SpareFloats => MemoryMarshal.Cast<int, float>(spare.Slice(WholeVectors, Count));

    /// <summary>The times up to whole vectors; what follows the deposits' own is of no meaning.</summary>
    public readonly ReadOnlySpan<float> TimeVectors => Times[..WholeVectors];

    private readonly int WholeVectors => (Count + MostLanes - 1) / MostLanes * MostLanes;

    /// <summary>Room for a key a deposit.</summary>
    public readonly Span<ulong> SpareKeys => MemoryMarshal.Cast<int, ulong>(spare[..(2 * Count)]);

    /// <summary>Room for two numbers a deposit, apart from <see cref="SpareKeys"/>.</summary>
    public readonly Span<float> SparePairs => MemoryMarshal.Cast<int, float>(spare.Slice(2 * Count, 2 * Count));

    /// <summary>
    /// How many ints hold the deposits of an event of so many hits: one more, since a candidate is written before it is judged, and up
    /// to whole vectors.
    /// </summary>
    public static long Length(int hits) => IntsADeposit * (((long)hits + MostLanes) / MostLanes * MostLanes);

    /// <summary>The deposits as entries of the voxel image, yet without values.</summary>
    public readonly SparseEvent As(in BinningPlan plan) =>
        SparseEvent.Of(Cells[..Count], Frames[..Count], values: [], plan.FilledFrames, plan.IsCumulative, plan.EndsWithEvent);

    /// <summary>The values of a channel; those of <see cref="VoxelChannel.Hit"/> use <see cref="SpareFloats"/>.</summary>
    public readonly ReadOnlySpan<float> ValuesOf(VoxelChannel channel)
    {
        switch (channel)
        {
            case VoxelChannel.Energy:
                return Energies[..Count];
            case VoxelChannel.Time:
                return Times[..Count];
            default:
                Span<float> ones = SpareFloats;
                ones.Fill(1);
                return ones;
        }
    }
}
