using System.Numerics;

namespace ParticleImages.Networks.Engines.Sparse;

/// <summary>A convolution's weights at the points of <see cref="TimeBlocks"/>, and their gradient back. A slot is point × taps of rows and columns + tap.</summary>
internal sealed unsafe class PointWeights(TimeBlocks blocks, SiteWindow window)
{
    private readonly int taps = window.Size.Frames;

    /// <summary>Taps of rows and columns.</summary>
    public int PlaneTaps { get; } = window.Size.Rows * window.Size.Columns;

    public int Slots => TimeBlocks.Points * PlaneTaps;

    /// <summary>The slots of one tap of rows and columns, for matrices of a length.</summary>
    public void TakeToPoints(float* ofTaps, float* ofSlots, int planeTap, int length)
    {
        for (int point = 0; point < TimeBlocks.Points; point++)
        {
            float* to = ofSlots + ((((long)point * PlaneTaps) + planeTap) * length);
            for (int i = 0; i < length; i += Vector<float>.Count)
            {
                Vector<float> sum = Vector<float>.Zero;
                for (int tap = 0; tap < taps; tap++)
                {
                    sum += blocks.Taps[(point * taps) + tap] * Vector.Load(ofTaps + ((((long)tap * PlaneTaps) + planeTap) * length) + i);
                }

                sum.Store(to + i);
            }
        }
    }

    /// <summary>The gradient by all taps, from that by all slots, for rows of a length.</summary>
    public void TakeFromPoints(float* ofSlots, float* ofTaps, int length)
    {
        for (int planeTap = 0; planeTap < PlaneTaps; planeTap++)
        {
            for (int tap = 0; tap < taps; tap++)
            {
                float* to = ofTaps + ((((long)tap * PlaneTaps) + planeTap) * length);
                for (int i = 0; i < length; i += Vector<float>.Count)
                {
                    Vector<float> sum = Vector<float>.Zero;
                    for (int point = 0; point < TimeBlocks.Points; point++)
                    {
                        sum += blocks.Taps[(point * taps) + tap] * Vector.Load(ofSlots + ((((long)point * PlaneTaps) + planeTap) * length) + i);
                    }

                    sum.Store(to + i);
                }
            }
        }
    }
}
