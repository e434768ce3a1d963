using ParticleImages.Numpy;

namespace ParticleImages.Formats.Numpy;

/// <summary>An open array with what messages call it.</summary>
/// <param name="Path">The file.</param>
/// <param name="Name">The array's name in an archive; for an npy file the file's own name.</param>
/// <param name="Reader">Reads its rows.</param>
internal sealed record NamedArray(string Path, string Name, NumpyArrayReader Reader)
{
    public EventFormatException Refuse(string message, long? row = null) => new(message, Path, Name, row);
}
