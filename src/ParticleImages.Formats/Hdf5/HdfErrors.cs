namespace ParticleImages.Formats.Hdf5;

/// <summary>Turns what PureHDF throws into the library's one exception for bad data.</summary>
internal static class HdfErrors
{
    /// <summary>Runs code that reads through PureHDF.</summary>
    /// <exception cref="EventFormatException">Whatever the code threw because of the file's contents.</exception>
    public static T Guard<T>(string path, string? dataset, long? row, Func<T> read) =>
        ForeignErrors.Guard((path, dataset, row), dataset is null ? path : $"'{dataset}' of {path}", "HDF5", "rewrite it with h5repack", read);
}
