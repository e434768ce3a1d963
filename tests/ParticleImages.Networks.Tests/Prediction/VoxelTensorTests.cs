using System.Runtime.InteropServices;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using ParticleImages.Networks.Prediction;
using ParticleImages.Voxelization;
using TorchSharp;
using static TorchSharp.torch;

namespace ParticleImages.Networks.Tests;

public sealed class VoxelTensorTests
{
    [Property(MaxTest = 400, Arbitrary = [typeof(Seeds)])]
    public void A_tensor_holds_the_bits_of_the_dense_voxels_however_it_is_made(int seed)
    {
        var drawn = new RandomVoxels(seed);
        VoxelShape shape = drawn.Sparse.Shape;
        uint[] expected = Bits(drawn.Sparse.ToDense().Voxels.Slice(drawn.Start * shape.Values, drawn.Count * shape.Values));
        TorchLibrary.Load();
        using DisposeScope scope = NewDisposeScope();
        foreach (Tensor made in Made(drawn))
        {
            Assert.Equal([drawn.Count, shape.Channels, shape.Frames, shape.Height, shape.Width], made.shape);
            Assert.Equal(float32, made.dtype);
            Assert.True(made.is_contiguous());
            Assert.False(made.requires_grad);
            Assert.True(expected.AsSpan().SequenceEqual(Bits(made)), $"{drawn.Voxelizer}: {shape}, {drawn.Count} events from {drawn.Start}");
        }
    }

    [Fact]
    public void The_drawn_voxels_are_of_every_kind_that_the_expansion_treats_on_its_own()
    {
        RandomVoxels[] drawn = [.. Enumerable.Range(0, 400).Select(seed => new RandomVoxels(seed))];

        Assert.Contains(drawn, one => one.Sparse.Count == 0);
        Assert.Contains(drawn, one => one.Sparse is { Count: > 0, EntryCount: 0 });
        Assert.Contains(drawn, one => one.Sparse.Background.ContainsAnyExcept(0f) && one.Sparse.Shape.Channels > 1);
        foreach (bool isCumulative in (bool[])[false, true])
        {
            Assert.Contains(drawn, one => one.Sparse.IsCumulative == isCumulative && one.Sparse.FilledFrames < one.Sparse.Shape.Frames && HasRepeatedPixels(one.Sparse));
            Assert.Contains(drawn, one => one.Sparse.IsCumulative == isCumulative && one.Sparse.Background.ContainsAnyExcept(0f) && HasRepeatedPixels(one.Sparse));
        }

        Assert.Contains(drawn, one => one.Sparse.ToDense().Voxels.ContainsAny(float.NaN, float.PositiveInfinity));
    }

    [Fact]
    public void Events_outside_the_voxels_are_refused()
    {
        SparseVoxels voxels = Bin(ToyEvents.Voxelizer, 5);

        Assert.Throws<ArgumentNullException>(() => VoxelTensor.Of(null!, 0, 0));
        Assert.Throws<ArgumentOutOfRangeException>("start", () => VoxelTensor.Of(voxels, -1, 1));
        Assert.Throws<ArgumentOutOfRangeException>("start", () => VoxelTensor.Of(voxels, 6, 0));
        Assert.Throws<ArgumentOutOfRangeException>("count", () => VoxelTensor.Of(voxels, 0, -1));
        Assert.Throws<ArgumentOutOfRangeException>("count", () => VoxelTensor.Of(voxels, 3, int.MaxValue));
        VoxelTensor.Of(voxels, 5, 0).Dispose();
    }

    [Fact]
    public void Nothing_but_the_tensor_is_left_and_it_belongs_to_the_callers_scope()
    {
        SparseVoxels voxels = Bin(ToyEvents.Voxelizer.WithChannels(VoxelChannel.Energy, VoxelChannel.Hit), 5);
        TorchLibrary.Load();
        long before = LivingTensors.CountWithoutGarbage();
        using (NewDisposeScope())
        {
            VoxelTensor.Of(voxels, 0, 5);
            VoxelTensor.Expand(voxels, [0, 1, 2, 3, 4], CPU);
            Assert.Equal(before + 2, Tensor.TotalCount);
        }

        Assert.Equal(before, Tensor.TotalCount);
        Tensor free = VoxelTensor.Expand(voxels, [0, 1, 2, 3, 4], CPU);
        Assert.Equal(before + 1, Tensor.TotalCount);
        Assert.Equal(5, free.shape[0]);
        free.Dispose();
    }

    [Fact]
    public async Task Forced_garbage_collections_do_not_disturb_the_expansion()
    {
        SparseVoxels voxels = Bin(ToyEvents.Voxelizer.WithChannels(VoxelChannel.Energy, VoxelChannel.Time), 20);
        uint[] expected = Bits(voxels.ToDense().Voxels);
        TorchLibrary.Load();
        await using var storm = new GarbageStorm();

        for (int i = 0; i < 300; i++)
        {
            using Tensor written = VoxelTensor.Of(voxels, 0, 20);
            using Tensor expanded = VoxelTensor.Expand(voxels, [.. Enumerable.Range(0, 20)], CPU);
            Assert.True(expected.AsSpan().SequenceEqual(Bits(written)));
            Assert.True(expected.AsSpan().SequenceEqual(Bits(expanded)));
        }
    }

    [Fact]
    public void An_entry_takes_one_place_and_one_more_where_the_last_frame_stays_empty()
    {
        SparseVoxels usual = Bin(ToyEvents.Voxelizer, 5);
        SparseVoxels notebook = Bin(Voxelizer.NotebookCompatible(-0.1, 0.1, 0.05).Cumulative(), 5);

        Assert.Equal(usual.EntryCount, VoxelEntries.Of(usual, [.. Enumerable.Range(0, 5)]).Places.Length);
        Assert.Equal(2 * notebook.EntryCount, VoxelEntries.Of(notebook, [.. Enumerable.Range(0, 5)]).Places.Length);
    }

    private static SparseVoxels Bin(Voxelizer voxelizer, int count)
    {
        using EventSource events = ToyEvents.Make(count, seed: 1);
        return voxelizer.BinSparse(events);
    }

    private static IEnumerable<Tensor> Made(RandomVoxels drawn)
    {
        yield return VoxelTensor.Of(drawn.Sparse, drawn.Start, drawn.Count);
        yield return VoxelTensor.Of(drawn.Sparse, drawn.Start, drawn.Count, CPU);
        yield return VoxelTensor.Expand(drawn.Sparse, [.. Enumerable.Range(drawn.Start, drawn.Count)], CPU);
        if (cuda.is_available())
        {
            Tensor there = VoxelTensor.Of(drawn.Sparse, drawn.Start, drawn.Count, CUDA);
            Assert.Equal(DeviceType.CUDA, there.device_type);
            yield return there.cpu();
        }
    }

    private static bool HasRepeatedPixels(SparseVoxels voxels)
    {
        for (int i = 0; i < voxels.Count; i++)
        {
            SparseEvent entries = voxels[i];
            for (int entry = 1; entry < entries.Count; entry++)
            {
                if (entries.Pixels[entry] == entries.Pixels[entry - 1])
                {
                    return true;
                }
            }
        }

        return false;
    }

    private static uint[] Bits(Tensor tensor) => tensor.numel() == 0 ? [] : MemoryMarshal.Cast<byte, uint>(tensor.bytes).ToArray();

    private static uint[] Bits(ReadOnlySpan<float> values) => MemoryMarshal.Cast<float, uint>(values).ToArray();

    /// <summary>Seeds from all that there are; the usual arbitrary int stays near 0 and would repeat a hundred cases.</summary>
    public static class Seeds
    {
        public static Arbitrary<int> Any() => Gen.Choose(0, int.MaxValue).ToArbitrary();
    }
}
