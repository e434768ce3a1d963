namespace ParticleImages.Formats.Hdf5;

/// <summary>What a group says under a name.</summary>
/// <param name="Name">The name.</param>
/// <param name="Address">Where the object's header stands; null where a path is followed, or the link is of a program's own kind.</param>
/// <param name="Path">The path within the file, from the group or, after a slash, from the root; null where the object is named by its address.</param>
/// <param name="File">The other file that the path is of; null for the same file.</param>
internal sealed record Link(string Name, ulong? Address, string? Path = null, string? File = null);
