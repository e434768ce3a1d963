using System.Buffers.Binary;

namespace ParticleImages.Formats.Hdf5;

/// <summary>
/// The head of an HDF5 file: where addresses count from and how long the file should be. Source: HDF5 File Format
/// Specification 3.0, section II.A.
/// </summary>
/// <remarks>Read by us before anything else, because a truncated file is told from a whole one only here.</remarks>
/// <param name="BaseAddress">Where addresses count from.</param>
/// <param name="AddressLength">Bytes of an address.</param>
/// <param name="LengthLength">Bytes of a length.</param>
internal readonly record struct Superblock(long BaseAddress, int AddressLength, int LengthLength)
{
    private const int LongestHead = 128;

    // Version 2 or 3 with addresses of 2 bytes: four of them behind 12 bytes, and a checksum.
    private const int ShortestHead = 24;

    /// <summary>The address that stands for none.</summary>
    public ulong UndefinedAddress => ulong.MaxValue >> (64 - (8 * AddressLength));

    private static ReadOnlySpan<byte> Signature => [0x89, (byte)'H', (byte)'D', (byte)'F', 0x0d, 0x0a, 0x1a, 0x0a];

    /// <summary>Where the signature stands: at 0 or, behind a user block, at 512, 1024, 2048, …; −1 when it is not there.</summary>
    public static int FindSignature(ReadOnlySpan<byte> head)
    {
        for (int offset = 0; offset + Signature.Length <= head.Length; offset = Math.Max(512, offset * 2))
        {
            if (head[offset..].StartsWith(Signature))
            {
                return offset;
            }
        }

        return -1;
    }

    /// <summary>Reads the head and compares the length that it names with the file's.</summary>
    /// <exception cref="EventFormatException">The file is truncated, or its head is none that is known.</exception>
    public static Superblock Read(Stream stream, string path)
    {
        var head = new byte[4096 + LongestHead];
        head = head[..stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false)];
        int start = FindSignature(head);
        if (start < 0)
        {
            throw new EventFormatException(
                $"{path} is no HDF5 file: its signature stands neither at its beginning nor behind a user block of 512 to 4096 bytes. Look whether the download is what it "
                + "should be, or take a larger user block off with h5unjam.",
                path);
        }

        // PureHDF finds these two; it looks for others at odd places.
        if (start > 512)
        {
            throw new EventFormatException(
                $"{path} has a user block of {start} bytes before its HDF5 data; none or one of 512 bytes is read. "
                + "Take it off with h5unjam.",
                path);
        }

        // Zeros stand for what a short file lacks, until it is known how much it should have.
        CheckLength(ShortestHead);
        var block = new byte[LongestHead].AsSpan();
        head.AsSpan(start, Math.Min(LongestHead, head.Length - start)).CopyTo(block);
        int version = block[8];
        (int sizeAt, int addressesAt) = version switch
        {
            0 => (13, 24),
            1 => (13, 28),
            2 or 3 => (9, 12),
            _ => throw new EventFormatException(
                $"{path} has an HDF5 superblock of version {version}; 0 to 3 are known. It is damaged, or newer than "
                + "this library: copy it with h5repack of an HDF5 1.10 or 1.14.",
                path),
        };
        (int size, int lengthSize) = (block[sizeAt], block[sizeAt + 1]);
        if (size is not (2 or 4 or 8) || lengthSize is not (2 or 4 or 8))
        {
            throw new EventFormatException(
                $"{path} has HDF5 addresses of {size} bytes and lengths of {lengthSize}; 2, 4 or 8 are known. It is damaged: copy it again.", path);
        }

        CheckLength(addressesAt + (3 * size));
        ulong baseAddress = Address(block, addressesAt, size);
        ulong endOfFile = Address(block, addressesAt + (2 * size), size);

        // A file behind a user block that was put before it later keeps the addresses it had.
        ulong moved = (ulong)start - Math.Min((ulong)start, baseAddress);
        if (endOfFile > (ulong)stream.Length - moved)
        {
            throw new EventFormatException(
                $"{path} is truncated: by its head it is {endOfFile} bytes long, and {stream.Length} are there. "
                + "Copy or download it again.",
                path);
        }

        return new Superblock((long)baseAddress, size, lengthSize);

        void CheckLength(int needed)
        {
            if (stream.Length < start + needed)
            {
                throw new EventFormatException(
                    $"{path} is truncated: it ends after {stream.Length} bytes, within the HDF5 head. Copy or download it again.", path);
            }
        }
    }

    /// <summary>A number of 2, 4 or 8 bytes: an address or a length.</summary>
    public static ulong Address(ReadOnlySpan<byte> block, int offset, int size) => size switch
    {
        2 => BinaryPrimitives.ReadUInt16LittleEndian(block[offset..]),
        4 => BinaryPrimitives.ReadUInt32LittleEndian(block[offset..]),
        _ => BinaryPrimitives.ReadUInt64LittleEndian(block[offset..]),
    };
}
