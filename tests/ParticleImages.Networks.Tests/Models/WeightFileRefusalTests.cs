using System.Buffers.Binary;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using ParticleImages.Voxelization;

namespace ParticleImages.Networks.Tests;

/// <summary>Damaged, foreign and hostile files of weights: refused as what they are, and the network keeps every bit.</summary>
public sealed class WeightFileRefusalTests : IDisposable
{
    private static readonly Cnn3d Description = Cnn3d.For(new VoxelShape(2, 2, 2)).Conv(2, kernel: 1).BatchNorm().Flatten().Dense(2);

    private readonly TemporaryFolder folder = new();
    private readonly VoxelNetwork network = Description.Build(seed: 1);
    private readonly byte[] before;
    private readonly byte[] good;

    public WeightFileRefusalTests()
    {
        before = WeightExchangeTests.Bits(network);
        using VoxelNetwork other = Description.Build(seed: 2);
        other.SaveWeights(folder["good"]);
        good = File.ReadAllBytes(folder["good"]);
    }

    public void Dispose()
    {
        network.Dispose();
        folder.Dispose();
    }

    [Fact]
    public void A_file_cut_off_at_any_byte_is_refused()
    {
        for (int length = 0; length < good.Length; length++)
        {
            Refused(good[..length]);
        }

        Refused([.. good, 0]);
        network.LoadWeights(folder["good"]);
        Assert.NotEqual(before, WeightExchangeTests.Bits(network));
    }

    [Fact]
    public void A_changed_byte_is_refused_or_changes_values_and_does_nothing_else()
    {
        int header = 8 + (int)BinaryPrimitives.ReadInt64LittleEndian(good);
        var random = new Random(1);
        int loaded = 0;
        for (int i = 0; i < 4_000; i++)
        {
            byte[] bytes = [.. good];
            for (int changes = random.Next(1, 4); changes > 0; changes--)
            {
                // Three of four in the header, where the harm could be.
                int at = random.Next(random.Next(4) == 0 ? bytes.Length : header);
                bytes[at] = random.Next(2) == 0 ? (byte)random.Next(256) : (byte)"0123456789-[]{}\",:.eE\\ \0"[random.Next(24)];
            }

            loaded += LoadsOrIsRefused(bytes) ? 1 : 0;
        }

        Assert.InRange(loaded, 1, 3_999);
    }

    [Property(MaxTest = 300)]
    public Property A_header_of_random_names_numbers_and_shapes_is_refused(NonNull<string> name, long begin, long end, long[] shape)
    {
        string json = System.Text.Json.JsonSerializer.Serialize(
            new Dictionary<string, object> { [name.Get] = new { dtype = "F32", shape, data_offsets = new[] { begin, end } } });
        return (!LoadsOrIsRefused(FileOf(json, 64))).ToProperty();
    }

    [Theory]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[2],"data_offsets":[4,12]}}""", 12, "'b' begin at 4 and not at 8")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[2],"data_offsets":[12,20]}}""", 20, "'b' begin at 12 and not at 8")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[4,12]}}""", 12, "'a' begin at 4 and not at 0")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", 9, "8 bytes of values and 9 follow, so it was added to")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", 7, "so it was cut off")]
    [InlineData("""{"a":{"dtype":"F32","shape":[3],"data_offsets":[0,8]}}""", 8, "'a' of shape (3) in F32 needs 12 bytes")]
    [InlineData("""{"a":{"dtype":"F16","shape":[2],"data_offsets":[0,8]}}""", 8, "in F16 needs 4 bytes")]
    [InlineData("""{"a":{"dtype":"F32","shape":[-1,-2],"data_offsets":[0,8]}}""", 8, "shape (-1, -2); an axis has 0 places or more")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[8,0]}}""", 8, "'a' lacks")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[-8,0]}}""", 8, "'a' lacks")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8,8]}}""", 8, "'a' lacks")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2]}}""", 8, "'a' lacks")]
    [InlineData("""{"a":{"shape":[2],"data_offsets":[0,8]}}""", 8, "'a' lacks")]
    [InlineData("""{"a":null}""", 8, "'a' lacks")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"a":{"dtype":"F32","shape":[0],"data_offsets":[8,8]}}""", 8, "can't be read")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"shape":[2],"data_offsets":[0,8]}}""", 8, "can't be read")]
    [InlineData("""{"a":{"dtype":"F32","shape":[4294967296,4294967296,4294967296],"data_offsets":[0,8]}}""", 8, "can't be read")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1e99],"data_offsets":[0,8]}}""", 8, "can't be read")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[9223372036854775800,9223372036854775807]}}""", 8, "can't be loaded")]
    [InlineData("""{"a":{"dtype":"F4","shape":[4611686018427387904],"data_offsets":[0,9223372036854775807]}}""", 8, "can't be read")]
    [InlineData("""{"\ud800":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", 8, "can't be read")]
    [InlineData("""{"a":{"dtype":"F32","shape":"2","data_offsets":[0,8]}}""", 8, "can't be read")]
    [InlineData("""{"a":3}""", 8, "can't be read")]
    [InlineData("""{"a":1,}""", 8, "can't be read")]
    [InlineData("""{"a":1""", 8, "can't be read")]
    [InlineData("""[1]""", 8, "begins with '{'")]
    [InlineData(""" {}""", 8, "begins with '{'")]
    [InlineData("""{}""", 0, "lacks the weight '1_conv.weight' of shape (2, 1, 1, 1, 1), and 7 more; the nearest that it has: none")]
    [InlineData("""{"__metadata__":{"format":"pt"}}""", 0, "the nearest that it has: none")]
    [InlineData("""{"1_conf.weight":{"dtype":"F32","shape":[0,9],"data_offsets":[0,0]}}""", 0, "the nearest that it has: '1_conf.weight'")]
    public void A_header_against_the_format_or_of_another_network_is_refused_with_the_reason(string json, int data, string said)
    {
        Assert.Contains(said, Refused(FileOf(json, data)), StringComparison.Ordinal);
    }

    [Fact]
    public void Lengths_types_of_files_and_texts_that_are_no_header_are_refused()
    {
        byte[] lying = [.. good];
        BinaryPrimitives.WriteInt64LittleEndian(lying, long.MaxValue);
        byte[] negative = [.. good];
        BinaryPrimitives.WriteInt64LittleEndian(negative, -1);
        byte[] notText = FileOf("""{"a?":1}""", 8);
        notText[11] = 0xff;

        Assert.Contains("length of a safetensors header: 2 to ", Refused(lying), StringComparison.Ordinal);
        Assert.Contains("length of a safetensors header", Refused(negative), StringComparison.Ordinal);
        Assert.Contains("UTF-8", Refused(notText), StringComparison.Ordinal);
        Assert.Contains("torch.save", Refused([.. "PK\u0003\u0004"u8, .. new byte[100]]), StringComparison.Ordinal);
        Assert.Contains("torch.save", Refused([0x80, 2, (byte)'c', (byte)'o', .. new byte[100]]), StringComparison.Ordinal);
        Assert.Contains("torch.save", Refused([0x89, .. "HDF\r\n"u8, .. new byte[100]]), StringComparison.Ordinal);
        Assert.Contains("is a folder", Assert.Throws<ModelFormatException>(() => network.LoadWeights(folder["."])).Message, StringComparison.Ordinal);
        Assert.Contains("'nowhere'", Assert.Throws<FileNotFoundException>(() => network.LoadWeights("nowhere")).Message, StringComparison.Ordinal);
        AssertUnchanged();
    }

    [Fact]
    public void A_large_header_is_refused_in_bounded_memory()
    {
        // All that fits into the 16 MiB that a header may have: one name, one shape, many names.
        string[] headers =
        [
            Array(new string('x', (16 << 20) - 100), "2"),
            Array("a", string.Join(',', Enumerable.Repeat('0', 8_000_000))),
            $"{{{string.Join(',', Enumerable.Range(0, 250_000).Select(i => Array($"{i}", "0")[1..^1]))}}}",
            new string('[', 16 << 20),
        ];
        foreach (string header in headers)
        {
            File.WriteAllBytes(folder["large"], FileOf(header, 0));
            long allocated = GC.GetTotalAllocatedBytes();

            string said = Assert.Throws<ModelFormatException>(() => network.LoadWeights(folder["large"])).Message;

            Assert.InRange(GC.GetTotalAllocatedBytes() - allocated, 0, 400L << 20);
            Assert.InRange(said.Length, 1, 2_000);
        }

        byte[] past = FileOf($$"""{"a":{{new string(' ', 16 << 20)}}1}""", 0);
        Assert.Contains("2 to 16777216 bytes", Refused(past), StringComparison.Ordinal);
        AssertUnchanged();

        static string Array(string name, string shape) =>
            $"{{\"{name}\":{{\"dtype\":\"F32\",\"shape\":[{shape}],\"data_offsets\":[0,0]}}}}";
    }

    [Fact]
    public void A_weight_of_another_type_shape_or_name_is_named_with_the_network_s_own()
    {
        Assert.Contains("'1_conv.weight' is I32; weights are F32, F64, F16, BF16", Refused(Changed("F32", "I32")), StringComparison.Ordinal);
        Assert.Contains(
            "'4_dense.weight' has shape (16, 2); the network's 4_dense.weight has (2, 16). That is Keras' order of the axes: transpose it to (1, 0).",
            Refused(Changed("[2,16]", "[16,2]")),
            StringComparison.Ordinal);
        Assert.Contains("transpose it to (4, 3, 0, 1, 2)", Refused(Changed("[2,1,1,1,1]", "[1,1,1,1,2]")), StringComparison.Ordinal);
        Assert.Contains("Only axes of one place differ", Refused(Changed("[2,1,1,1,1]", "[2,1,1]")), StringComparison.Ordinal);
        Assert.Contains("Describe the network", Refused(Changed("[2,16]", "[4,8]")), StringComparison.Ordinal);
        Assert.Contains("lacks the weight '4_dense.bias' of shape (2); the nearest that it has: '4_dense.bios'.", Refused(Changed("4_dense.bias", "4_dense.bios")), StringComparison.Ordinal);

        using VoxelNetwork larger = Cnn3d.For(new VoxelShape(2, 2, 2)).Conv(2, kernel: 1).BatchNorm().Flatten().Dense(2).Dense(2).Build(seed: 1);
        larger.SaveWeights(folder["larger"]);
        Assert.Contains("holds '5_dense.weight', which the network does not have, and 1 more; the nearest that the network has by WeightNames.Own: '4_dense.weight'", Refused(File.ReadAllBytes(folder["larger"])), StringComparison.Ordinal);

        byte[] Changed(string found, string put)
        {
            int begin = 8 + (int)BinaryPrimitives.ReadInt64LittleEndian(good);
            string header = Encoding.UTF8.GetString(good.AsSpan(8, begin - 8));
            int at = header.IndexOf(found, StringComparison.Ordinal);
            byte[] json = Encoding.UTF8.GetBytes(header[..at] + put + header[(at + found.Length)..]);
            var length = new byte[8];
            BinaryPrimitives.WriteInt64LittleEndian(length, json.Length);
            return [.. length, .. json, .. good[begin..]];
        }
    }

    [Fact]
    public void Where_another_naming_fits_the_message_tells_which()
    {
        network.SaveWeights(folder["sequential"], WeightNames.Sequential);
        network.SaveWeights(folder["under"], WeightNames.Sequential.Under("module.net"));

        Assert.Contains("Its names are those of WeightNames.Sequential: load", Refused(File.ReadAllBytes(folder["sequential"])), StringComparison.Ordinal);
        Assert.Contains("Its names are those of WeightNames.Sequential.Under(\"module.net\"): load", Refused(File.ReadAllBytes(folder["under"])), StringComparison.Ordinal);
        Assert.Contains(
            "lacks the weight '0.weight' (the network's 1_conv.weight)",
            Assert.Throws<ModelFormatException>(() => network.LoadWeights(folder["good"], WeightNames.Sequential)).Message,
            StringComparison.Ordinal);
        AssertUnchanged();
    }

    [Fact]
    public void A_double_past_the_largest_float_is_refused_and_what_is_not_finite_already_is_taken_as_it_is()
    {
        double[] values = [1e39, double.NaN, double.PositiveInfinity, 1 + 1e-9, 1e-60];
        string json = """{"1_conv.weight":{"dtype":"F64","shape":[2,1,1,1,1],"data_offsets":[0,16]}""";
        int header = 8 + (int)BinaryPrimitives.ReadInt64LittleEndian(good);
        string rest = Encoding.UTF8.GetString(good.AsSpan(8, header - 8));

        Assert.Contains("'1_conv.weight' holds 1E+39", Refused(WithFirst(values[0], values[1])), StringComparison.Ordinal);
        File.WriteAllBytes(folder["weights"], WithFirst(values[1], values[2]));
        network.LoadWeights(folder["weights"]);
        Assert.Equal([float.NaN, float.PositiveInfinity], First());
        File.WriteAllBytes(folder["weights"], WithFirst(values[3], values[4]));
        network.LoadWeights(folder["weights"]);
        Assert.Equal([1f, 0f], First());

        // The first array moves to the front as float64; all others come after it as they were, 8 bytes later.
        byte[] WithFirst(double one, double two)
        {
            using var document = System.Text.Json.JsonDocument.Parse(rest);
            string others = string.Concat(document.RootElement.EnumerateObject().Where(array => array.Name is not ("__metadata__" or "1_conv.weight")).Select(array =>
                $$""","{{array.Name}}":{"dtype":"F32","shape":{{array.Value.GetProperty("shape")}},"data_offsets":[{{Offset(array, 0)}},{{Offset(array, 1)}}]}"""));
            byte[] file = FileOf(json + others + "}", 16 + good.Length - header - 8);
            Span<byte> data = file.AsSpan(file.Length - (16 + good.Length - header - 8));
            BinaryPrimitives.WriteDoubleLittleEndian(data, one);
            BinaryPrimitives.WriteDoubleLittleEndian(data[8..], two);
            good.AsSpan(header + 8).CopyTo(data[16..]);
            return file;
        }

        static long Offset(System.Text.Json.JsonProperty array, int end) => array.Value.GetProperty("data_offsets")[end].GetInt64() + 8;

        float[] First() => System.Runtime.InteropServices.MemoryMarshal.Cast<byte, float>(network.Weights()[0].Values.Span).ToArray();
    }

    [Fact]
    public void A_link_to_a_file_is_followed_and_a_link_to_nothing_is_a_missing_file()
    {
        File.CreateSymbolicLink(folder["link"], folder["good"]);
        File.CreateSymbolicLink(folder["broken"], folder["nothing"]);

        Assert.Throws<FileNotFoundException>(() => network.LoadWeights(folder["broken"]));
        AssertUnchanged();
        network.LoadWeights(folder["link"]);
        Assert.NotEqual(before, WeightExchangeTests.Bits(network));
    }

    [Fact]
    public void A_disposed_network_does_not_save_over_a_good_file()
    {
        VoxelNetwork gone = Description.Build(seed: 3);
        gone.Dispose();

        Assert.Throws<ObjectDisposedException>(() => gone.SaveWeights(folder["good"]));
        Assert.Throws<ObjectDisposedException>(() => gone.LoadWeights(folder["good"]));
        Assert.Equal(good, File.ReadAllBytes(folder["good"]));
    }

    private static byte[] FileOf(string json, int data)
    {
        byte[] header = Encoding.UTF8.GetBytes(json);
        var file = new byte[8 + header.Length + data];
        BinaryPrimitives.WriteInt64LittleEndian(file, header.Length);
        header.CopyTo(file, 8);
        return file;
    }

    private string Refused(byte[] file)
    {
        File.WriteAllBytes(folder["weights"], file);
        string said = Assert.Throws<ModelFormatException>(() => network.LoadWeights(folder["weights"])).Message;
        Assert.StartsWith(folder["weights"], said, StringComparison.Ordinal);
        AssertUnchanged();
        return said;
    }

    private bool LoadsOrIsRefused(byte[] file)
    {
        File.WriteAllBytes(folder["weights"], file);
        try
        {
            network.LoadWeights(folder["weights"]);
        }
        catch (ModelFormatException)
        {
            AssertUnchanged();
            return false;
        }

        network.LoadWeights(folder["good"]);
        WeightExchangeTests.Bits(network).CopyTo(before, 0);
        return true;
    }

    private void AssertUnchanged() => Assert.True(before.AsSpan().SequenceEqual(WeightExchangeTests.Bits(network)), "the network has its weights as before");
}
