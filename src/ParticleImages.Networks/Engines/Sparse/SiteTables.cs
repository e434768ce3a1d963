using System.Runtime.CompilerServices;
using ParticleImages.Networks.Engines.Lanes;
using ParticleImages.Voxelization;

namespace ParticleImages.Networks.Engines.Sparse;

/// <summary>The tables of events: made when they are first asked for, and kept for later epochs as long as they fit into a share of the memory.</summary>
/// <param name="plan">What they are for.</param>
/// <param name="memoryShare">
/// How much of what the process may use, for all events together. Where it is 0, nothing is kept, and a batch's tables are in the memory of the batch before.
/// </param>
/// <param name="denseBytes">What all layers' outputs of one event would take densely.</param>
internal sealed class SiteTables(SparsePlan plan, double memoryShare, long denseBytes)
{
    // What a small network's events may take in any case: as much as the libraries that are loaded with any engine.
    private const long Always = 256L << 20;

    private readonly ConditionalWeakTable<SparseVoxels, SiteTable?[]> kept = [];
    private readonly long available = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
    private SiteTableBuilder[] builders = [];
    private SiteTable[] batch = [];
    private long bytes;

    /// <summary>Memory of what is kept, in bytes.</summary>
    public long Bytes => Interlocked.Read(ref bytes);

    /// <summary>
    /// How many bytes of tables are kept: a share of the memory, and no more than 256 MiB and half of the outputs of a dense step, so that fuller events are not paid for with more memory than they cost densely.
    /// </summary>
    /// <param name="available">Memory that the process may use.</param>
    /// <param name="share">The share.</param>
    /// <param name="denseBytes">All layers' outputs of one event, densely.</param>
    /// <param name="events">Events of a step.</param>
    public static long Budget(long available, double share, long denseBytes, int events) => (long)Math.Min(available * share, Always + (events * (denseBytes / 2.0)));

    /// <summary>The tables of some events; the array is the next call's, too.</summary>
    /// <param name="events">Where the events are.</param>
    /// <param name="rows">Which of them.</param>
    /// <param name="threads">How many at a time.</param>
    public SiteTable[] Of(SparseVoxels events, ReadOnlySpan<int> rows, int threads)
    {
        if (batch.Length < rows.Length)
        {
            batch = new SiteTable[rows.Length];
        }

        if (builders.Length < threads)
        {
            builders = [.. Enumerable.Range(0, threads).Select(_ => new SiteTableBuilder(plan.Input, plan.Levels, plan.WithPlaces))];
        }

        SiteTable?[]? own = memoryShare > 0 ? kept.GetValue(events, voxels => new SiteTable?[voxels.Count]) : null;
        int[] wanted = rows.ToArray();
        long budget = Budget(available, memoryShare, denseBytes, wanted.Length);
        SiteTable[] result = batch;
        Chunks.Run(threads, (chunk, worker) =>
        {
            for (int i = Chunks.Start(chunk, wanted.Length); i < Chunks.Start(chunk + 1, wanted.Length); i++)
            {
                result[i] = own is null ? builders[worker].Build(events[wanted[i]], used: result[i]) : own[wanted[i]] ?? Make(events, wanted[i], builders[worker], own, budget);
            }
        });
        return result;
    }

    private SiteTable Make(SparseVoxels events, int row, SiteTableBuilder builder, SiteTable?[] own, long budget)
    {
        SiteTable table = builder.Build(events[row]);
        if (Interlocked.Read(ref bytes) < budget)
        {
            Interlocked.Add(ref bytes, table.Bytes);
            own[row] = table;
        }

        return table;
    }
}
