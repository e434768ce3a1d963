using Google.Protobuf;
using ParticleImages.Networks;
using ParticleImages.Networks.Onnx.Format;
using ParticleImages.Voxelization;

namespace ParticleImages.Onnx.Tests;

/// <summary>Files that are damaged, of other programs or of later versions.</summary>
public sealed class RefusalTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly byte[] whole;

    public RefusalTests()
    {
        using TrainedModel model = Showers.Model(seed: 1);
        model.ExportOnnx(folder["model.onnx"]);
        whole = File.ReadAllBytes(folder["model.onnx"]);
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_file_cut_off_at_any_place_is_refused_by_name()
    {
        // Everywhere in the metadata, which end it, and in steps before.
        int metadata = whole.Length - 6000;
        int[] lengths = [0, 1, 2, 10, .. Enumerable.Range(1, 40).Select(i => i * metadata / 40), .. Enumerable.Range(metadata, 6000 - 1).Where(i => i % 3 == 0), whole.Length - 1];
        foreach (int length in lengths)
        {
            Assert.Contains("damaged.onnx can't be loaded: ", Refused(whole[..length]), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Flipped_bytes_end_in_a_network_or_in_a_refusal_and_in_nothing_else()
    {
        var random = new Random(1);
        int refused = 0;
        for (int i = 0; i < 400; i++)
        {
            // Half of them outside the weights, where the structure is.
            byte[] changed = [.. whole];
            int place = i % 2 == 0 ? random.Next(400) : changed.Length - 1 - random.Next(6000);
            changed[place] = (byte)random.Next(256);
            File.WriteAllBytes(folder["damaged.onnx"], changed);
            try
            {
                OnnxModel.Load(folder["damaged.onnx"], threads: 1).Dispose();
            }
            catch (OnnxFormatException refusal)
            {
                Assert.Contains("damaged.onnx can't be loaded: ", refusal.Message, StringComparison.Ordinal);
                refused++;
            }
        }

        Assert.InRange(refused, 20, 380);
    }

    [Theory]
    [InlineData("version https://git-lfs.github.com/spec/v1")]
    [InlineData("<html></html>")]
    [InlineData("\0\0\0\0")]
    public void A_file_that_is_no_onnx_file_is_refused(string text) =>
        Assert.Contains("ONNX Runtime refuses it", Refused(System.Text.Encoding.UTF8.GetBytes(text)), StringComparison.Ordinal);

    [Fact]
    public void A_missing_file_and_a_folder_are_named()
    {
        Assert.Contains("'nowhere.onnx'", Assert.Throws<FileNotFoundException>(() => OnnxModel.Load("nowhere.onnx")).Message, StringComparison.Ordinal);
        Assert.Contains("it is a folder", Assert.Throws<OnnxFormatException>(() => OnnxModel.Load(folder.Path)).Message, StringComparison.Ordinal);
        Assert.Contains("it has 0 bytes", Refused([]), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("particle_images.version", "2", "version 2; this library reads version 1")]
    [InlineData("particle_images.version", null, "lacks 'particle_images.version'")]
    [InlineData("particle_images.voxelizer", "{}", "the voxelizer in its metadata can't be read")]
    [InlineData("particle_images.voxelizer", """{"version": 99}""", "stored in format version 99")]
    public void Metadata_that_are_newer_or_damaged_are_refused(string key, string? value, string said)
    {
        ModelProto model = ModelProto.Parser.ParseFrom(whole);
        StringStringEntryProto entry = model.MetadataProps.Single(entry => entry.Key == key);
        if (value is null)
        {
            model.MetadataProps.Remove(entry);
        }
        else
        {
            entry.Value = value;
        }

        Assert.Contains(said, Refused(model.ToByteArray()), StringComparison.Ordinal);
    }

    [Fact]
    public void A_voxelizer_that_waits_for_data_is_refused()
    {
        ModelProto model = ModelProto.Parser.ParseFrom(whole);
        model.MetadataProps.Single(entry => entry.Key == "particle_images.voxelizer").Value = Voxelizer.Over(TimeAxis.Quantiles(3)).ToJson();

        Assert.Contains("it has yet to see data", Refused(model.ToByteArray()), StringComparison.Ordinal);
    }

    [Fact]
    public void Another_programs_network_on_voxels_predicts_from_voxels_alone()
    {
        ModelProto model = Foreign();
        File.WriteAllBytes(folder["foreign.onnx"], model.ToByteArray());

        using OnnxModel loaded = OnnxModel.Load(folder["foreign.onnx"]);

        Assert.Null(loaded.Voxelizer);
        Assert.Equal(3, loaded.Predict(Trained.Voxels(loaded.InputShape, 3, seed: 1)).Length);
    }

    [Fact]
    public void Another_programs_network_on_something_else_is_refused_with_what_it_takes_and_gives()
    {
        ModelProto fixedBatch = Foreign();
        fixedBatch.Graph.Input[0].Type.TensorType.Shape.Dim[0] = new TensorShapeProto.Types.Dimension { DimValue = 1 };
        ModelProto otherName = Foreign();
        otherName.Graph.Output.RemoveAt(0);

        Assert.Contains("its input is 'voxels' (1 × 1 × 9 × 8 × 8 Single)", Refused(fixedBatch.ToByteArray()), StringComparison.Ordinal);
        Assert.Contains("its output is 'probabilities' (any × 2 Single)", Refused(otherName.ToByteArray()), StringComparison.Ordinal);
    }

    private ModelProto Foreign()
    {
        ModelProto model = ModelProto.Parser.ParseFrom(whole);
        model.ProducerName = "pytorch";
        model.MetadataProps.Clear();
        return model;
    }

    private string Refused(byte[] file)
    {
        File.WriteAllBytes(folder["damaged.onnx"], file);
        return Assert.Throws<OnnxFormatException>(() => OnnxModel.Load(folder["damaged.onnx"], threads: 1)).Message;
    }
}
