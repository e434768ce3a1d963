namespace ParticleImages.Benchmarks;

/// <summary>The voxelizer's ratios, over the work of <see cref="VoxelizerBenchmarks"/>.</summary>
public static class VoxelizerRatios
{
    public static IEnumerable<Ratio> All()
    {
        VoxelizerBenchmarks batch = New(100);
        yield return new Ratio("voxelize-dense-vs-fill", batch.FromImages, batch.Fill);
        yield return new Ratio("voxelize-dense-vs-clear", batch.FromImages, batch.Clear);
        yield return new Ratio("voxelize-hits-vs-fill", batch.FromHits, batch.Fill);
        yield return new Ratio("voxelize-hits-vs-clear", batch.FromHits, batch.Clear);
        yield return new Ratio("sparse-to-dense-vs-fill", batch.DenseFromSparse, batch.Fill);
        yield return new Ratio("sparse-from-hits-vs-dense", () => batch.SparseFromHits(), batch.FromImages);
        yield return new Ratio("sparse-from-images-vs-dense", () => batch.SparseFromImages(), batch.FromImages);

        VoxelizerBenchmarks large = New(2000);
        yield return new Ratio("voxelize-large-vs-fill", large.FromImages, large.Fill);
        yield return new Ratio("voxelize-large-two-threads-vs-two-thread-fill", large.FromImagesOnTwoThreads, large.FillOnTwoThreads);
        yield return new Ratio("voxelize-large-two-threads-vs-one", large.FromImagesOnTwoThreads, large.FromImages);

        // Last, since the runtime lays code out for what it has seen, and usual events are not crowded.
        yield return new Ratio("voxelize-full-vs-fill", batch.FromFullImages, batch.Fill);
        yield return new Ratio("voxelize-large-full-vs-fill", large.FromFullImages, large.Fill);
    }

    private static VoxelizerBenchmarks New(int events)
    {
        var work = new VoxelizerBenchmarks { Events = events };
        work.Setup();
        return work;
    }
}
