using Microsoft.Win32.SafeHandles;
using ParticleImages.Storage;
using PureHDF;
using PureHDF.VOL.Native;
using static ParticleImages.Formats.Hdf5.Hidden;

namespace ParticleImages.Formats.Hdf5;

/// <summary>One file on the disk, opened once: its head, its objects by address, and its bytes.</summary>
internal sealed class StructureFile : IDisposable
{
    private readonly StepLimit limit;
    private readonly StructureStream stream;
    private readonly NativeFile native;

    private StructureFile(string path, SafeFileHandle handle, StepLimit limit)
    {
        Path = path;
        Handle = handle;
        this.limit = limit;
        stream = new StructureStream(handle, limit);
        limit.Allow(stream.Length);
        Superblock = Superblock.Read(stream, path);
        stream.Position = 0;
        native = H5File.Open(stream);
        Root = new HdfObject(this, (ulong)Get(Get(native, "Reference"), "Value"), native);
    }

    public string Path { get; }

    /// <summary>Where values are read from; open as long as this is.</summary>
    public SafeFileHandle Handle { get; }

    public Superblock Superblock { get; }

    public HdfObject Root { get; }

    /// <summary>Opens a file.</summary>
    /// <exception cref="EventFormatException">It is none that can be read, or its head is damaged.</exception>
    public static StructureFile Open(string path, StepLimit limit)
    {
        SafeFileHandle handle = InputFile.OpenHandle(path);
        try
        {
            return HdfErrors.Guard(path, null, null, () => new StructureFile(path, handle, limit));
        }
        catch
        {
            handle.Dispose();
            throw;
        }
    }

    /// <summary>Answers a question about the structure: within bounds, and errors are the file's.</summary>
    /// <param name="path">The file that was opened, for messages.</param>
    /// <param name="dataset">The dataset that it is about, or null.</param>
    /// <param name="row">The row that it is about, or null.</param>
    /// <param name="question">What to find out.</param>
    /// <param name="chunks">The chunks that it looks up.</param>
    public T Ask<T>(string path, string? dataset, long? row, Func<T> question, int chunks = 0)
    {
        limit.Renew(chunks);
        return HdfErrors.Guard(path, dataset, row, question);
    }

    /// <summary>The object whose header stands at an address.</summary>
    public HdfObject ObjectAt(ulong address, string name)
    {
        Type type = TypeNamed("NativeNamedReference");
        object reference = Activator.CreateInstance(type, name, address, native)!;
        return new HdfObject(this, address, (NativeObject)Call(type, reference, "Dereference")!);
    }

    /// <summary>Reads bytes at an address; addresses count from behind a user block.</summary>
    /// <exception cref="InvalidDataException">The file has no such.</exception>
    public byte[] BytesAt(ulong address, long count)
    {
        long at = checked((long)address + Superblock.BaseAddress);
        if (address == Superblock.UndefinedAddress || at < 0 || at > stream.Length || count > Math.Min(stream.Length - at, Array.MaxLength))
        {
            throw new InvalidDataException($"{count} bytes from address {address} are beyond its end");
        }

        var bytes = new byte[count];
        stream.Position = at;
        stream.ReadExactly(bytes);
        return bytes;
    }

    /// <summary>Counts what the caller does for something of the structure, for example a name.</summary>
    public void Spend(long steps) => limit.Spend(steps);

    public void Dispose()
    {
        native.Dispose();
        Handle.Dispose();
    }
}
