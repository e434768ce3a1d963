using ParticleImages.Evaluation;
using ParticleImages.Networks.Models;
using ParticleImages.Voxelization;

namespace ParticleImages.Networks.Tests;

public sealed class TrainedModelTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly EventSource events = ToyEvents.Make(40, seed: 1);

    public void Dispose()
    {
        events.Dispose();
        folder.Dispose();
    }

    [Fact]
    public void A_loaded_model_is_the_saved_one_in_everything()
    {
        using TrainedModel saved = Trained(seed: 1);
        saved.Save(folder["model"]);

        using TrainedModel loaded = TrainedModel.Load(folder["model"]);

        Assert.Equal(saved.Voxelizer, loaded.Voxelizer);
        Assert.Equal(saved.History, loaded.History);
        Assert.Equal(saved.Network.Description, loaded.Network.Description);
        Assert.Equal(saved.Network.Predict(saved.Voxelizer, events), loaded.Network.Predict(loaded.Voxelizer, events));
    }

    [Fact]
    public void Saving_over_a_model_replaces_it_and_leaves_other_files_alone()
    {
        using TrainedModel first = Trained(seed: 1);
        using TrainedModel second = Trained(seed: 2);
        first.Save(folder["model"]);
        string[] mine = ["notes.txt", "weights-best.safetensors", "weights-0123456789abcdef.safetensors"];
        foreach (string name in mine)
        {
            File.WriteAllText(folder[$"model/{name}"], "mine");
        }

        second.Save(folder["model"]);

        using TrainedModel loaded = TrainedModel.Load(folder["model"]);
        Assert.Equal(second.Network.Predict(second.Voxelizer, events), loaded.Network.Predict(loaded.Voxelizer, events));
        Assert.Equal(2 + mine.Length, Directory.GetFiles(folder["model"]).Length);
        Assert.All(mine, name => Assert.Equal("mine", File.ReadAllText(folder[$"model/{name}"])));
    }

    [Fact]
    public void A_disk_that_fills_up_at_any_byte_leaves_the_earlier_model_whole()
    {
        using TrainedModel first = Trained(seed: 1);
        using TrainedModel second = Trained(seed: 2);
        first.Save(folder["model"]);
        string[] files = Files();
        float[] expected = first.Network.Predict(first.Voxelizer, events);

        // The second's: how many digits the history's numbers have differs.
        second.Save(folder["elsewhere"]);
        long size = Directory.EnumerateFiles(folder["elsewhere"]).Sum(path => new FileInfo(path).Length);

        for (long room = 0; room < size; room += size / 25)
        {
            var disk = new Disk(room);
            Assert.Throws<IOException>(() => ModelFolder.Save(second, folder["model"], disk.Watch));

            Assert.Equal(files, Files());
            using TrainedModel loaded = TrainedModel.Load(folder["model"]);
            Assert.Equal(expected, loaded.Network.Predict(loaded.Voxelizer, events));
        }

        string[] Files() => [.. Directory.EnumerateFileSystemEntries(folder["model"]).Order()];
    }

    [Fact]
    public void A_disposed_model_is_not_saved_over_a_good_one()
    {
        TrainedModel model = Trained(seed: 1);
        model.Save(folder["model"]);
        model.Dispose();

        Assert.Throws<ObjectDisposedException>(() => model.Save(folder["model"]));
        TrainedModel.Load(folder["model"]).Dispose();
    }

    [Fact]
    public void Several_that_save_and_load_at_once_always_find_a_whole_model()
    {
        using TrainedModel first = Trained(seed: 1);
        using TrainedModel second = Trained(seed: 2);
        first.Save(folder["model"]);

        Parallel.Invoke(
            () => Repeat(() => first.Save(folder["model"])),
            () => Repeat(() => second.Save(folder["model"])),
            () => Repeat(() => TrainedModel.Load(folder["model"]).Dispose()));

        TrainedModel.Load(folder["model"]).Dispose();
        Assert.Equal(2, Directory.GetFiles(folder["model"]).Length);

        static void Repeat(Action action)
        {
            for (int i = 0; i < 40; i++)
            {
                action();
            }
        }
    }

    [Fact]
    public void A_model_keeps_a_network_and_the_voxelizer_it_was_trained_with_together()
    {
        using VoxelNetwork network = ToyEvents.Network.Build(seed: 1);
        Voxelizer otherFrames = Voxelizer.Over(TimeAxis.Range(-0.1, 0.1, step: 0.02)).Crop(8);

        Assert.Throws<ArgumentException>(() => new TrainedModel(network, otherFrames, TrainingHistory.Empty));
        Assert.Throws<ArgumentException>(() => new TrainedModel(network, ToyEvents.Voxelizer.Crop(10), TrainingHistory.Empty));
        Assert.Throws<ArgumentException>(() => new TrainedModel(network, ToyEvents.Voxelizer.Crop(6), TrainingHistory.Empty));
        Assert.Throws<ArgumentException>(() =>
            new TrainedModel(network, ToyEvents.Voxelizer.WithChannels(VoxelChannel.Energy, VoxelChannel.Hit), TrainingHistory.Empty));
        Assert.Contains("yet to see data", Assert.Throws<ArgumentException>(() =>
            new TrainedModel(network, ToyEvents.Voxelizer.ScaleEnergy(VoxelScaling.Standardise()), TrainingHistory.Empty)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_is_kept_with_any_crop_projection_or_set_of_channels_that_makes_its_input()
    {
        Voxelizer[] voxelizers =
        [
            ToyEvents.Voxelizer.Crop(8, row: 20, column: 5),
            ToyEvents.Voxelizer.CropAroundHottest(8),
            ToyEvents.Voxelizer.Project(VoxelProjection.XT),
            ToyEvents.Voxelizer.Crop(8, row: 20, column: 5).Project(VoxelProjection.YT),
            ToyEvents.Voxelizer.WithChannels(VoxelChannel.Energy, VoxelChannel.Time, VoxelChannel.Hit),
        ];
        for (int i = 0; i < voxelizers.Length; i++)
        {
            VoxelNetwork network = Cnn3d.For(voxelizers[i].OutputShape(ImageShape.Crop32)).Flatten().Dense(2).Build(seed: 1);
            using var saved = new TrainedModel(network, voxelizers[i], TrainingHistory.Empty);
            saved.Save(folder[$"model{i}"]);

            using TrainedModel loaded = TrainedModel.Load(folder[$"model{i}"]);

            Assert.Equal(voxelizers[i], loaded.Voxelizer);
            Assert.Equal(saved.Network.Predict(saved.Voxelizer, events), loaded.Network.Predict(loaded.Voxelizer, events));
        }
    }

    [Theory]
    [InlineData("\"units\": 8", "\"units\": 7000000", "'7_dense.weight' has shape (8, 128); the network's is (7000000, 128)")]
    [InlineData("\"version\": 1", "\"version\": 1.5", "version 1.5")]
    [InlineData("\"weights\": \"weights-", "\"weights\": \"../weights-", "the name is weights-")]
    [InlineData("\"weights\": \"weights-", "\"weights\": \"\", \"was\": \"weights-", "the name is weights-")]
    [InlineData("\"units\": 2", "\"units\": 3", "model.json can't be loaded: Layer ")]
    public void A_manifest_that_was_tampered_with_is_refused_by_name_and_before_memory_is_taken(string found, string put, string said)
    {
        using TrainedModel model = Trained(seed: 1);
        model.Save(folder["model"]);
        string json = File.ReadAllText(folder["model/model.json"]);
        Assert.Contains(found, json, StringComparison.Ordinal);
        int at = json.IndexOf(found, StringComparison.Ordinal);

        File.WriteAllText(folder["model/model.json"], json[..at] + put + json[(at + found.Length)..]);

        Assert.Contains(said, Refused("model"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_byte_order_mark_of_an_editor_does_not_matter_and_a_link_out_of_the_folder_is_refused()
    {
        using TrainedModel model = Trained(seed: 1);
        model.Save(folder["model"]);
        File.WriteAllText(folder["model/model.json"], File.ReadAllText(folder["model/model.json"]), new System.Text.UTF8Encoding(true));
        TrainedModel.Load(folder["model"]).Dispose();

        string weights = Directory.GetFiles(folder["model"], "*.safetensors").Single();
        File.Move(weights, folder["elsewhere"]);
        File.CreateSymbolicLink(weights, folder["elsewhere"]);

        Assert.Contains("it is a link", Refused("model"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_folder_or_file_is_named()
    {
        using TrainedModel model = Trained(seed: 1);
        model.Save(folder["model"]);
        string weights = Directory.GetFiles(folder["model"], "*.safetensors").Single();
        File.Delete(weights);

        Assert.Contains("'nowhere'", Assert.Throws<DirectoryNotFoundException>(() => TrainedModel.Load("nowhere")).Message, StringComparison.Ordinal);
        Assert.Contains(weights, Refused("model"), StringComparison.Ordinal);
        Assert.Contains("model.json does not exist", Refused("."), StringComparison.Ordinal);
    }

    [Fact]
    public void Weights_that_were_cut_off_or_changed_in_one_bit_are_refused()
    {
        using TrainedModel model = Trained(seed: 1);
        model.Save(folder["model"]);
        string weights = Directory.GetFiles(folder["model"], "*.safetensors").Single();
        byte[] whole = File.ReadAllBytes(weights);

        File.WriteAllBytes(weights, whole[..^5]);
        Assert.Contains("SHA-256", Refused("model"), StringComparison.Ordinal);
        whole[^1] ^= 1;
        File.WriteAllBytes(weights, whole);
        Assert.Contains("SHA-256", Refused("model"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "can't be loaded")]
    [InlineData("[]", "no version")]
    [InlineData("""{"version": 2}""", "version 2; this library reads version 1")]
    [InlineData("""{"version": 1}""", "can't be loaded")]
    [InlineData("{\"version\": 1, \"libr", "can't be loaded")]
    public void A_foreign_damaged_or_newer_description_is_refused(string json, string said)
    {
        Directory.CreateDirectory(folder["model"]);
        File.WriteAllText(folder["model/model.json"], json);

        Assert.Contains(said, Refused("model"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_description_cut_off_at_any_byte_is_refused_as_a_model_and_nothing_else()
    {
        using TrainedModel model = Trained(seed: 1);
        model.Save(folder["model"]);
        byte[] whole = File.ReadAllBytes(folder["model/model.json"]);
        for (int length = 0; length < whole.Length - 1; length += 37)
        {
            File.WriteAllBytes(folder["model/model.json"], whole[..length]);
            Refused("model");
        }
    }

    [Fact]
    public void Weights_of_another_network_are_refused_with_the_first_that_does_not_fit()
    {
        using VoxelNetwork small = Cnn3d.For(ToyEvents.Shape).Flatten().Dense(3).Dense(2).Build(seed: 1);
        var weights = small.Weights().ToDictionary(weight => weight.Name, weight => (weight.Shape, weight.Values));

        string shape = Assert.Throws<FormatException>(() =>
            VoxelNetwork.Restore(Cnn3d.For(ToyEvents.Shape).Flatten().Dense(4).Dense(2), weights, ComputeDevice.Cpu)).Message;
        string missing = Assert.Throws<FormatException>(() =>
            VoxelNetwork.Restore(Cnn3d.For(ToyEvents.Shape).Flatten().Dense(3).Dense(2).Dense(2), weights, ComputeDevice.Cpu)).Message;
        string unknown = Assert.Throws<FormatException>(() =>
            VoxelNetwork.Restore(Cnn3d.For(ToyEvents.Shape).Flatten().Dense(2), weights, ComputeDevice.Cpu)).Message;

        Assert.Contains("'2_dense.weight' has shape (3, 256); the network's is (4, 256)", shape, StringComparison.Ordinal);
        Assert.Contains("lacks the weight '4_dense", missing, StringComparison.Ordinal);
        Assert.Contains("'3_dense", unknown, StringComparison.Ordinal);
    }

    private string Refused(string name) => Assert.Throws<ModelFormatException>(() => TrainedModel.Load(folder[name])).Message;

    private TrainedModel Trained(int seed)
    {
        VoxelNetwork network = ToyEvents.Network.Build(seed);
        TrainingHistory history = Trainer.For(network).Epochs(1).Seed(seed).Fit(ToyEvents.Voxelizer, events, events);
        return new TrainedModel(network, ToyEvents.Voxelizer, history);
    }

    /// <summary>Room for so many bytes in all files together, then an error as the system gives it.</summary>
    private sealed class Disk(long room)
    {
        private long left = room;

        public Stream Watch(Stream file) => new Full(this, file);

        private sealed class Full(Disk disk, Stream file) : Stream
        {
            public override bool CanRead => false;

            public override bool CanSeek => false;

            public override bool CanWrite => true;

            public override long Length => file.Length;

            public override long Position { get => file.Position; set => throw new NotSupportedException(); }

            public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

            public override void Write(ReadOnlySpan<byte> buffer)
            {
                int fits = (int)Math.Min(disk.left, buffer.Length);
                file.Write(buffer[..fits]);
                disk.left -= fits;
                if (fits < buffer.Length)
                {
                    throw new IOException("No space left on device");
                }
            }

            public override void Flush() => file.Flush();

            public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

            public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

            public override void SetLength(long value) => throw new NotSupportedException();
        }
    }
}
