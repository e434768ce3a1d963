using System.Numerics;
using System.Runtime.InteropServices;
using ParticleImages.Networks.Engines.Lanes;

namespace ParticleImages.Networks.Training;

/// <summary>Keeps a gradient within limits.</summary>
internal static class GradientClip
{
    // Waking another thread takes as long.
    private const int FewValues = 1 << 15;

    /// <summary>The squared length of a vector; NaN or infinite where a value is. In lanes of float64, so that large values do not overflow.</summary>
    public static double SumOfSquares(float[] values, int threads)
    {
        var parts = new double[Chunks.Count];
        Chunks.Run(values.Length < FewValues ? 1 : threads, (chunk, _) =>
        {
            Vector<double> sum = default;
            ReadOnlySpan<Vector<float>> all = MemoryMarshal.Cast<float, Vector<float>>(values.AsSpan());
            foreach (Vector<float> lane in all[Chunks.Start(chunk, all.Length)..Chunks.Start(chunk + 1, all.Length)])
            {
                Vector.Widen(lane, out Vector<double> low, out Vector<double> high);
                sum += (low * low) + (high * high);
            }

            parts[chunk] = Vector.Sum(sum);
        });
        return parts.Sum();
    }

    /// <summary>Scales a gradient to a length, then limits every value of it, where limits are set.</summary>
    public static void Apply(float[] gradient, double norm, double? longest, double? largest)
    {
        if (longest is { } most && norm > most)
        {
            var factor = (float)(most / norm);
            foreach (ref Vector<float> slopes in MemoryMarshal.Cast<float, Vector<float>>(gradient.AsSpan()))
            {
                slopes *= factor;
            }
        }

        if (largest is { } limit)
        {
            var limits = new Vector<float>((float)limit);
            foreach (ref Vector<float> slopes in MemoryMarshal.Cast<float, Vector<float>>(gradient.AsSpan()))
            {
                slopes = Vector.Max(-limits, Vector.Min(limits, slopes));
            }
        }
    }
}
