using TorchSharp;
using static TorchSharp.torch;

namespace ParticleImages.Networks.Modules;

/// <summary>
/// A sliding window as torch takes it: the same padding at both ends of an axis, and what is left over for the end, which has to be appended before. torch's own
/// <c>padding="same"</c> knows no stride and warns on standard error.
/// </summary>
internal sealed class Windows
{
    private readonly SlidingWindow window;
    private readonly int[] bins;

    // What is appended at the end of each axis, last axis first as torch counts, with zeros between for the beginnings; null where nothing is.
    private readonly long[]? rest;

    public Windows(SlidingWindow window, FeatureShape input)
    {
        this.window = window;
        bins = [input.Frames, input.Height, input.Width];
        Size = [.. Axes.Select(axis => (long)window.Size[axis])];
        Stride = [.. Axes.Select(axis => (long)window.Stride[axis])];
        Padding = [.. Axes.Select(axis => (long)Added(axis).Begin)];
        long[] ends = [.. Axes.Select(axis => (long)Added(axis).End - Added(axis).Begin)];
        rest = ends.All(end => end == 0) ? null : [0, ends[2], 0, ends[1], 0, ends[0]];
    }

    public long[] Size { get; }

    public long[] Stride { get; }

    /// <summary>What torch adds at both ends.</summary>
    public long[] Padding { get; }

    /// <summary>Whether a window reaches past the input anywhere.</summary>
    public bool IsPadded => rest is not null || Padding.Any(size => size > 0);

    private static int[] Axes => [0, 1, 2];

    /// <summary>The input with what torch does not add itself, as a tensor of its own.</summary>
    public Tensor Extend(Tensor input, double value) =>
        rest is null ? input.alias() : nn.functional.pad(input, rest, PaddingModes.Constant, value);

    /// <summary>How many values of the input each window covers: (1, 1, frames, rows, columns) float32.</summary>
    public Tensor Covered(Device device)
    {
        float[][] counts = [.. Axes.Select(Covered)];
        float[] all = [.. counts[0].SelectMany(frames => counts[1].SelectMany(rows => counts[2].Select(columns => frames * rows * columns)))];
        return tensor(all, [1, 1, counts[0].Length, counts[1].Length, counts[2].Length], float32, device);
    }

    private (int Begin, int End) Added(int axis) => window.Added(axis, bins[axis]);

    private float[] Covered(int axis)
    {
        (int begin, int end) = Added(axis);
        int places = (int)((bins[axis] + begin + end - Size[axis]) / Stride[axis]) + 1;
        return
        [
            .. Enumerable.Range(0, places).Select(place =>
            {
                long first = (place * Stride[axis]) - begin;
                return (float)(Math.Min(first + Size[axis], bins[axis]) - Math.Max(first, 0));
            }),
        ];
    }
}
