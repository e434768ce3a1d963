using ParticleImages.Evaluation;
using ParticleImages.Networks.Models;
using ParticleImages.Voxelization;

namespace ParticleImages.Networks;

/// <summary>What the folder of a <see cref="TrainedModel"/> says of it: all but the weights. Reading it takes a moment and no torch. Immutable.</summary>
/// <param name="Network">The network's description.</param>
/// <param name="Voxelizer">How an event becomes its input.</param>
/// <param name="History">How the training went.</param>
/// <param name="Library">The version of this library that saved it.</param>
/// <param name="WeightsChecksum">The SHA-256 of its file of weights, hexadecimal.</param>
public sealed record ModelDescription(Cnn3d Network, Voxelizer Voxelizer, TrainingHistory History, string Library, string WeightsChecksum)
{
    /// <summary>Reads the description of a saved model.</summary>
    /// <param name="folder">A folder that <see cref="TrainedModel.Save"/> wrote. Whether its weights are whole is not looked at.</param>
    /// <returns>The description.</returns>
    /// <exception cref="ModelFormatException">There is no model, or it is damaged, foreign or of a newer version.</exception>
    /// <exception cref="IOException">It can't be read.</exception>
    public static ModelDescription Read(string folder) => ModelFolder.Describe(folder);
}
