using System.IO.Compression;
using ParticleImages.Numpy;

namespace ParticleImages.Tests.Numpy;

public sealed class NumpyReadsOurFilesTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(CompressionLevel.Optimal)]
    [InlineData(CompressionLevel.NoCompression)]
    public void Numpy_loads_what_we_write(CompressionLevel compression)
    {
        if (!PythonNumpy.IsPresent)
        {
            output.WriteLine("numpy is not installed here; nothing was compared.");
            return;
        }

        using var folder = new TemporaryFolder();
        NpzFile.Write(
            folder["a.npz"],
            archive =>
            {
                archive.AddRows<float>("rows", [3, 2], rows =>
                {
                    rows.Write([1.5f, -2]);
                    rows.Write([float.NaN, float.PositiveInfinity, 0, 1e-45f]);
                });
                archive.Add("flags", new[] { true, false, true });
                archive.Add("halves", new[] { (Half)0.5 }, 1, 1);
                archive.Add("longs", new[] { long.MinValue, long.MaxValue });
                archive.Add("none", Array.Empty<double>(), 0, 4);
                archive.AddText("note", "iη 🔬");
                archive.AddText("nothing", "");
            },
            compression);
        NpyFile.Write(folder["a.npy"], new byte[] { 1, 255 });

        const string script = """
            import sys, numpy
            f = numpy.load(sys.argv[1])
            assert f.zip.testzip() is None
            for name in f.files:
                a = f[name]
                print(name, a.dtype.str, a.shape, a.ravel().tolist())
            a = numpy.load(sys.argv[2], mmap_mode='r')
            print(a.dtype.str, a.shape, a.tolist())
            """;
        string[] expected =
        [
            "rows <f4 (3, 2) [1.5, -2.0, nan, inf, 0.0, 1.401298464324817e-45]",
            "flags |b1 (3,) [True, False, True]",
            "halves <f2 (1, 1) [0.5]",
            "longs <i8 (2,) [-9223372036854775808, 9223372036854775807]",
            "none <f8 (0, 4) []",
            "note <U4 () ['iη 🔬']",
            "nothing <U1 () ['']",
            "|u1 (2,) [1, 255]",
        ];
        Assert.Equal(expected, PythonNumpy.Run(script, folder["a.npz"], folder["a.npy"]).Split('\n'));
    }
}
