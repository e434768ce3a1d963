using ParticleImages.Formats.Tests.Hdf5;
using ParticleImages.Formats.Tests.Parquet;

namespace ParticleImages.Formats.Tests.Layouts;

/// <summary>Files made in the layouts of public data: none of the public files themselves is at hand.</summary>
public sealed class PublicLayoutsTests : IDisposable
{
    // Every cell holds a number of its own that tells where it stands, so that a wrong axis is a wrong value.
    private const string Writer = """
        import sys, numpy as np
        try:
            import h5py
        except ImportError:
            sys.exit(print("none"))
        kind, path = sys.argv[1:3]
        def cells(*shape):
            return np.arange(1, 1 + np.prod(shape), dtype=np.float64).reshape(shape)
        with h5py.File(path, "w") as f:
            if kind == "calochallenge":
                f.create_dataset("incident_energies", data=np.full((2, 1), 1000.0), compression="gzip")
                f.create_dataset("showers", data=cells(2, 6480), compression="gzip")
            elif kind == "calogan":
                f.create_dataset("energy", data=np.full((4, 1), 50.0))
                for i, shape in enumerate([(3, 96), (12, 12), (12, 6)]):
                    f.create_dataset(f"layer_{i}", data=cells(4, *shape), compression="gzip")
                f.create_dataset("overflow", data=np.zeros((4, 3)))
            elif kind == "clic":
                f.create_dataset("ECAL", data=cells(2, 25, 25, 25).astype(np.float32), compression="gzip")
                f.create_dataset("HCAL", data=cells(2, 11, 11, 60).astype(np.float32), compression="gzip")
                f.create_dataset("energy", data=np.full(2, 100.0))
            elif kind == "quarkgluon":
                f.create_dataset("X_jets", data=cells(2, 125, 125, 3).astype(np.float32))
                f.create_dataset("m0", data=np.zeros(2)); f.create_dataset("pt", data=np.zeros(2)); f.create_dataset("y", data=np.array([0.0, 1.0]))
            elif kind == "toptagging":
                table = np.zeros(3, dtype=[("index", "<i8"), ("values_block_0", "<f4", (804,)), ("values_block_1", "<i8", (2,))])
                f.create_group("table").create_dataset("table", data=table)
        """;

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void CaloChallenge_showers_have_the_radius_as_columns_the_angle_as_rows_and_layers_as_times()
    {
        if (FileOf("calochallenge") is not { } path)
        {
            return;
        }

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
        if (FileOf("calogan") is not { } path)
        {
            return;
        }

        using EventSource showers = EventFile.Open(path, PublicLayouts.CaloGan(layer, ParticleLabel.Photon).ScaledBy(energy: 0.001));
        Assert.Equal((4, new ImageShape(rows, columns)), (showers.Count, showers.ImageShape));
        EventBatch read = showers.Read(0, 4);
        Assert.Equal(Enumerable.Range(1, 4 * rows * columns).Select(cell => (float)(cell * 0.001)), Every(read.Images, 0));
        Assert.All(Every(read.Images, 1), time => Assert.Equal(0, time));
        Assert.All(read.Labels.ToArray(), label => Assert.Equal(ParticleLabel.Photon, label));
    }

    [Fact]
    public void Of_the_three_CaloGAN_layers_none_is_taken_by_itself()
    {
        if (FileOf("calogan") is not { } path)
        {
            return;
        }

        string message = Assert.Throws<EventFormatException>(() => EventFile.Open(path, EventLayout.Default.TimeAll(0).LabelAll(0))).Message;
        Assert.Contains("'/layer_0' (4, 3, 96) float64, '/layer_1' (4, 12, 12) float64, '/layer_2' (4, 12, 6) float64", message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_CLIC_calorimeter_has_its_depth_last()
    {
        if (FileOf("clic") is not { } path)
        {
            return;
        }

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
        if (FileOf("quarkgluon") is not { } path)
        {
            return;
        }

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
        if (FileOf("toptagging") is not { } path)
        {
            return;
        }

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

    private string? FileOf(string kind)
    {
        string path = folder[$"{kind}.hdf5"];
        if (!PythonNumpy.IsPresent || PythonNumpy.Run(Writer, kind, path) == "none")
        {
            TestContext.Current.AddWarning("No Python with h5py here: no file in the layout was made.");
            return null;
        }

        return path;
    }
}
