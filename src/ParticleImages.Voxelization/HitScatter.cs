using System.Runtime.CompilerServices;

namespace ParticleImages.Voxelization;

/// <summary>
/// The inner loops: a voxelizer's choices for one size of image, rounded to float32 and resolved to numbers. Clears the
/// voxels of one event, then writes its hits into them. Buffers were checked by the caller.
/// </summary>
internal readonly struct HitScatter
{
    private readonly TimeAxis axis;
    private readonly float threshold;
    private readonly float window;
    private readonly float scale;
    private readonly bool isCumulative;

    // The bin of a time before the first edge and after the last; −1 drops it.
    private readonly int binBefore;
    private readonly int binAfter;

    private readonly bool isWholeImage;
    private readonly int imageWidth;
    private readonly int top;
    private readonly int left;
    private readonly int height;
    private readonly int width;

    public HitScatter(Voxelizer voxelizer, ImageShape image, VoxelShape output)
    {
        axis = voxelizer.Axis;

        // Without a cut the comparisons still refuse NaN and infinities.
        threshold = (float)(voxelizer.EnergyThreshold ?? double.NegativeInfinity);
        window = (float)(voxelizer.TimeWindow ?? double.PositiveInfinity);
        scale = (float)voxelizer.EnergyScale;
        isCumulative = voxelizer.IsCumulative;
        bool isNearest = axis.OutsidePolicy == OutsideTime.Nearest;
        binBefore = isNearest || (voxelizer.IsNotebookCompatible && isCumulative) ? 0 : -1;
        binAfter = isNearest ? axis.Bins - 1 : -1;
        isWholeImage = output.Height == image.Height && output.Width == image.Width;
        imageWidth = image.Width;
        height = output.Height;
        width = output.Width;
        top = (image.Height / 2) - (height / 2);
        left = (image.Width / 2) - (width / 2);
    }

    /// <summary>Fills the voxels of one event from its image, (Height, Width, 2).</summary>
    public void Fill(ReadOnlySpan<float> image, Span<float> voxels)
    {
        voxels.Clear();
        float threshold = this.threshold;
        for (int row = 0; row < height; row++)
        {
            ReadOnlySpan<float> values = image.Slice((((top + row) * imageWidth) + left) * 2, width * 2);
            for (int i = 0; i < values.Length - 1; i += 2)
            {
                // Nineteen pixels of twenty are empty: they leave after one comparison, or two without a threshold.
                float energy = values[i];
                if (energy > threshold && energy != 0)
                {
                    Deposit(voxels, (row * width) + (i >> 1), energy, values[i + 1]);
                }
            }
        }
    }

    /// <summary>Fills the voxels of one event from its hits.</summary>
    public void Fill(Hits hits, Span<float> voxels)
    {
        voxels.Clear();
        ReadOnlySpan<ushort> pixels = hits.Pixels;
        ReadOnlySpan<float> energies = hits.Energies;
        ReadOnlySpan<float> times = hits.Times;
        for (int i = 0; i < pixels.Length; i++)
        {
            float energy = energies[i];
            if (!(energy > threshold && energy != 0))
            {
                continue;
            }

            int pixel = pixels[i];
            if (!isWholeImage)
            {
                // A negative difference becomes a large unsigned number, so one comparison checks both sides.
                int row = (pixel / imageWidth) - top;
                int column = (pixel % imageWidth) - left;
                if ((uint)row >= (uint)height || (uint)column >= (uint)width)
                {
                    continue;
                }

                pixel = (row * width) + column;
            }

            Deposit(voxels, pixel, energy, times[i]);
        }
    }

    // Apart from the scan on purpose: it is called for one pixel of eighty, and inlined it takes the scan's registers.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Deposit(Span<float> voxels, int pixel, float energy, float time)
    {
        // Written so that NaN, for which every comparison is false, is refused.
        if (!(energy < float.PositiveInfinity && MathF.Abs(time) < window))
        {
            return;
        }

        int bins = axis.Bins;
        int bin = axis.Locate(time);
        if (bin < 0)
        {
            bin = binBefore;
        }
        else if (bin == bins)
        {
            bin = binAfter;
        }

        if (bin < 0)
        {
            return;
        }

        // Bins, not frames: the notebook's last frame stays empty.
        int frameSize = height * width;
        int end = isCumulative ? bins : bin + 1;
        float deposit = energy * scale;
        for (int frame = bin; frame < end; frame++)
        {
            voxels[(frame * frameSize) + pixel] = deposit;
        }
    }
}
