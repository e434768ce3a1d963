using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ParticleImages.Formats.Arrow;

/// <summary>Values that can't be used where they stand in the file: decoded when first asked for, then kept.</summary>
internal sealed class DecodedMemory<T>(ArrowRun buffer, long start, int count, Func<bool> isClosed) : MemoryManager<T>
    where T : unmanaged
{
    private readonly Lock gate = new();
    private T[]? values;

    public override Memory<T> Memory => CreateMemory(count);

    public override Span<T> GetSpan() => Values();

    public override MemoryHandle Pin(int elementIndex = 0)
    {
        var handle = GCHandle.Alloc(Values(), GCHandleType.Pinned);
        unsafe
        {
            return new MemoryHandle((T*)handle.AddrOfPinnedObject() + elementIndex, handle, this);
        }
    }

    public override void Unpin()
    {
        // The handle is freed by who was given it.
    }

    protected override void Dispose(bool disposing)
    {
        // Arrays need no end.
    }

    private T[] Values()
    {
        if (values is { } known)
        {
            return known;
        }

        lock (gate)
        {
            if (values is null)
            {
                ObjectDisposedException.ThrowIf(isClosed(), typeof(HitFile));
                var read = new T[count];

                // In parts, since a span of bytes ends at 2 GiB.
                const int most = 1 << 27;
                for (int i = 0; i < count; i += Math.Min(most, count - i))
                {
                    buffer.Read(start + ((long)i * Unsafe.SizeOf<T>()), MemoryMarshal.AsBytes(read.AsSpan(i, Math.Min(most, count - i))));
                }

                buffer.Forget();
                values = read;
            }

            return values;
        }
    }
}
