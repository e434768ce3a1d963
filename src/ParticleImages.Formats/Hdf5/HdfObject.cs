using PureHDF.VOL.Native;

namespace ParticleImages.Formats.Hdf5;

/// <summary>A group, dataset or named type.</summary>
/// <param name="File">The file that it stands in.</param>
/// <param name="Address">Where its header stands, which tells it from all others of the file.</param>
/// <param name="Native">Its header as PureHDF decoded it.</param>
internal sealed record HdfObject(StructureFile File, ulong Address, NativeObject Native);
