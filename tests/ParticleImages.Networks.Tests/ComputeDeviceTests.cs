using ParticleImages.Evaluation;
using TorchSharp;

namespace ParticleImages.Networks.Tests;

public sealed class ComputeDeviceTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("cpu", "cpu")]
    [InlineData("CPU", "cpu")]
    [InlineData("cuda", "cuda:0")]
    [InlineData("cuda:3", "cuda:3")]
    public void Names_are_torchs(string name, string canonical)
    {
        var device = ComputeDevice.Parse(name);

        Assert.Equal(canonical, device.ToString());
        Assert.Equal(device, ComputeDevice.Parse(canonical));
        Assert.Equal(canonical != "cpu", device.IsCuda);
    }

    [Theory]
    [InlineData("")]
    [InlineData("gpu")]
    [InlineData("cuda:")]
    [InlineData("cuda:-1")]
    [InlineData("cuda:2147483647")]
    [InlineData("cpu:0")]
    public void Other_names_are_refused_with_those_that_there_are(string name) =>
        Assert.Contains("cpu, cuda and cuda:N", Assert.Throws<FormatException>(() => ComputeDevice.Parse(name)).Message, StringComparison.Ordinal);

    [Fact]
    public void Cuda_that_is_not_there_is_refused_when_a_network_is_built_or_loaded_and_the_message_says_what_to_do()
    {
        TorchLibrary.Load();
        int there = torch.cuda.is_available() ? torch.cuda.device_count() : 0;
        var missing = ComputeDevice.Cuda(there);
        using (var model = new TrainedModel(ToyEvents.Network.Build(seed: 1), ToyEvents.Voxelizer, TrainingHistory.Empty))
        {
            model.Save(folder["model"]);
        }

        string built = Assert.Throws<PlatformNotSupportedException>(() => ToyEvents.Network.Build(seed: 1, missing)).Message;
        string loaded = Assert.Throws<PlatformNotSupportedException>(() => TrainedModel.Load(folder["model"], missing)).Message;

        Assert.StartsWith($"The device cuda:{there} was asked for, but torch finds ", built, StringComparison.Ordinal);
        Assert.Equal(built, loaded);
        Assert.Contains(there == 0 ? "TorchBackend=cuda-linux" : "CUDA_VISIBLE_DEVICES", built, StringComparison.Ordinal);
    }

    [Fact]
    public void A_network_computes_on_the_cpu_unless_told_otherwise()
    {
        using VoxelNetwork network = ToyEvents.Network.Build(seed: 1);

        Assert.Equal(ComputeDevice.Cpu, network.Device);
        Assert.Equal(default, ComputeDevice.Cpu);
    }
}
