namespace ParticleImages.Networks.Engines.Sparse;

/// <summary>
/// A convolution along time with fewer multiplications: blocks of consecutive frames and the kernel's taps are taken for polynomials, which are multiplied by their values at a few points
/// (Toom and Cook; as filters by Winograd, "Arithmetic Complexity of Computations", 1980). A block of 4 frames and 5 taps take 8 products instead of 20. Blocks end with the last
/// frame, since deposits that linger do.
/// </summary>
internal sealed class TimeBlocks
{
    // With more of them the values' rounding errors grow fast; these have about five times those of a plain sum of products.
    private static readonly double[] FinitePoints = [0, 1, -1, 2, -2, 0.5, -0.5];

    // Shorter kernels save too little: what repeats from frame to frame, which blocks can't make use of, is more.
    private const int LeastTaps = 4;

    // Of a tap's products there has to be enough beside what going to points and back costs.
    private const int LeastDepth = 128;

    private readonly int taps;
    private readonly int begin;
    private readonly int frames;

    private TimeBlocks(int taps, int begin, int frames)
    {
        (this.taps, this.begin, this.frames) = (taps, begin, frames);
        Length = Points - taps + 1;
        Count = (frames + Length - 1) / Length;
        Taps = Values(taps);
        for (int point = 0; point < Points; point++)
        {
            // A convolution meets the frames in the opposite order to a product of polynomials.
            Taps.AsSpan(point * taps, taps).Reverse();
        }

        Shifts = Coefficients();
        FramesByPoint = Turn(Values(Length), Points, Length);
    }

    /// <summary>Points at which polynomials are known, the last one ∞: the highest coefficient.</summary>
    public static int Points { get; } = FinitePoints.Length + 1;

    /// <summary>Frames of a block.</summary>
    public int Length { get; }

    /// <summary>Blocks of all frames; the first one may begin before them.</summary>
    public int Count { get; }

    /// <summary>(frames of a block, points): what a frame adds to a point.</summary>
    public float[] FramesByPoint { get; }

    /// <summary>(points, taps): what a tap adds to a point.</summary>
    public float[] Taps { get; }

    /// <summary>(shifts, points): what a point adds to the output frames that a block reaches, as many as there are points.</summary>
    public float[] Shifts { get; }

    /// <summary>The blocks of a convolution, where they pay.</summary>
    /// <param name="window">The convolution.</param>
    /// <param name="channels">Its input's channels.</param>
    /// <param name="isPerEvent">Whether events have backgrounds of their own in training: each adds to the taps' gradient by itself, which points have none of.</param>
    public static TimeBlocks? For(SiteWindow window, int channels, bool isPerEvent)
    {
        Extent3d size = window.Size;
        bool pays = size.Frames >= LeastTaps && size.Frames < Points && window.Stride.Frames == 1 && size.Rows * size.Columns * channels >= LeastDepth;
        return pays && !isPerEvent ? new TimeBlocks(size.Frames, window.Begins[0], window.Input.Frames) : null;
    }

    /// <summary>The first frame of a block; may be below 0.</summary>
    public int FirstFrame(int block) => frames - ((Count - block) * Length);

    /// <summary>The block that a frame is in.</summary>
    public int BlockOf(int frame) => Count - 1 - ((frames - 1 - frame) / Length);

    /// <summary>Which of a block's shifts an output frame is; outside 0 to <see cref="Points"/> − 1 none.</summary>
    public int ShiftOf(int outputFrame, int block) => outputFrame - FirstFrame(block) - begin + taps - 1;

    /// <summary>(points, length): the values of 1, x, x² and so on.</summary>
    private static float[] Values(int length)
    {
        var values = new float[Points * length];
        for (int point = 0; point < Points - 1; point++)
        {
            for (int power = 0; power < length; power++)
            {
                values[(point * length) + power] = (float)Math.Pow(FinitePoints[point], power);
            }
        }

        values[^1] = 1;
        return values;
    }

    /// <summary>(powers, points): a polynomial's coefficients from its values. Lagrange's, with the highest coefficient times the product of all x − point.</summary>
    private static float[] Coefficients()
    {
        var coefficients = new float[Points * Points];
        for (int point = 0; point < Points; point++)
        {
            bool isFinite = point < FinitePoints.Length;
            double[] product = [1];
            double scale = 1;
            for (int other = 0; other < FinitePoints.Length; other++)
            {
                if (other != point)
                {
                    product = Times(product, FinitePoints[other]);
                    scale *= isFinite ? FinitePoints[point] - FinitePoints[other] : 1;
                }
            }

            for (int power = 0; power < product.Length; power++)
            {
                coefficients[(power * Points) + point] = (float)(product[power] / scale);
            }
        }

        return coefficients;
    }

    /// <summary>A polynomial times (x − root).</summary>
    private static double[] Times(double[] polynomial, double root)
    {
        var product = new double[polynomial.Length + 1];
        for (int power = 0; power < polynomial.Length; power++)
        {
            product[power + 1] += polynomial[power];
            product[power] -= root * polynomial[power];
        }

        return product;
    }

    private static float[] Turn(float[] matrix, int rows, int columns)
    {
        var turned = new float[matrix.Length];
        for (int i = 0; i < matrix.Length; i++)
        {
            turned[(i % columns * rows) + (i / columns)] = matrix[i];
        }

        return turned;
    }
}
