using FsCheck.Xunit;

namespace ParticleImages.Voxelization.Tests;

/// <summary>Any axis, crop, projection, channels and scaling together, against a second implementation; dense and sparse, from images and from hits.</summary>
[Properties(Arbitrary = [typeof(Seeds)], MaxTest = 400)]
public sealed class AllChoicesTests
{
    [Property]
    public void Images_make_what_plain_loops_make(int seed)
    {
        var input = new RandomCase(seed);
        HitEvents hits = HitEvents.From(input.Batch);
        float[] expected = NaiveEvents.Voxels(input, hits);
        Assert.True(Bits.Same(expected, input.Full.Bin(input.Batch).Voxels));
        Assert.True(Bits.Same(expected, input.Full.Bin(hits).Voxels));
    }

    [Property]
    public void Hits_in_any_order_that_share_pixels_make_what_plain_loops_make(int seed)
    {
        var input = new RandomCase(seed);
        HitEvents hits = input.RepeatedHits();
        Assert.True(Bits.Same(NaiveEvents.Voxels(input, hits), input.Full.Bin(hits).Voxels));
    }

    [Property]
    public void Sparse_voxels_say_what_dense_ones_do(int seed)
    {
        var input = new RandomCase(seed);
        foreach (Voxelizer voxelizer in new[] { input.Full, input.Documented, input.Notebook })
        {
            VoxelGrid dense = voxelizer.Bin(input.Batch);
            using EventSource source = EventSource.FromBatch(input.Batch);
            foreach (SparseVoxels sparse in new[]
            {
                voxelizer.BinSparse(input.Batch), voxelizer.BinSparse(HitEvents.From(input.Batch)), voxelizer.BinSparse(source),
            })
            {
                VoxelGrid back = sparse.ToDense();
                Assert.Equal(dense.Shape, back.Shape);
                Assert.True(Bits.Same(dense.Voxels, back.Voxels));
                Assert.Equal(input.Batch.Labels.ToArray(), back.Labels.ToArray());
            }

            HitEvents repeated = input.RepeatedHits();
            Assert.True(Bits.Same(voxelizer.Bin(repeated).Voxels, voxelizer.BinSparse(repeated).ToDense().Voxels));
        }
    }

    [Property(MaxTest = 100)]
    public void Any_number_of_threads_makes_the_same_bits(int seed)
    {
        var input = new RandomCase(seed);
        VoxelGrid expected = input.Full.Bin(input.Batch);
        for (int threads = 1; threads <= 6; threads++)
        {
            var voxels = new float[expected.Voxels.Length];
            Array.Fill(voxels, float.NaN);
            input.Full.Bin(input.Batch.ImageMemory, input.Shape, voxels, threads);
            Assert.True(Bits.Same(expected.Voxels, voxels));
        }
    }

    [Property]
    public void A_voxelizer_of_all_choices_comes_back_from_JSON_equal(int seed)
    {
        var input = new RandomCase(seed);
        Voxelizer read = Voxelizer.FromJson(input.Full.ToJson());
        Assert.Equal(input.Full, read);
        Assert.Equal(input.Full.GetHashCode(), read.GetHashCode());
        Assert.Equal(input.Full.ToJson(), read.ToJson());
        Assert.True(Bits.Same(input.Full.Bin(input.Batch).Voxels, read.Bin(input.Batch).Voxels));
    }
}
