using ParticleImages.Formats.Tests.Hdf5;
using ParticleImages.Formats.Tests.Parquet;

namespace ParticleImages.Formats.Tests.Layouts;

/// <summary>Files made in the layouts of public data: none of the public files themselves is at hand.</summary>
public sealed class PublicLayoutsTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void CaloChallenge_showers_have_the_radius_as_columns_the_angle_as_rows_and_layers_as_times()
    {
        string path = FileOf("calochallenge");
        HitEvents showers = EventFile.ReadLayers(path, PublicLayouts.CaloChallenge2);
        Assert.Equal((2, new ImageShape(16, 9)), (showers.Count, showers.Shape));
        Assert.All(showers.Labels.ToArray(), label => Assert.Equal(ParticleLabel.Electron, label));

        // The first of the indices that runs fastest is the radius, then comes the angle, then the layer.
        (int radius, int angle, int layer) = (4, 7, 30);
        int cell = radius + (9 * (angle + (16 * layer)));
        Hits second = showers[1];
        Assert.Equal((6480 + cell + 1, (angle * 9) + radius, layer), ((int)second.Energies[cell], second.Pixels[cell], (int)second.Times[cell]));
    }

    [Fact]
    public void CaloChallenge_showers_of_the_third_data_set_are_read_in_parts_and_as_any_range()
    {
        const int events = 30;
        var showers = new float[events, 40_500];
        var random = new Random(1);
        for (int i = 0; i < 4000; i++)
        {
            showers[random.Next(events), random.Next(40_500)] = random.NextSingle();
        }

        string path = Arrays.Write(folder["showers.hdf5"], ("incident_energies", new float[events, 1]), ("showers", showers));
        int[] labels = [.. Enumerable.Repeat(1, events)];
        float[] flat = [.. showers.Cast<float>()];
        LayersTests.AssertSame(HitEvents.FromLayers(new ImageShape(50, 18), 45, flat, labels), EventFile.ReadLayers(path, PublicLayouts.CaloChallenge3));
        LayersTests.AssertSame(
            HitEvents.FromLayers(new ImageShape(50, 18), 45, flat.AsSpan(40_500 * 27), labels.AsSpan(27)),
            EventFile.ReadLayers(path, PublicLayouts.CaloChallenge3, start: 27));
    }

    [Fact]
    public void A_CaloChallenge_file_of_other_voxels_is_refused_with_its_size()
    {
        string path = Arrays.Write(folder["photons.hdf5"], ("incident_energies", new float[2, 1]), ("showers", new float[2, 368]));
        string message = Assert.Throws<EventFormatException>(() => EventFile.ReadLayers(path, PublicLayouts.CaloChallenge2)).Message;
        Assert.Contains("(2, 368)", message, StringComparison.Ordinal);
        Assert.Contains("(events, 6480)", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, 3, 96)]
    [InlineData(1, 12, 12)]
    [InlineData(2, 12, 6)]
    public void A_CaloGAN_layer_is_an_image_of_energies(int layer, int rows, int columns)
    {
        string path = FileOf("calogan");
        using EventSource showers = EventFile.Open(path, PublicLayouts.CaloGan(layer, ParticleLabel.Photon).ScaledBy(energy: 0.001));
        Assert.Equal((4, new ImageShape(rows, columns)), (showers.Count, showers.ImageShape));
        EventBatch read = showers.Read(0, 4);
        Assert.Equal(Enumerable.Range(1, 4 * rows * columns).Select(cell => (float)(cell * 0.001)), Every(read.Images, 0));
        Assert.All(Every(read.Images, 1), time => Assert.Equal(0, time));
        Assert.All(read.Labels.ToArray(), label => Assert.Equal(ParticleLabel.Photon, label));
    }

    /// <summary>The file's rows are φ and its columns η; the library's own images have rows in η.</summary>
    [Fact]
    public void A_CaloGAN_layer_is_turned_where_the_layout_says_so()
    {
        using EventSource stored = EventFile.Open(FileOf("calogan"), PublicLayouts.CaloGan(0, ParticleLabel.Photon));
        using EventSource turned = EventFile.Open(FileOf("calogan"), PublicLayouts.CaloGan(0, ParticleLabel.Photon).ColumnFirst().Size(new ImageShape(96, 3)));
        Assert.Equal(stored.Read(1, 1).Energy(0, 2, 70), turned.Read(1, 1).Energy(0, 70, 2));
    }

    [Fact]
    public void Of_the_three_CaloGAN_layers_none_is_taken_by_itself()
    {
        string path = FileOf("calogan");
        string message = Assert.Throws<EventFormatException>(() => EventFile.Open(path, EventLayout.Default.TimeAll(0).LabelAll(0))).Message;
        Assert.Contains("'/layer_0' (4, 3, 96) float64, '/layer_1' (4, 12, 12) float64, '/layer_2' (4, 12, 6) float64", message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_CLIC_calorimeter_has_its_depth_last()
    {
        string path = FileOf("clic");
        HitEvents showers = EventFile.ReadLayers(path, PublicLayouts.ClicEcal(ParticleLabel.Photon));
        Assert.Equal((2, new ImageShape(25, 25)), (showers.Count, showers.Shape));
        (int x, int y, int z) = (3, 20, 11);
        int cell = (((x * 25) + y) * 25) + z;
        Hits second = showers[1];
        Assert.Equal(((25 * 25 * 25) + cell + 1, (x * 25) + y, z), ((int)second.Energies[cell], second.Pixels[cell], (int)second.Times[cell]));
        HitEvents hadronic = EventFile.ReadLayers(path, PublicLayouts.ClicEcal(0).Images("/HCAL").Layers(60, LayerOrder.Last));
        Assert.Equal((new ImageShape(11, 11), 2L * 11 * 11 * 60), (hadronic.Shape, hadronic.HitCount));
    }

    [Fact]
    public void The_larger_CLIC_calorimeter_just_has_room()
    {
        string path = Arrays.Write(folder["clic.npz"], ("/ECAL", new float[1, 51, 51, 25]));
        Assert.Equal(new ImageShape(51, 51), EventFile.ReadLayers(path, PublicLayouts.ClicEcal(0)).Shape);
    }

    [Fact]
    public void Quark_and_gluon_jets_in_HDF5_have_their_channels_last()
    {
        string path = FileOf("quarkgluon");
        using EventSource jets = EventFile.Open(path, PublicLayouts.QuarkGluonHdf5(channel: 2));
        EventBatch read = jets.Read(0, 2);
        Assert.Equal(new ImageShape(125, 125), read.Shape);
        Assert.Equal([0, 1], read.Labels);
        Assert.Equal(Enumerable.Range(0, 2 * 125 * 125).Select(pixel => (3f * pixel) + 3), Every(read.Images, 0));
    }

    [Fact]
    public void Quark_and_gluon_jets_in_Parquet_have_their_channels_first()
    {
        double[][][][] jets = [.. Enumerable.Range(0, 2).Select(jet => Enumerable.Range(0, 3).Select(channel =>
            Enumerable.Range(0, 125).Select(row => Enumerable.Range(0, 125).Select(column =>
                (double)((((((jet * 3) + channel) * 125) + row) * 125) + column)).ToArray()).ToArray()).ToArray())];
        ParquetFiles.Write(
            folder["jets.parquet"], 1, null, null, ParquetFiles.Column("X_jets", jets), ParquetFiles.Column("pt", new double[2]), ParquetFiles.Column("m0", new double[2]), ParquetFiles.Column("y", new[] { 0.0, 1 }));
        using EventSource source = EventFile.Open(folder["jets.parquet"], PublicLayouts.QuarkGluonParquet(channel: 1));
        EventBatch read = source.Read(1, 1);
        Assert.Equal(1, read.Labels[0]);
        Assert.Equal(Enumerable.Range(4 * 125 * 125, 125 * 125).Select(value => (float)value), Every(read.Images, 0));
    }

    [Fact]
    public void A_table_of_constituents_is_no_images_and_its_name_is_told()
    {
        string path = FileOf("toptagging");
        Assert.Contains("'/table/table'", Assert.Throws<EventFormatException>(() => EventFile.Open(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_electron_and_photon_files_are_read_as_by_default_and_nothing_else_is()
    {
        using EventSource source = EventFile.Open(ExpectedEvents.File("gzip"), PublicLayouts.ElectronPhoton);
        ExpectedEvents.AssertSame(ExpectedEvents.Images, source.Read(0, source.Count).Images);
        Assert.Throws<EventFormatException>(() => EventFile.Open(ExpectedEvents.File("other-names"), PublicLayouts.ElectronPhoton));
    }

    private static float[] Every(ReadOnlySpan<float> images, int channel)
    {
        var values = new float[images.Length / 2];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = images[(2 * i) + channel];
        }

        return values;
    }

    private static string FileOf(string kind) => TestFiles.Data($"layouts/{kind}.hdf5");
}
