namespace ParticleImages.Benchmarks;

/// <summary>The voxelizer's ratios, over the work of <see cref="VoxelizerBenchmarks"/>.</summary>
public static class VoxelizerRatios
{
    public static IEnumerable<Ratio> All()
    {
        var work = new VoxelizerBenchmarks();
        yield return new Ratio("voxelize-dense-vs-fill", work.FromImages, work.Fill);
        yield return new Ratio("voxelize-dense-vs-clear", work.FromImages, work.Clear);
        yield return new Ratio("voxelize-hits-vs-clear", work.FromHits, work.Clear);
    }
}
