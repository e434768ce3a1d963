using System.IO.MemoryMappedFiles;
using System.Runtime.InteropServices;

namespace ParticleImages.Formats.Arrow;

/// <summary>A file in memory as the system maps it: nothing is read before it is used, and nothing is copied.</summary>
/// <remarks>
/// Who holds a span into the mapping keeps nothing alive, so it is never taken away by the garbage collector: only
/// <see cref="Dispose"/> ends it.
/// </remarks>
internal sealed unsafe class ArrowMapping : IDisposable
{
    private const long MillisecondsBetweenLooks = 10;

    private readonly ArrowBytes bytes;
    private readonly MemoryMappedFile file;
    private readonly MemoryMappedViewAccessor view;
    private readonly GCHandle keep;
    private readonly Lock gate = new();
    private volatile byte* pointer;
    private long lastLook = -MillisecondsBetweenLooks;

    public ArrowMapping(ArrowBytes bytes)
    {
        this.bytes = bytes;
        file = MemoryMappedFile.CreateFromFile(bytes.Handle, null, 0, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: true);
        try
        {
            view = file.CreateViewAccessor(0, 0, MemoryMappedFileAccess.Read);
        }
        catch
        {
            file.Dispose();
            throw;
        }

        byte* start = null;
        view.SafeMemoryMappedViewHandle.AcquirePointer(ref start);
        pointer = start + view.PointerOffset;
        keep = GCHandle.Alloc(this);
    }

    public bool IsDisposed => pointer is null;

    /// <summary>Values where they stand in the file. Each column is mapped by itself, so files may be larger than 2 GiB.</summary>
    /// <param name="start">The first byte; the values lie within the file.</param>
    /// <param name="count">The number of values.</param>
    public ReadOnlyMemory<T> Memory<T>(long start, int count)
        where T : unmanaged => count == 0 ? default : new MappedMemory<T>(this, start, count).Memory;

    public void Dispose()
    {
        lock (gate)
        {
            if (IsDisposed)
            {
                return;
            }

            pointer = null;
            view.SafeMemoryMappedViewHandle.ReleasePointer();
            view.Dispose();
            file.Dispose();
            keep.Free();
        }
    }

    private T* At<T>(long start)
        where T : unmanaged
    {
        byte* first = pointer;
        ObjectDisposedException.ThrowIf(first is null, typeof(HitFile));
        RefuseCut();
        return (T*)(first + start);
    }

    // Whoever uses a page behind the file's end is ended by the system, so a file that was cut must be noticed before. Looking takes the time of a hundred hits.
    private void RefuseCut()
    {
        long now = Environment.TickCount64;
        if (now - Volatile.Read(ref lastLook) < MillisecondsBetweenLooks)
        {
            return;
        }

        long length = RandomAccess.GetLength(bytes.Handle);
        if (length < bytes.Length)
        {
            throw new EventFormatException(
                $"{bytes.Path} was cut while open: {length} bytes, and {bytes.Length} were there. Copy or make it again, and replace files instead of changing them.", bytes.Path);
        }

        Volatile.Write(ref lastLook, now);
    }

    private sealed class MappedMemory<T>(ArrowMapping mapping, long start, int count) : System.Buffers.MemoryManager<T>
        where T : unmanaged
    {
        public override Memory<T> Memory => CreateMemory(count);

        public override Span<T> GetSpan() => new(mapping.At<T>(start), count);

        public override System.Buffers.MemoryHandle Pin(int elementIndex = 0) => new(mapping.At<T>(start) + elementIndex);

        public override void Unpin()
        {
            // It does not move.
        }

        protected override void Dispose(bool disposing)
        {
            // The mapping is the file's.
        }
    }
}
