using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace ParticleImages.Search;

/// <summary>The seed of a trial: of the scan's seed, the configuration and the repeat alone, so that it is the same however the scan came there.</summary>
internal static class TrialSeed
{
    public static int Of(ulong scan, Configuration configuration, int repeat)
    {
        string text = string.Create(CultureInfo.InvariantCulture, $"{scan}\n{repeat}\n{configuration.Canonical()}");
        return BinaryPrimitives.ReadInt32LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(text))) & int.MaxValue;
    }
}
