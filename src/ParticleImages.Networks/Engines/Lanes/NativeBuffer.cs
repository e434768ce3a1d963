using System.Diagnostics;
using System.Runtime.InteropServices;

namespace ParticleImages.Networks.Engines.Lanes;

/// <summary>
/// Memory for kernels that grows and is used again: at the start of a cache line, outside the garbage collector, so that it never moves. Debug builds check every
/// part that is handed out, and that nobody wrote behind the end.
/// </summary>
/// <typeparam name="T">What is in it.</typeparam>
internal sealed unsafe class NativeBuffer<T> : IDisposable
    where T : unmanaged
{
    private const int CacheLine = 64;
    private const byte Untouched = 0xA5;

    private T* start;
    private long capacity;
    private long length;

    ~NativeBuffer() => Free();

    /// <summary>The memory that was asked for last.</summary>
    public T* Start => start;

    public long Bytes => capacity * sizeof(T);

    /// <summary>Where a part begins.</summary>
    /// <param name="from">Its first value.</param>
    /// <param name="count">Its values, which have to be among those asked for last.</param>
    public T* At(long from, long count)
    {
        CheckPart(from, count);
        return start + from;
    }

    /// <summary>Room for so many; what was there is lost where it has to grow. What is new is zero.</summary>
    public T* Need(long count)
    {
        CheckEnd();
        if (count > capacity || start is null)
        {
            Free();
            capacity = count + Slack(count);
            nuint bytes = checked((nuint)capacity * (nuint)sizeof(T));
            start = (T*)NativeMemory.AlignedAlloc(bytes + CacheLine, CacheLine);
            NativeMemory.Clear(start, bytes);
            MarkEnd();
        }

        length = count;
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
        CheckEnd();
        Free();
        GC.SuppressFinalize(this);
    }

    // A debug build has none, so that what is written behind the end is seen.
    private static long Slack(long count)
    {
#if DEBUG
        return 0;
#else
        return (count / 4) + (CacheLine / sizeof(T));
#endif
    }

    [Conditional("DEBUG")]
    private void CheckPart(long from, long count)
    {
        if (from < 0 || count < 0 || from + count > length)
        {
            throw new InvalidOperationException($"A kernel wants values {from} to {from + count} of a buffer of {length} {typeof(T).Name}.");
        }
    }

    [Conditional("DEBUG")]
    private void MarkEnd() => new Span<byte>(start + capacity, CacheLine).Fill(Untouched);

    [Conditional("DEBUG")]
    private void CheckEnd()
    {
        if (start is not null && new Span<byte>(start + capacity, CacheLine).ContainsAnyExcept(Untouched))
        {
            throw new InvalidOperationException($"A kernel has written behind the end of a buffer of {capacity} {typeof(T).Name}.");
        }
    }

    private void Free()
    {
        NativeMemory.AlignedFree(start);
        start = null;
        (capacity, length) = (0, 0);
    }
}
