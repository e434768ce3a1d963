using System.Runtime.CompilerServices;
using ParticleImages.Networks.Engines.Lanes;
using ParticleImages.Voxelization;

namespace ParticleImages.Networks.Engines.Sparse;

/// <summary>The tables of events: made when they are first asked for, and kept for later epochs as long as they fit into a share of the memory.</summary>
internal sealed class SiteTables(SparsePlan plan)
{
    // Of what the process may use, for all events together.
    private const int MemoryShare = 8;

    private readonly ConditionalWeakTable<SparseVoxels, SiteTable?[]> kept = [];
    private readonly long budget = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / MemoryShare;
    private SiteTableBuilder[] builders = [];
    private SiteTable[] batch = [];
    private long bytes;

    /// <summary>Memory of what is kept, in bytes.</summary>
    public long Bytes => Interlocked.Read(ref bytes);

    /// <summary>The tables of some events; the array is the next call's, too.</summary>
    /// <param name="events">Where the events are.</param>
    /// <param name="rows">Which of them.</param>
    /// <param name="threads">How many at a time.</param>
    /// <param name="keep">Whether the events will be asked for again.</param>
    public SiteTable[] Of(SparseVoxels events, ReadOnlySpan<int> rows, int threads, bool keep)
    {
        if (batch.Length < rows.Length)
        {
            batch = new SiteTable[rows.Length];
        }

        if (builders.Length < threads)
        {
            builders = [.. Enumerable.Range(0, threads).Select(_ => new SiteTableBuilder(plan.Input, plan.Levels, plan.WithPlaces))];
        }

        SiteTable?[]? own = keep ? kept.GetValue(events, voxels => new SiteTable?[voxels.Count]) : null;
        int[] wanted = rows.ToArray();
        SiteTable[] result = batch;
        Chunks.Run(threads, (chunk, worker) =>
        {
            for (int i = Chunks.Start(chunk, wanted.Length); i < Chunks.Start(chunk + 1, wanted.Length); i++)
            {
                result[i] = own?[wanted[i]] ?? Make(events, wanted[i], builders[worker], own);
            }
        });
        return result;
    }

    private SiteTable Make(SparseVoxels events, int row, SiteTableBuilder builder, SiteTable?[]? own)
    {
        SiteTable table = builder.Build(events[row]);
        if (own is not null && Interlocked.Read(ref bytes) < budget)
        {
            Interlocked.Add(ref bytes, table.Bytes);
            own[row] = table;
        }

        return table;
    }
}
