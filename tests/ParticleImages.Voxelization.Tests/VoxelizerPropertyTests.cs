using FsCheck.Xunit;

namespace ParticleImages.Voxelization.Tests;

[Properties(Arbitrary = [typeof(Seeds)])]
public sealed class VoxelizerPropertyTests
{
    [Property(MaxTest = 500)]
    public void The_documented_mode_is_what_four_plain_loops_make(int seed)
    {
        var input = new RandomCase(seed);
        Assert.True(Bits.Same(NaiveVoxels.Documented(input), input.Documented.Bin(input.Batch).Voxels));
    }

    [Property(MaxTest = 500)]
    public void The_notebook_mode_is_what_four_plain_loops_make(int seed)
    {
        var input = new RandomCase(seed);
        Assert.True(Bits.Same(NaiveVoxels.Notebook(input), input.Notebook.Bin(input.Batch).Voxels));
    }

    [Property]
    public void Hits_and_images_give_the_same_bits(int seed)
    {
        var input = new RandomCase(seed);
        HitEvents hits = HitEvents.From(input.Batch);
        foreach (Voxelizer voxelizer in new[] { input.Documented, input.Notebook })
        {
            VoxelGrid fromImages = voxelizer.Bin(input.Batch);
            VoxelGrid fromHits = voxelizer.Bin(hits);
            Assert.Equal(fromImages.Shape, fromHits.Shape);
            Assert.True(Bits.Same(fromImages.Voxels, fromHits.Voxels));
            Assert.Equal(input.Batch.Labels.ToArray(), fromImages.Labels.ToArray());
            Assert.Equal(input.Batch.Labels.ToArray(), fromHits.Labels.ToArray());
            for (int i = 0; i < hits.Count; i++)
            {
                var voxels = new float[fromImages.Shape.Voxels];
                Array.Fill(voxels, float.NaN);
                voxelizer.Bin(hits[i], hits.Shape, voxels);
                Assert.True(Bits.Same(fromImages.Event(i), voxels));
            }
        }
    }

    [Property]
    public void What_the_buffer_held_before_leaves_no_trace(int seed)
    {
        var input = new RandomCase(seed);
        VoxelGrid grid = input.Documented.Bin(input.Batch);
        var voxels = new float[grid.Voxels.Length];
        Array.Fill(voxels, float.NaN);
        input.Documented.Bin(input.Batch.Images, input.Shape, voxels);
        Assert.True(Bits.Same(grid.Voxels, voxels));
    }

    [Property]
    public void Cumulative_frames_grow_and_the_last_is_the_sum_of_the_exclusive_ones(int seed)
    {
        var input = new RandomCase(seed);
        EventBatch batch = input.WithoutNegativeEnergies();
        VoxelGrid cumulative = input.Documented.Cumulative().Bin(batch);
        VoxelGrid exclusive = input.Documented.Exclusive().Bin(batch);
        (int frames, int height, int width) = cumulative.Shape;
        for (int index = 0; index < batch.Count; index++)
        {
            for (int pixel = 0; pixel < height * width; pixel++)
            {
                float sum = 0;
                for (int frame = 0; frame < frames; frame++)
                {
                    float before = frame == 0 ? 0 : cumulative.Event(index)[((frame - 1) * height * width) + pixel];
                    float now = cumulative.Event(index)[(frame * height * width) + pixel];
                    Assert.True(now >= before);
                    sum += exclusive.Event(index)[(frame * height * width) + pixel];
                    Assert.Equal(sum, now);
                }
            }
        }
    }

    [Property]
    public void Events_in_another_order_give_voxels_in_that_order(int seed)
    {
        var input = new RandomCase(seed);
        VoxelGrid grid = input.Documented.Bin(input.Batch);
        (EventBatch shuffled, int[] order) = input.Shuffled();
        VoxelGrid other = input.Documented.Bin(shuffled);
        for (int i = 0; i < order.Length; i++)
        {
            Assert.True(Bits.Same(grid.Event(order[i]), other.Event(i)));
            Assert.Equal(grid.Labels[order[i]], other.Labels[i]);
        }
    }

    [Property]
    public void Cutting_twice_changes_nothing(int seed)
    {
        var input = new RandomCase(seed);
        float[] images = input.Batch.Images.ToArray();
        for (int i = 0; i < images.Length; i += 2)
        {
            bool isKept = (input.Threshold is null || images[i] > (float)input.Threshold)
                && (input.Window is null || MathF.Abs(images[i + 1]) < (float)input.Window);
            images[i] = isKept ? images[i] : 0;
        }

        var cut = new EventBatch(input.Shape, images, input.Batch.Labels.ToArray());
        Assert.True(Bits.Same(input.Documented.Bin(input.Batch).Voxels, input.Documented.Bin(cut).Voxels));
    }

    [Property]
    public void A_crop_is_a_slice_of_the_whole(int seed)
    {
        var input = new RandomCase(seed);
        Voxelizer whole = Voxelizer.Over(input.Axis).Cumulative();
        VoxelGrid all = whole.Bin(input.Batch);
        for (int size = 2; size <= Math.Min(input.Shape.Height, input.Shape.Width); size += 2)
        {
            VoxelGrid crop = whole.Crop(size).Bin(input.Batch);
            Assert.Equal(new VoxelShape(all.Shape.Frames, size, size), crop.Shape);
            int top = (input.Shape.Height / 2) - (size / 2);
            int left = (input.Shape.Width / 2) - (size / 2);
            for (int index = 0; index < crop.Count; index++)
            {
                for (int frame = 0; frame < crop.Shape.Frames; frame++)
                {
                    for (int row = 0; row < size; row++)
                    {
                        for (int column = 0; column < size; column++)
                        {
                            Assert.Equal(all[index, frame, top + row, left + column], crop[index, frame, row, column]);
                        }
                    }
                }
            }
        }
    }

    [Property]
    public void A_scale_of_one_changes_nothing_and_any_other_multiplies(int seed)
    {
        var input = new RandomCase(seed);
        VoxelGrid plain = input.Documented.ScaleEnergy(1).Bin(input.Batch);
        Assert.True(Bits.Same(plain.Voxels, Voxelizer.FromJson(input.Documented.ToJson()).ScaleEnergy(1).Bin(input.Batch).Voxels));
        VoxelGrid scaled = input.Documented.ScaleEnergy(0.3).Bin(input.Batch);
        for (int i = 0; i < plain.Voxels.Length; i++)
        {
            Assert.Equal(plain.Voxels[i] * 0.3f, scaled.Voxels[i]);
        }
    }

    [Property]
    public void A_voxelizer_comes_back_from_JSON_equal(int seed)
    {
        var input = new RandomCase(seed);
        foreach (Voxelizer voxelizer in new[] { input.Documented, input.Notebook })
        {
            Voxelizer read = Voxelizer.FromJson(voxelizer.ToJson());
            Assert.Equal(voxelizer, read);
            Assert.True(Bits.Same(voxelizer.Axis.Edges, read.Axis.Edges));
            Assert.Equal(voxelizer.ToJson(), read.ToJson());
        }
    }
}
