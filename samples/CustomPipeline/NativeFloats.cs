using System.Buffers;
using System.Runtime.InteropServices;

namespace CustomPipeline;

/// <summary>
/// Float32 values outside the garbage collector's heap, as a C++ reconstruction, an Arrow buffer or a mapped file has them. All that it takes to
/// hand them to the library without a copy.
/// </summary>
internal sealed unsafe class NativeFloats : MemoryManager<float>
{
    private readonly int count;
    private float* start;

    public NativeFloats(int count)
    {
        this.count = count;

        // 64 bytes: Arrow's alignment, and a cache line.
        start = (float*)NativeMemory.AlignedAlloc((nuint)count * sizeof(float), 64);
        GetSpan().Clear();
    }

    public override Span<float> GetSpan()
    {
        ObjectDisposedException.ThrowIf(start is null, this);
        return new Span<float>(start, count);
    }

    // Native memory never moves.
    public override MemoryHandle Pin(int elementIndex = 0)
    {
        ObjectDisposedException.ThrowIf(start is null, this);
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)elementIndex, (uint)count, nameof(elementIndex));
        return new MemoryHandle(start + elementIndex);
    }

    public override void Unpin()
    {
    }

    protected override void Dispose(bool disposing)
    {
        NativeMemory.AlignedFree(start);
        start = null;
    }
}
