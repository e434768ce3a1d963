namespace ParticleImages.Numpy;

/// <summary>Which array of which file: what every message about bad data begins with.</summary>
/// <param name="Path">The file, as it was given.</param>
/// <param name="Name">The array inside an npz archive; null for an npy file.</param>
internal readonly record struct NumpyOrigin(string Path, string? Name)
{
    public EventFormatException Refuse(string message, long? row = null, Exception? cause = null) =>
        new($"{this}: {message}", Path, Name, row, cause);

    public override string ToString() => Name is null ? Path : $"{Path}, array '{Name}'";
}
