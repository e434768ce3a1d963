using System.Globalization;

namespace ParticleImages.Voxelization;

/// <summary>Mean and standard deviation of all voxels, the empty ones included, from those that are not empty.</summary>
internal static class Standardisation
{
    /// <summary>Gives a step the numbers of a channel.</summary>
    /// <exception cref="InvalidOperationException">All voxels are equal, or one is not finite.</exception>
    public static VoxelScaling Fit(VoxelScaling step, SparseVoxels voxels, int channel)
    {
        double all = (double)voxels.Count * voxels.Shape.Voxels;
        (double filled, double sum) = Sum(voxels, channel, value => value);
        double mean = sum / all;

        // Around the mean: the difference of two large sums would lose digits.
        (_, double squares) = Sum(voxels, channel, value => (value - mean) * (value - mean));
        double deviation = Math.Sqrt((squares + ((all - filled) * mean * mean)) / all);
        return deviation > 0 && double.IsFinite(deviation)
            ? step.Fitted(step.SubtractsMean ? mean : 0, deviation)
            : throw new InvalidOperationException(string.Create(
                CultureInfo.InvariantCulture, $"The standard deviation of the {(channel == 0 ? "energy" : "time")} in all {all:R} voxels is {deviation}: ")
                + (deviation == 0
                    ? "no hit passes the cuts, or all voxels are equal. Cut less, or fit on other events."
                    : "a value is not finite. Scale otherwise before, for example by a smaller factor."));
    }

    private static (double Filled, double Sum) Sum(SparseVoxels voxels, int channel, Func<double, double> term)
    {
        double filled = 0;
        double sum = 0;
        for (int i = 0; i < voxels.Count; i++)
        {
            SparseEvent entries = voxels[i];
            ReadOnlySpan<float> values = entries.Values.Slice(channel * entries.Count, entries.Count);
            for (int entry = 0; entry < entries.Count; entry++)
            {
                int frames = entries.End(entry) - entries.Frames[entry];
                filled += frames;
                sum += frames * term(values[entry]);
            }
        }

        return (filled, sum);
    }
}
