using System.Buffers;
using System.Runtime.InteropServices;

namespace ParticleImages.Formats.Arrow;

/// <summary>Values that can't be used where they stand in the file: made when first asked for, then kept.</summary>
/// <param name="count">How many they are.</param>
/// <param name="make">Makes them; where it throws, it is asked again the next time.</param>
internal sealed class DecodedMemory<T>(int count, Func<T[]> make) : MemoryManager<T>
    where T : unmanaged
{
    private readonly Lock gate = new();

    // Let go of, with all that it holds, once it has made them.
    private Func<T[]>? make = make;
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
            values ??= make!();
            make = null;
            return values;
        }
    }
}
