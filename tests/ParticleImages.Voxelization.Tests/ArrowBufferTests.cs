using System.Buffers;
using System.Runtime.InteropServices;
using Apache.Arrow;

namespace ParticleImages.Voxelization.Tests;

/// <summary>Images in Arrow's memory go into the voxelizer as they lie there.</summary>
public sealed class ArrowBufferTests
{
    private static readonly ImageShape Shape = ImageShape.Crop32;

    private static readonly Voxelizer Voxelizer = Voxelizer.Over(TimeAxis.Range(-0.1, 0.1, step: 0.0099))
        .KeepEnergyAbove(0.005).KeepTimeWithin(0.1).Cumulative();

    private static readonly float[] Images = NewImages(events: 5);

    [Fact]
    public void The_values_of_an_array_make_the_voxels_of_the_same_images()
    {
        using FloatArray values = new FloatArray.Builder().Append(Images.AsSpan()).Build();
        var voxels = new float[Expected().Length];
        Voxelizer.Bin(values.Values, Shape, voxels);
        Assert.Equal(Expected(), voxels);
    }

    [Fact]
    public void A_slice_of_an_array_makes_the_voxels_of_its_events()
    {
        using FloatArray values = new FloatArray.Builder().Append(Images.AsSpan()).Build();
        using var last = (FloatArray)values.Slice(4 * Shape.Values, Shape.Values);
        int size = Voxelizer.OutputShape(Shape).Values;
        var voxels = new float[size];
        Voxelizer.Bin(last.Values, Shape, voxels);
        Assert.Equal(Expected()[(4 * size)..], voxels);
    }

    [Fact]
    public void The_memory_of_buffers_serves_several_threads_in_and_out()
    {
        using var images = new FloatsOf(new ArrowBuffer.Builder<float>().Append(Images.AsSpan()).Build());
        float[] expected = Expected();
        using var voxels = new FloatsOf(new ArrowBuffer.Builder<float>().Resize(expected.Length).Build());
        Voxelizer.Bin(images.Memory, Shape, voxels.Memory, threads: 2);
        Assert.Equal(expected, voxels.Memory.ToArray());
    }

    private static float[] Expected() => Voxelizer.Bin(new EventBatch(Shape, Images, new int[5])).Voxels.ToArray();

    private static float[] NewImages(int events)
    {
        var random = new Random(3);
        return [.. Enumerable.Range(0, events * Shape.Values).Select(_ => 0.2f * (random.NextSingle() - 0.5f))];
    }

    /// <summary>Arrow's bytes seen as float32, where they lie.</summary>
    private sealed class FloatsOf(ArrowBuffer buffer) : MemoryManager<float>
    {
        public override Span<float> GetSpan() =>
            MemoryMarshal.Cast<byte, float>(MemoryMarshal.AsMemory(buffer.Memory).Span);

        public override MemoryHandle Pin(int elementIndex = 0) => buffer.Memory[(elementIndex * sizeof(float))..].Pin();

        public override void Unpin()
        {
        }

        protected override void Dispose(bool disposing) => buffer.Dispose();
    }
}
