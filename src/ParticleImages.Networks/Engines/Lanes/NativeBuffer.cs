using System.Runtime.InteropServices;

namespace ParticleImages.Networks.Engines.Lanes;

/// <summary>Memory for kernels that grows and is used again: at the start of a cache line, outside the garbage collector, so that it never moves.</summary>
/// <typeparam name="T">What is in it.</typeparam>
internal sealed unsafe class NativeBuffer<T> : IDisposable
    where T : unmanaged
{
    private const int CacheLine = 64;

    private T* start;
    private long capacity;

    ~NativeBuffer() => Free();

    /// <summary>The memory that was asked for last.</summary>
    public T* Start => start;

    public long Bytes => capacity * sizeof(T);

    /// <summary>Room for so many; what was there is lost where it has to grow. What is new is zero.</summary>
    public T* Need(long count)
    {
        if (count > capacity || start is null)
        {
            Free();
            capacity = count + (count / 4) + (CacheLine / sizeof(T));
            start = (T*)NativeMemory.AlignedAlloc(checked((nuint)capacity * (nuint)sizeof(T)), CacheLine);
            NativeMemory.Clear(start, (nuint)capacity * (nuint)sizeof(T));
        }

        return start;
    }

    /// <summary>Room for so many, all zero.</summary>
    public T* NeedZeros(long count)
    {
        T* memory = Need(count);
        NativeMemory.Clear(memory, (nuint)count * (nuint)sizeof(T));
        return memory;
    }

    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    private void Free()
    {
        NativeMemory.AlignedFree(start);
        start = null;
        capacity = 0;
    }
}
