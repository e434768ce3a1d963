namespace ParticleImages.Voxelization.Tests;

public sealed class VoxelizerBufferTests
{
    private static readonly ImageShape Shape = new(4, 6);

    private static readonly Voxelizer Voxelizer = Voxelizer.Over(TimeAxis.FromEdges(0, 1, 2)).Cumulative();

    private static readonly HitEvents Hits = HitEvents.From(new EventBatch(Shape, Images(1), [0]));

    [Theory]
    [InlineData(47)]
    [InlineData(49)]
    public void Images_that_are_not_whole_are_refused_and_nothing_is_written(int length)
    {
        float[] voxels = NewVoxels(48);
        var failure = Assert.Throws<ArgumentException>("images", () => Voxelizer.Bin(new float[length], Shape, voxels));
        Assert.Contains($"{length} values", failure.Message, StringComparison.Ordinal);
        Assert.Contains("has 48", failure.Message, StringComparison.Ordinal);
        Assert.All(voxels, value => Assert.Equal(7, value));
    }

    [Theory]
    [InlineData(1, 47)]
    [InlineData(1, 49)]
    [InlineData(2, 48)]
    [InlineData(1, 0)]
    public void Voxels_of_the_wrong_number_are_refused_and_nothing_is_written(int events, int length)
    {
        float[] voxels = NewVoxels(length);
        var failure = Assert.Throws<ArgumentException>("voxels", () => Voxelizer.Bin(Images(events), Shape, voxels));
        Assert.Contains($"need {events * 48} values; the buffer holds {length}", failure.Message, StringComparison.Ordinal);
        Assert.All(voxels, value => Assert.Equal(7, value));
    }

    [Fact]
    public void Buffers_that_overlap_are_refused_and_nothing_is_written()
    {
        float[] both = NewVoxels(95);
        Assert.Throws<ArgumentException>("voxels", () => Voxelizer.Bin(both.AsSpan(0, 48), Shape, both.AsSpan(47, 48)));
        Assert.All(both, value => Assert.Equal(7, value));
    }

    [Fact]
    public void Buffers_that_touch_are_accepted()
    {
        float[] both = [.. Images(1), .. NewVoxels(48)];
        Voxelizer.Bin(both.AsSpan(0, 48), Shape, both.AsSpan(48, 48));
        Assert.DoesNotContain(7, both.AsSpan(48).ToArray());
    }

    [Fact]
    public void A_batch_of_no_events_is_refused_and_nothing_is_written()
    {
        var none = new EventBatch(Shape, [], []);
        float[] voxels = NewVoxels(48);
        foreach ((string name, Action bin) in new (string, Action)[]
        {
            ("images", () => Voxelizer.Bin([], Shape, [])),
            ("images", () => Voxelizer.Bin([], Shape, voxels)),
            ("images", () => Voxelizer.Bin(none.ImageMemory, Shape, voxels, threads: 2)),
            ("batch", () => Voxelizer.Bin(none)),
            ("hits", () => Voxelizer.Bin(HitEvents.From(none))),
        })
        {
            Assert.Contains("no events to bin", Assert.Throws<ArgumentException>(name, bin).Message, StringComparison.Ordinal);
        }

        Assert.All(voxels, value => Assert.Equal(7, value));
    }

    [Fact]
    public void A_data_set_of_no_events_has_no_sparse_voxels()
    {
        SparseVoxels sparse = Voxelizer.BinSparse(new EventBatch(Shape, [], []));
        Assert.Equal((0, 0L, 8L), (sparse.Count, sparse.EntryCount, sparse.Bytes));
        Assert.Equal(0, sparse.ToDense().Count);
    }

    [Fact]
    public void Hits_with_a_wrong_buffer_are_refused_and_nothing_is_written()
    {
        float[] voxels = NewVoxels(96);
        Assert.Throws<ArgumentException>("voxels", () => Voxelizer.Bin(Hits[0], Shape, voxels));
        Assert.All(voxels, value => Assert.Equal(7, value));
    }

    [Fact]
    public void Hits_outside_the_shape_are_refused_and_nothing_is_written()
    {
        float[] voxels = NewVoxels(2 * 2 * 6);
        var failure = Assert.Throws<ArgumentException>("hits", () => Voxelizer.Bin(Hits[0], new ImageShape(2, 6), voxels));
        Assert.Contains("Hit 12 is in pixel 12", failure.Message, StringComparison.Ordinal);
        Assert.All(voxels, value => Assert.Equal(7, value));
    }

    [Fact]
    public void An_event_without_hits_makes_zeros()
    {
        float[] voxels = NewVoxels(48);
        Voxelizer.Bin(default(Hits), Shape, voxels);
        Assert.All(voxels, value => Assert.Equal(0, value));
    }

    [Fact]
    public void A_crop_beyond_the_image_is_refused_and_nothing_is_written()
    {
        float[] voxels = NewVoxels(48);
        Assert.Throws<ArgumentException>("shape", () => Voxelizer.Crop(6).Bin(Images(1), Shape, voxels));
        Assert.Throws<ArgumentException>("shape", () => Voxelizer.Crop(6).Bin(Hits[0], Shape, voxels));
        Assert.Throws<ArgumentException>("batch", () => Voxelizer.Crop(6).Bin(new EventBatch(Shape, Images(1), [0])));
        Assert.All(voxels, value => Assert.Equal(7, value));
    }

    [Fact]
    public void A_call_that_exceeds_the_caches_makes_the_bits_of_small_ones()
    {
        // 2 000 events of 101 × 4 × 6 voxels are 18.5 MiB.
        const int Events = 2000;
        float[] images = [.. Enumerable.Range(0, Events).SelectMany(index => index % 3 == 0 ? FewHits(1) : index % 3 == 1 ? Images(1) : new float[Shape.Values])];
        Voxelizer plain = Voxelizer.Over(TimeAxis.Regular(0, 2, 101)).Cumulative();
        var standardised = VoxelScaling.Standardise().Fitted(0.5, 2);
        foreach (Voxelizer voxelizer in new[] { plain, plain.Exclusive(), plain.ScaleEnergy(standardised) })
        {
            int size = voxelizer.OutputShape(Shape).Values;
            float[] large = NewVoxels(Events * size);
            float[] small = NewVoxels(Events * size);
            voxelizer.Bin(images, Shape, large);
            for (int index = 0; index < Events; index++)
            {
                voxelizer.Bin(images.AsSpan(index * Shape.Values, Shape.Values), Shape, small.AsSpan(index * size, size));
            }

            Assert.True(Bits.Same(small, large));
        }
    }

    [Fact]
    public void Binning_into_buffers_allocates_nothing()
    {
        foreach (Voxelizer voxelizer in new[]
        {
            Voxelizer,
            Voxelizer.Exclusive(),
            Voxelizer.Project(VoxelProjection.XT),
            Voxelizer.CropAroundHottest(2).WithChannels(VoxelChannel.Energy, VoxelChannel.Time, VoxelChannel.Hit),
            Voxelizer.ScaleEnergy(VoxelScaling.GeV, VoxelScaling.Log1p, VoxelScaling.EventMaximum),
            Voxelizer.Over(TimeAxis.DistinctTimes(3)).Cumulative(),
            Voxelizer.NotebookCompatible(0, 2, 0.5),
        })
        {
            foreach (float[] images in new[] { Images(3), FewHits(3) })
            {
                VoxelShape output = voxelizer.OutputShape(Shape);
                float[] voxels = NewVoxels(3 * output.Values);
                Bin();
                long before = GC.GetAllocatedBytesForCurrentThread();
                Bin();
                Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());

                void Bin()
                {
                    voxelizer.Bin(images, Shape, voxels);
                    voxelizer.Bin(Hits[0], Shape, voxels.AsSpan(0, output.Values));
                }
            }
        }
    }

    [Theory]
    [InlineData(100_000)]
    [InlineData(int.MaxValue)]
    public void More_threads_than_events_are_as_many_as_events(int threads)
    {
        float[] voxels = NewVoxels(3 * 48);
        Voxelizer.Bin(Images(3), Shape, voxels, threads);
        Assert.DoesNotContain(7, voxels);
    }

    [Fact]
    public void On_several_threads_the_same_buffers_are_refused()
    {
        float[] voxels = NewVoxels(96);
        Assert.Throws<ArgumentException>("images", () => Voxelizer.Bin(new float[47], Shape, voxels, threads: 2));
        Assert.Throws<ArgumentException>("voxels", () => Voxelizer.Bin(Images(1), Shape, voxels, threads: 2));
        Assert.Throws<ArgumentException>("voxels", () => Voxelizer.Bin(voxels.AsMemory(0, 48), Shape, voxels.AsMemory(47, 48), threads: 2));
        Assert.Throws<ArgumentOutOfRangeException>("threads", () => Voxelizer.Bin(Images(2), Shape, voxels, threads: 0));
        Assert.Throws<ArgumentException>("shape", () => Voxelizer.Crop(6).Bin(Images(2), Shape, voxels, threads: 2));
        Assert.All(voxels, value => Assert.Equal(7, value));
    }

    [Fact]
    public void Lengths_past_32_bits_are_refused_and_nothing_is_written()
    {
        // 65 536 frames of 4 × 6 pixels a event: 2 000 events need 3 145 728 000 values.
        Voxelizer fine = Voxelizer.Over(TimeAxis.Range(0, 1, 1.0 / 65536));
        float[] voxels = NewVoxels(48);
        var failure = Assert.Throws<ArgumentException>("voxels", () => fine.Bin(Images(2000), Shape, voxels));
        Assert.Contains("need 3145728000 values; the buffer holds 48", failure.Message, StringComparison.Ordinal);
        Assert.All(voxels, value => Assert.Equal(7, value));
        Assert.Throws<ArgumentException>("batch", () => fine.Bin(new EventBatch(Shape, Images(2000), new int[2000])));
        SparseVoxels sparse = fine.BinSparse(new EventBatch(Shape, Images(2000), new int[2000]));
        Assert.Contains("CopyTo", Assert.Throws<InvalidOperationException>(() => sparse.ToDense()).Message, StringComparison.Ordinal);
    }

    private static float[] NewVoxels(int count)
    {
        var voxels = new float[count];
        Array.Fill(voxels, 7);
        return voxels;
    }

    private static float[] FewHits(int count) => [.. Enumerable.Range(0, count * Shape.Values).Select(i => i % 48 == 20 ? 3f : 0.5f * (i % 2))];

    private static float[] Images(int count) => [.. Enumerable.Range(0, count * Shape.Values).Select(i => i % 2 == 0 ? 3f : 1.5f)];
}
