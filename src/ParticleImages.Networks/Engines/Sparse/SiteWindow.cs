namespace ParticleImages.Networks.Engines.Sparse;

/// <summary>How a convolution or a pool goes from the places of one map to those of the next.</summary>
internal sealed class SiteWindow
{
    private readonly SlidingWindow window;

    /// <summary>Slides a window over a grid.</summary>
    /// <param name="input">The grid.</param>
    /// <param name="window">The window.</param>
    /// <param name="isEmptyBeyond">Whether the background is what a convolution finds beyond the ends: 0 everywhere.</param>
    public SiteWindow(SiteGrid input, SlidingWindow window, bool isEmptyBeyond = false)
    {
        this.window = window;
        Input = input;
        (Output, int[][][] seen) = input.Over(window, isEmptyBeyond);
        Begins = [window.Added(0, input.Frames).Begin, window.Added(1, input.Height).Begin, window.Added(2, input.Width).Begin];
        Taps = checked((int)window.Size.Volume);
        Sources = new int[Output.Classes * Taps];
        Covered = new int[Output.Classes];
        for (int kind = 0; kind < Output.Classes; kind++)
        {
            (int t, int y, int x) = Output.Split(kind);
            for (int tap = 0; tap < Taps; tap++)
            {
                (int dt, int dy, int dx) = (tap / (window.Size.Rows * window.Size.Columns), tap / window.Size.Columns % window.Size.Rows, tap % window.Size.Columns);
                (int ct, int cy, int cx) = (seen[0][t][dt], seen[1][y][dy], seen[2][x][dx]);
                bool inside = ct >= 0 && cy >= 0 && cx >= 0;
                Sources[(kind * Taps) + tap] = inside ? input.Join(ct, cy, cx) : -1;
                Covered[kind] += inside ? 1 : 0;
            }
        }
    }

    public SiteGrid Input { get; }

    public SiteGrid Output { get; }

    /// <summary>Places that a window covers, counted time first, then row, then column.</summary>
    public int Taps { get; }

    /// <summary>For each class of the output and each tap the input's class there, −1 beyond the input's ends.</summary>
    public int[] Sources { get; }

    /// <summary>For each class of the output how many taps are within the input.</summary>
    public int[] Covered { get; }

    public Extent3d Size => window.Size;

    public Extent3d Stride => window.Stride;

    /// <summary>What is added at the beginning of each axis.</summary>
    public int[] Begins { get; }
}
