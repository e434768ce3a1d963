using System.Diagnostics;
using System.Globalization;
using ParticleImages.Numpy;

namespace ParticleImages.Benchmarks;

/// <summary>
/// Bins the events of a file whenever asked and says how long it took, so that a program in another language can measure by
/// turns with us. <c>voxelize_against_numpy.py</c> is one.
/// </summary>
public static class VoxelServer
{
    /// <summary>
    /// Says <c>ready</c>, answers every line of the requests with the seconds of one binning on one thread, and writes the voxels when
    /// the requests end.
    /// </summary>
    /// <param name="eventsFile">An npy file of (events, 32, 32, 2) float32.</param>
    /// <param name="voxelsFile">Receives (events, 21, 32, 32) float32 as npy.</param>
    /// <param name="requests">One line a binning; what it says does not matter.</param>
    /// <param name="answers">Seconds, one line a request.</param>
    public static void Serve(string eventsFile, string voxelsFile, TextReader requests, TextWriter answers)
    {
        NumpyArray<float> images = NpyFile.Read<float>(eventsFile);
        int events = images.Shape[0];
        var voxels = new float[events * VoxelizerBenchmarks.Usual.OutputShape(ImageShape.Crop32).Values];
        answers.WriteLine("ready");
        while (requests.ReadLine() is not null)
        {
            long start = Stopwatch.GetTimestamp();
            VoxelizerBenchmarks.Usual.Bin(images.Values, ImageShape.Crop32, voxels);
            TimeSpan taken = Stopwatch.GetElapsedTime(start);
            answers.WriteLine(taken.TotalSeconds.ToString("R", CultureInfo.InvariantCulture));
        }

        NpyFile.Write(voxelsFile, voxels, events, 21, 32, 32);
    }
}
