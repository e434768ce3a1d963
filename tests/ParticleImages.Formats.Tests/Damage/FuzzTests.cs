using System.Globalization;
using ParticleImages.Formats.Tests.Hdf5;

namespace ParticleImages.Formats.Tests.Damage;

/// <summary>
/// Damaged files of every format and form: whatever a byte says, a file is read or refused as what it is, in bounded time and memory. Of changed values nobody can know where the format has
/// no checksum. <c>PARTICLE_IMAGES_FUZZ_CASES</c> asks for more cases of each format than a test run takes.
/// </summary>
public sealed class FuzzTests : IDisposable
{
    private static readonly uint[] Signatures =
        [.. new[] { "TREE", "SNOD", "HEAP", "OHDR", "OCHK", "FRHP", "FHDB", "BTHD", "BTLF", "BTIN", "FAHD", "FADB", "EAHD", "EAIB", "GCOL" }
            .Select(name => BitConverter.ToUInt32(System.Text.Encoding.ASCII.GetBytes(name)))];

    private readonly TemporaryFolder folder = new();
    private readonly ITestOutputHelper output;

    public FuzzTests(ITestOutputHelper output)
    {
        this.output = output;

        // What an external link of one of the files leads to.
        File.Copy(ExpectedEvents.File("gzip"), folder["gzip.hdf5"]);
    }

    public static TheoryData<string> Formats => [.. ReferenceFile.Formats];

    private static int Cases { get; } =
        int.Parse(Environment.GetEnvironmentVariable("PARTICLE_IMAGES_FUZZ_CASES") ?? "3000", CultureInfo.InvariantCulture);

    public void Dispose() => folder.Dispose();

    [Theory]
    [MemberData(nameof(Formats))]
    public void Changed_bytes_are_noticed_or_change_values_and_nothing_else(string format)
    {
        IReadOnlyList<ReferenceFile> files = ReferenceFile.Of(format);
        int refused = 0;
        for (int i = 0; i < Cases; i++)
        {
            ReferenceFile file = files[i % files.Count];
            var random = new Random(i);
            File.WriteAllBytes(folder["damaged"], Change([.. file.Bytes], random));
            refused += BoundedReading.Refuses(folder["damaged"], Layout(file, random), $"{file.Name}, change {i}", random) ? 1 : 0;
        }

        output.WriteLine($"{Cases} changed files, {refused} refused");
        Assert.InRange(refused, Cases / 10, Cases - 1);
    }

    /// <summary>Headers and indexes of HDF5 lead to each other by addresses: here to others of them than they should, perhaps back to themselves.</summary>
    [Fact]
    public void Addresses_that_lead_to_other_structures_are_followed_to_an_end()
    {
        (ReferenceFile File, int[] Structures, int[] Addresses)[] files = [.. ReferenceFile.Of("HDF5").Select(file => (file, StructuresOf(file.Bytes), AddressesOf(file.Bytes)))];
        int cases = Cases / 3;
        int refused = 0;
        for (int i = 0; i < cases; i++)
        {
            (ReferenceFile file, int[] structures, int[] addresses) = files[i % files.Length];
            var random = new Random(i);
            byte[] bytes = [.. file.Bytes];
            for (int j = random.Next(1, 4); j > 0; j--)
            {
                // The address of a header without a signature is one that stands somewhere.
                int place = addresses[random.Next(addresses.Length)];
                long target = random.Next(2) == 0 && structures.Length > 0
                    ? structures[random.Next(structures.Length)]
                    : BitConverter.ToInt64(bytes, addresses[random.Next(addresses.Length)]);
                BitConverter.TryWriteBytes(bytes.AsSpan(place), target);
                if (random.Next(4) == 0 && structures.Length > 0)
                {
                    // The level of a tree's node, or another small number at a structure's beginning.
                    bytes[structures[random.Next(structures.Length)] + 5] = (byte)random.Next(256);
                }
            }

            File.WriteAllBytes(folder["damaged"], bytes);
            refused += BoundedReading.Refuses(folder["damaged"], Layout(file, random), $"{file.Name}, addresses {i}", random) ? 1 : 0;
        }

        output.WriteLine($"{cases} files with other addresses, {refused} refused");
        Assert.InRange(refused, cases / 10, cases - 1);
    }

    /// <summary>At every byte of both ends, where headers stand, and at many between. A stream may end after any message, and is whole then.</summary>
    [Theory]
    [MemberData(nameof(Formats))]
    public void Files_that_are_cut_anywhere_are_refused(string format)
    {
        IReadOnlyList<ReferenceFile> files = ReferenceFile.Of(format);
        int cuts = 0;
        foreach (ReferenceFile file in files)
        {
            int whole = file.Bytes.Length;
            int some = Math.Max(1, Cases / files.Count);
            File.WriteAllBytes(folder["damaged"], file.Bytes);
            using FileStream stream = File.OpenWrite(folder["damaged"]);
            for (int length = whole - 1; length >= 0; cuts++)
            {
                stream.SetLength(length);
                bool isRefused = BoundedReading.Refuses(folder["damaged"], file.Layout, $"{file.Name}, {length} of {whole} bytes");
                Assert.True(isRefused || file.Name.StartsWith("stream", StringComparison.Ordinal), $"{file.Name} is read with {length} of {whole} bytes.");
                length -= whole - length < some || length <= some ? 1 : Math.Min(length - some, 1 + (whole / some));
            }
        }

        output.WriteLine($"{cuts} cuts");
        Assert.True(cuts > Math.Min(Cases, files.Count));
    }

    private static int[] StructuresOf(byte[] bytes) => [.. Enumerable.Range(0, bytes.Length - 4)
        .Where(at => Array.IndexOf(Signatures, BitConverter.ToUInt32(bytes, at)) >= 0)];

    // What may be one: newer headers align nothing.
    private static int[] AddressesOf(byte[] bytes) => [.. Enumerable.Range(0, bytes.Length - 8)
        .Where(at => BitConverter.ToInt64(bytes, at) is var value && value >= 8 && value < bytes.Length)];

    private static EventLayout Layout(ReferenceFile file, Random random) =>
        random.Next(1 + file.OtherLayouts.Count) is var drawn && drawn == 0 ? file.Layout : file.OtherLayouts[drawn - 1];

    private static byte[] Change(byte[] bytes, Random random)
    {
        for (int i = random.Next(1, 9); i > 0; i--)
        {
            // Half of the time where headers stand, with their lengths and addresses.
            int near = Math.Min(bytes.Length, 4096);
            int place = random.Next(4) switch
            {
                0 => random.Next(near),
                1 => bytes.Length - 1 - random.Next(Math.Min(bytes.Length, 1024)),
                _ => random.Next(bytes.Length),
            };
            switch (random.Next(6))
            {
                case 0:
                    bytes[place] = 0xff;
                    break;
                case 1 or 2:
                    bytes[place] ^= (byte)(1 << random.Next(8));
                    break;
                case 3:
                    bytes[place] = (byte)random.Next(256);
                    break;
                case 4:
                    bytes.AsSpan(place, Math.Min(8, bytes.Length - place)).Fill((byte)(random.Next(2) * 255));
                    break;
                default:
                    // Lengths of 2⁶³ − 1 and the like, where a number is likely to stand.
                    BitConverter.TryWriteBytes(bytes.AsSpan(place & ~7), random.Next(3) switch { 0 => long.MaxValue, 1 => long.MinValue, _ => int.MaxValue });
                    break;
            }
        }

        return bytes;
    }
}
