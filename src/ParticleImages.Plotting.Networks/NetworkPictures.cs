using ParticleImages.Networks;

namespace ParticleImages.Plotting.Networks;

/// <summary>Pictures of networks, begun like all others: with <c>using ParticleImages.Plotting.Networks</c>, <c>Picture.Network(description)</c>.</summary>
public static class NetworkPictures
{
    extension(Picture)
    {
        /// <summary>A diagram of a network: its layers with the shapes after them and their parameters; branches side by side.</summary>
        /// <param name="description">The network; nothing of it is allocated.</param>
        /// <returns>The description of the picture.</returns>
        /// <exception cref="NetworkShapeException">Layers do not fit.</exception>
        public static NetworkPicture Network(Cnn3d description) => NetworkPicture.Of(description);

        /// <summary>The kernels of the first convolution, time slices side by side, on one signed colour scale.</summary>
        /// <param name="network">The network; its weights are copied.</param>
        /// <returns>The description of the picture.</returns>
        /// <exception cref="ArgumentException">The network has no convolution.</exception>
        public static KernelsPicture Kernels(VoxelNetwork network) => KernelsPicture.Of(network);

        /// <summary>What in an event a network's answer rests on: three projections of its hits' energies, and below them of their effects.</summary>
        /// <param name="occlusion">The event's hits and what each does: <c>Occlusion.Of(network, voxelizer, events, index)</c>.</param>
        /// <returns>The description of the picture.</returns>
        public static OcclusionPicture Occlusion(Occlusion occlusion) => OcclusionPicture.Of(occlusion);
    }
}
