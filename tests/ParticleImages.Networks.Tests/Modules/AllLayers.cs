using ParticleImages.Voxelization;

namespace ParticleImages.Networks.Tests.Modules;

/// <summary>A small network with every kind of layer and every activation.</summary>
internal static class AllLayers
{
    public static Cnn3d Network { get; } = Enum.GetValues<Activation>().Aggregate(
            Cnn3d.For(new VoxelShape(4, 8, 8)).Scale(2, offset: 0.1)
                .Conv(4, kernel: 3, stride: new Extent3d(1, 2, 1)).Elu().Dropout(0.1).BatchNorm()
                .Conv(4, kernel: 2, padding: Padding.Valid).Selu().ChannelDropout(0.2).GroupNorm(2)
                .MaxPool(2, stride: 1, padding: Padding.Same)
                .Residual(b => b.Conv(6, kernel: 3, stride: 2).LayerNorm().Gelu().Conv(6, kernel: 2), s => s.Conv(6, kernel: 1, stride: 2))
                .Residual(b => b.AveragePool(2, stride: 1, padding: Padding.Same).Scale([1, 2, 3, 1, 2, 3], [0, 1, 0, 0, 0, 0]).Dropout(0.3))
                .Branches(
                    b => b.GlobalMaxPool(),
                    b => b.GlobalAveragePool().LayerNorm(),
                    b => b.AveragePool(new Extent3d(1, 2, 2)).MaxPool(new Extent3d(2, 1, 2)).Flatten().Dense(4).GroupNorm(2)),
            (network, function) => network.Dense(4).Activate(function).BatchNorm())
        .Dense(2);
}
