using System.Security.Cryptography;
using ParticleImages.Evaluation;
using ParticleImages.Voxelization;

namespace ParticleImages.Networks.Tests;

public sealed class ModelDescriptionTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void All_but_the_weights_is_known_without_them()
    {
        Voxelizer voxelizer = Voxelizer.Over(TimeAxis.Range(-0.1, 0.1, step: 0.05)).Crop(8).Cumulative();
        Cnn3d network = Cnn3d.For(new VoxelShape(4, 8, 8)).Conv(2, kernel: 3).Relu().Flatten().Dense(2);
        var history = TrainingHistory.Empty.Append(new EpochRecord { Epoch = 1, Loss = 0.7, Accuracy = 0.5, LearningRate = 1e-3, Seconds = 1 });
        using (var model = new TrainedModel(network.Build(seed: 1), voxelizer, history))
        {
            model.Save(folder["model"]);
        }

        string weights = Assert.Single(Directory.GetFiles(folder["model"], "weights-*"));
        string checksum = Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(weights)));
        File.Delete(weights);

        var description = ModelDescription.Read(folder["model"]);

        Assert.Equal(network.ToJson(), description.Network.ToJson());
        Assert.Equal(voxelizer.ToString(), description.Voxelizer.ToString());
        Assert.Equal(history, description.History);
        Assert.Equal(checksum, description.WeightsChecksum);
        Assert.NotEmpty(description.Library);
    }

    [Theory]
    [InlineData(null, "does not exist")]
    [InlineData("{", "can't be loaded")]
    [InlineData("{\"version\": 99}", "version 99")]
    public void What_is_no_model_is_said_with_the_file(string? manifest, string expected)
    {
        if (manifest is not null)
        {
            Directory.CreateDirectory(folder["model"]);
            File.WriteAllText(folder["model/model.json"], manifest);
        }

        ModelFormatException problem = Assert.Throws<ModelFormatException>(() => ModelDescription.Read(folder["model"]));

        Assert.Contains(expected, problem.Message, StringComparison.Ordinal);
        Assert.Contains("model.json", problem.Message, StringComparison.Ordinal);
    }
}
