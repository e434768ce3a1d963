using System.Runtime.InteropServices;
using ParticleImages.Numpy;

namespace ParticleImages.Formats.Tests.Hdf5;

/// <summary>The values that the stored files hold, from the npy files beside them.</summary>
public static class ExpectedEvents
{
    public const int Count = 48;

    public static float[] Images { get; } = Read("expected-X.npy");

    public static float[] IncompressibleImages { get; } = Read("expected-incompressible-X.npy");

    public static int[] Labels { get; } = [.. Read("expected-y.npy").Select(label => (int)label)];

    public static EventBatch Batch { get; } = new(ImageShape.Crop32, Images, Labels);

    public static string File(string name) => TestFiles.Data($"hdf5/{name}.hdf5");

    /// <summary>Compares bit for bit, so that −0 and NaN count too.</summary>
    public static void AssertSame(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        int same = MemoryMarshal.Cast<float, int>(expected).CommonPrefixLength(MemoryMarshal.Cast<float, int>(actual));
        if (same < expected.Length)
        {
            Assert.Fail($"Value {same} is {actual[same]:R} instead of {expected[same]:R}.");
        }
    }

    private static float[] Read(string name) => NpyFile.Read<float>(TestFiles.Data($"hdf5/{name}")).Values;
}
