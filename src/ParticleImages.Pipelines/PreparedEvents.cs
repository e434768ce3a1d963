using ParticleImages.Voxelization;

namespace ParticleImages.Pipelines;

/// <summary>Events that were cut and binned in one way.</summary>
internal sealed record PreparedEvents(Voxelizer Voxelizer, SparseVoxels Train, SparseVoxels Validation)
{
    public long Bytes => Train.Bytes + Validation.Bytes;

    public static PreparedEvents From(Voxelizer voxelizer, HitEvents train, HitEvents validation) =>
        new(voxelizer, voxelizer.BinSparse(train), voxelizer.BinSparse(validation));
}
