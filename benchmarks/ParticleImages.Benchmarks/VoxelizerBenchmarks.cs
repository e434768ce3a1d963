using BenchmarkDotNet.Attributes;
using ParticleImages.Voxelization;

namespace ParticleImages.Benchmarks;

/// <summary>
/// The binning of one training batch, 100 events into 21 × 32 × 32 voxels, beside the least that any binning must do:
/// writing the same 8.6 MB once.
/// </summary>
[MemoryDiagnoser]
public class VoxelizerBenchmarks
{
    private const int Events = 100;

    private readonly Voxelizer voxelizer = Voxelizer.Over(TimeAxis.Range(-0.1, 0.1, step: 0.0099))
        .KeepEnergyAbove(0.005).KeepTimeWithin(0.1).Cumulative();

    private readonly EventBatch batch = BenchmarkEvents.New(Events);
    private readonly HitEvents hits;
    private readonly float[] voxels;
    private readonly int voxelsAnEvent;

    public VoxelizerBenchmarks()
    {
        hits = HitEvents.From(batch);
        voxelsAnEvent = voxelizer.OutputShape(batch.Shape).Voxels;
        voxels = new float[Events * voxelsAnEvent];
    }

    [Benchmark]
    public void FromImages() => voxelizer.Bin(batch.Images, batch.Shape, voxels);

    [Benchmark]
    public void FromHits()
    {
        for (int i = 0; i < Events; i++)
        {
            voxelizer.Bin(hits[i], hits.Shape, voxels.AsSpan(i * voxelsAnEvent, voxelsAnEvent));
        }
    }

    [Benchmark(Baseline = true)]
    public void Clear() => voxels.AsSpan().Clear();

    // Any value but zero: Fill may turn zeros into Clear.
    [Benchmark]
    public void Fill() => voxels.AsSpan().Fill(1);
}
