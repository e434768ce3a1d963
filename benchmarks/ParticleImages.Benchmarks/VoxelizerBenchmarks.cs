using BenchmarkDotNet.Attributes;
using ParticleImages.Voxelization;

namespace ParticleImages.Benchmarks;

/// <summary>
/// The binning of events into 21 × 32 × 32 voxels, cumulative, beside the least that any binning must do: writing the same
/// 86 016 bytes an event once, by Fill (any value) or Clear (zeros, the harder floor). 100 events are a training batch of 8.6 MB, which
/// the last cache holds; 2 000 are 172 MB, which it does not.
/// </summary>
[MemoryDiagnoser]
public class VoxelizerBenchmarks
{
    private readonly Voxelizer voxelizer = Usual;

    private EventBatch batch = null!;
    private EventBatch full = null!;
    private HitEvents hits = null!;
    private SparseVoxels sparse = null!;
    private float[] voxels = null!;
    private int voxelsAnEvent;

    /// <summary>The published notebook's parameters in the documented mode: 21 cumulative frames.</summary>
    public static Voxelizer Usual { get; } = Voxelizer.Over(TimeAxis.Range(-0.1, 0.1, step: 0.0099))
        .KeepEnergyAbove(0.005).KeepTimeWithin(0.1).Cumulative();

    [Params(100, 2000)]
    public int Events { get; set; } = 100;

    [GlobalSetup]
    public void Setup()
    {
        batch = BenchmarkEvents.New(Events);
        full = BenchmarkEvents.Full(Events);
        hits = HitEvents.From(batch);
        sparse = voxelizer.BinSparse(hits);
        voxelsAnEvent = voxelizer.OutputShape(batch.Shape).Values;
        voxels = new float[Events * voxelsAnEvent];
    }

    [Benchmark]
    public void FromImages() => voxelizer.Bin(batch.Images, batch.Shape, voxels);

    [Benchmark]
    public void FromFullImages() => voxelizer.Bin(full.Images, full.Shape, voxels);

    [Benchmark]
    public void FromImagesOnTwoThreads() => voxelizer.Bin(batch.ImageMemory, batch.Shape, voxels, threads: 2);

    [Benchmark]
    public void FromHits()
    {
        for (int i = 0; i < Events; i++)
        {
            voxelizer.Bin(hits[i], hits.Shape, voxels.AsSpan(i * voxelsAnEvent, voxelsAnEvent));
        }
    }

    [Benchmark]
    public SparseVoxels SparseFromHits() => voxelizer.BinSparse(hits);

    [Benchmark]
    public SparseVoxels SparseFromImages() => voxelizer.BinSparse(batch);

    [Benchmark]
    public void DenseFromSparse()
    {
        for (int i = 0; i < Events; i++)
        {
            sparse.CopyTo(i, voxels.AsSpan(i * voxelsAnEvent, voxelsAnEvent));
        }
    }

    [Benchmark(Baseline = true)]
    public void Clear() => voxels.AsSpan().Clear();

    // Any value but zero: Fill may turn zeros into Clear.
    [Benchmark]
    public void Fill() => voxels.AsSpan().Fill(1);

    [Benchmark]
    public void FillOnTwoThreads() => Parallel.For(
        0, 2, new ParallelOptions { MaxDegreeOfParallelism = 2 }, half => voxels.AsSpan(half * (voxels.Length / 2), voxels.Length / 2).Fill(1));
}
