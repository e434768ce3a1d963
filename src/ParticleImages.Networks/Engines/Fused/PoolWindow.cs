namespace ParticleImages.Networks.Engines.Fused;

/// <summary>A pool of any size, stride and padding, value by value.</summary>
internal sealed unsafe class PoolWindow
{
    private readonly FeatureShape input;
    private readonly FeatureShape output;

    // For each place along an axis its first bin and the one after its last, without padding.
    private readonly (int First, int End)[][] spans;

    public PoolWindow(SlidingWindow window, FeatureShape input, bool isMaximum)
    {
        this.input = input;
        output = window.Over(input, input.Channels);
        IsMaximum = isMaximum;
        int[] bins = [input.Frames, input.Height, input.Width];
        int[] places = [output.Frames, output.Height, output.Width];
        spans = [.. Enumerable.Range(0, 3).Select(axis => Enumerable.Range(0, places[axis]).Select(place =>
        {
            int first = (place * window.Stride[axis]) - window.Added(axis, bins[axis]).Begin;
            return (Math.Max(first, 0), Math.Min(first + window.Size[axis], bins[axis]));
        }).ToArray())];
        IsPairs = isMaximum && window.Size == 2 && window.Stride == 2 && Enumerable.Range(0, 3).All(axis => window.Added(axis, bins[axis]) == (0, 0));
    }

    public FeatureShape Output => output;

    public bool IsMaximum { get; }

    /// <summary>Whether it takes the largest of blocks of 2 × 2 × 2 that do not overlap, as <see cref="IMapKernels.PoolPairs"/> does.</summary>
    public bool IsPairs { get; }

    /// <summary>Pools a map.</summary>
    /// <param name="h">The map.</param>
    /// <param name="sign">Above 0 for the largest, below 0 for the smallest, 0 for the first value.</param>
    /// <param name="pooled">Receives the result.</param>
    /// <param name="taken">Receives where in the map each extreme is; null where nobody asks.</param>
    public void Forward(float* h, int sign, float* pooled, int* taken)
    {
        int place = 0;
        foreach ((int firstFrame, int endFrame) in spans[0])
        {
            foreach ((int firstRow, int endRow) in spans[1])
            {
                foreach ((int firstColumn, int endColumn) in spans[2])
                {
                    int best = At(firstFrame, firstRow, firstColumn);
                    double sum = 0;
                    for (int frame = firstFrame; frame < endFrame; frame++)
                    {
                        for (int row = firstRow; row < endRow; row++)
                        {
                            int start = At(frame, row, 0);
                            for (int at = start + firstColumn; at < start + endColumn; at++)
                            {
                                sum += h[at];
                                best = IsFurther(h[at], h[best], sign) ? at : best;
                            }
                        }
                    }

                    int covered = (endFrame - firstFrame) * (endRow - firstRow) * (endColumn - firstColumn);
                    pooled[place] = IsMaximum ? h[best] : (float)(sum / covered);
                    if (taken is not null)
                    {
                        taken[place] = best;
                    }

                    place++;
                }
            }
        }
    }

    /// <summary>Hands slopes to the values that they belong to.</summary>
    public void Backward(float* slopes, int* taken, float* back)
    {
        new Span<float>(back, (int)input.Positions).Clear();
        if (IsMaximum)
        {
            for (int i = 0; i < (int)output.Positions; i++)
            {
                back[taken[i]] += slopes[i];
            }

            return;
        }

        int place = 0;
        foreach ((int firstFrame, int endFrame) in spans[0])
        {
            foreach ((int firstRow, int endRow) in spans[1])
            {
                foreach ((int firstColumn, int endColumn) in spans[2])
                {
                    float share = slopes[place++] / ((endFrame - firstFrame) * (endRow - firstRow) * (endColumn - firstColumn));
                    for (int frame = firstFrame; frame < endFrame; frame++)
                    {
                        for (int row = firstRow; row < endRow; row++)
                        {
                            int start = At(frame, row, 0);
                            for (int at = start + firstColumn; at < start + endColumn; at++)
                            {
                                back[at] += share;
                            }
                        }
                    }
                }
            }
        }
    }

    // As torch: what is no number wins, and stays.
    private static bool IsFurther(float value, float best, int sign) => (sign > 0 && value > best) || (sign < 0 && value < best) || (float.IsNaN(value) && !float.IsNaN(best));

    private int At(int frame, int row, int column) => (((frame * input.Height) + row) * input.Width) + column;
}
