using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace ParticleImages.Pipelines;

/// <summary>SHA-256 of events and of what is done with them, as hexadecimal digits.</summary>
internal static class EventChecksum
{
    public static string Of(params ReadOnlySpan<HitEvents> lists)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (HitEvents events in lists)
        {
            hash.AppendData(MemoryMarshal.AsBytes<int>([events.Shape.Height, events.Shape.Width, events.Count]));
            hash.AppendData(MemoryMarshal.AsBytes(events.Labels));
            for (int i = 0; i < events.Count; i++)
            {
                Hits hits = events[i];
                hash.AppendData(MemoryMarshal.AsBytes<int>([hits.Count]));
                hash.AppendData(MemoryMarshal.AsBytes(hits.Pixels));
                hash.AppendData(MemoryMarshal.AsBytes(hits.Energies));
                hash.AppendData(MemoryMarshal.AsBytes(hits.Times));
            }
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    public static string Of(params string[] texts) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', texts))));
}
