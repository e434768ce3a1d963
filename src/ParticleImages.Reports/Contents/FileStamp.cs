namespace ParticleImages.Reports.Contents;

/// <summary>By what a file is known to be the one that was read: its size and its time; of a folder the time, and of nothing neither.</summary>
internal readonly record struct FileStamp(bool IsThere, long Bytes, DateTime Changed)
{
    public static FileStamp Of(string path)
    {
        var file = new FileInfo(path);
        return file.Exists ? new FileStamp(true, file.Length, file.LastWriteTimeUtc)
            : Directory.Exists(path) ? new FileStamp(true, 0, Directory.GetLastWriteTimeUtc(path))
            : default;
    }
}
