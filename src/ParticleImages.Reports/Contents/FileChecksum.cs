using System.Security.Cryptography;

namespace ParticleImages.Reports.Contents;

/// <summary>A file by its name, size and SHA-256: whether it is still the one that a report was made from.</summary>
internal sealed record FileChecksum(string Name, long Bytes, string Sha256)
{
    public static FileChecksum Of(string folder, string path)
    {
        using FileStream stream = File.OpenRead(path);
        return new FileChecksum(Path.GetRelativePath(folder, path), stream.Length, Convert.ToHexStringLower(SHA256.HashData(stream)));
    }
}
