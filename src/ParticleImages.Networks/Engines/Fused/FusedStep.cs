using ParticleImages.Networks.Engines.Lanes;

namespace ParticleImages.Networks.Engines.Fused;

/// <summary>What a batch is computed with.</summary>
/// <param name="Events">How many.</param>
/// <param name="SliceSize">Events that one thread takes at a time; it depends on the network alone, so sums have the same parts on any number of threads.</param>
/// <param name="IsTraining">Whether there is dropout, and a way back.</param>
/// <param name="UsesBatchStatistics">Whether batch norms use the batch's statistics.</param>
/// <param name="Seed">What dropout draws from.</param>
/// <param name="Workers">Who computes.</param>
/// <param name="Kernels">How.</param>
internal sealed record FusedStep(int Events, int SliceSize, bool IsTraining, bool UsesBatchStatistics, ulong Seed, TorchWorkers Workers, IMapKernels Kernels)
{
    /// <summary>The kernels of a width.</summary>
    public static IMapKernels KernelsOf(LaneWidth width) => width switch
    {
        LaneWidth.Vector512 => new MapKernels<Lanes512, System.Runtime.Intrinsics.Vector512<float>>(),
        LaneWidth.Vector256 => new MapKernels<Lanes256, System.Runtime.Intrinsics.Vector256<float>>(),
        LaneWidth.Vector128 => new MapKernels<Lanes128, System.Runtime.Intrinsics.Vector128<float>>(),
        _ => new MapKernels<ScalarLanes, float>(),
    };

    public int Slices => (Events + SliceSize - 1) / SliceSize;

    /// <summary>Does something to every slice.</summary>
    /// <param name="work">Gets the slice, its first event, its number of events and the worker.</param>
    public void ForEachSlice(Action<int, int, int, int> work) =>
        Workers.Run(Slices, (slice, worker) => work(slice, slice * SliceSize, Math.Min(SliceSize, Events - (slice * SliceSize)), worker));
}
