using ParticleImages.Networks;
using ParticleImages.Voxelization;

namespace FluctuationStudy;

/// <summary>A network and how it is trained; everything else is the same for all.</summary>
internal sealed record Recipe(string Name, Func<VoxelShape, Cnn3d> Network, Func<VoxelNetwork, Trainer> Trainer)
{
    public static Recipe Notebook { get; } = new("notebook", Cnn3d.Notebook, ParticleImages.Networks.Trainer.Notebook);

    public static Recipe Stable { get; } = new("stable", shape => Cnn3d.Stable(shape), ParticleImages.Networks.Trainer.For);
}
