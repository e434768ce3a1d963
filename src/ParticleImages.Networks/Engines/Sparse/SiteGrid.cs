namespace ParticleImages.Networks.Engines.Sparse;

/// <summary>
/// The places of a feature map and their classes. Far from every hit a map depends on a place only by how near it is to the borders: places are of one class
/// along an axis where everything that the layers before see of that axis is the same, and of one class in all where they are along all three.
/// </summary>
internal sealed class SiteGrid
{
    private readonly int[][] classes;
    private readonly int[] counts;

    private SiteGrid(int[][] classes)
    {
        this.classes = classes;
        counts = [.. classes.Select(axis => axis.Max() + 1)];
        Sizes = new long[counts[0] * counts[1] * counts[2]];
        long[][] along = [.. classes.Select((axis, i) => Enumerable.Range(0, counts[i]).Select(kind => axis.LongCount(own => own == kind)).ToArray())];
        for (int i = 0; i < Sizes.Length; i++)
        {
            (int t, int y, int x) = Split(i);
            Sizes[i] = along[0][t] * along[1][y] * along[2][x];
        }

        Central = Array.IndexOf(Sizes, Sizes.Max());
    }

    /// <summary>Places along time, rows and columns.</summary>
    public int Frames => classes[0].Length;

    public int Height => classes[1].Length;

    public int Width => classes[2].Length;

    public int Places => Frames * Height * Width;

    /// <summary>Places of each class.</summary>
    public long[] Sizes { get; }

    public int Classes => Sizes.Length;

    /// <summary>A class with the most places.</summary>
    public int Central { get; }

    /// <summary>All places alike: the input.</summary>
    public static SiteGrid Uniform(int frames, int height, int width) => new([new int[frames], new int[height], new int[width]]);

    /// <summary>The class of a place.</summary>
    public int ClassOf(int frame, int row, int column) => Join(classes[0][frame], classes[1][row], classes[2][column]);

    /// <summary>The class of every place, in the order of frames, rows and columns.</summary>
    public int[] ClassesOfPlaces()
    {
        var classes = new int[Places];
        int place = 0;
        for (int frame = 0; frame < Frames; frame++)
        {
            for (int row = 0; row < Height; row++)
            {
                for (int column = 0; column < Width; column++)
                {
                    classes[place++] = ClassOf(frame, row, column);
                }
            }
        }

        return classes;
    }

    /// <summary>The class along an axis (0 time, 1 row, 2 column) of a bin.</summary>
    public int Along(int axis, int bin) => classes[axis][bin];

    public int ClassesAlong(int axis) => counts[axis];

    /// <summary>The class of three classes along axes.</summary>
    public int Join(int t, int y, int x) => (((t * counts[1]) + y) * counts[2]) + x;

    /// <summary>The classes along the axes.</summary>
    public (int T, int Y, int X) Split(int kind) => (kind / (counts[1] * counts[2]), kind / counts[2] % counts[1], kind % counts[2]);

    /// <summary>The grid of windows over this one, and for each axis what its classes see: for each class the input's class of every tap, −1 beyond the ends.</summary>
    /// <param name="window">The window.</param>
    /// <param name="isEmptyBeyond">Whether what is beyond the ends is what the background is, so that the borders make no difference: the grid is uniform then.</param>
    public (SiteGrid Grid, int[][][] Seen) Over(SlidingWindow window, bool isEmptyBeyond = false)
    {
        var seen = new int[3][][];
        var axes = new int[3][];
        int[] bins = [Frames, Height, Width];
        for (int axis = 0; axis < 3; axis++)
        {
            (int begin, int end) = window.Added(axis, bins[axis]);
            int places = ((bins[axis] + begin + end - window.Size[axis]) / window.Stride[axis]) + 1;
            axes[axis] = new int[places];
            var kinds = new List<int[]>();
            for (int place = 0; place < places; place++)
            {
                int first = (place * window.Stride[axis]) - begin;
                int[] sees = [.. Enumerable.Range(first, window.Size[axis]).Select(bin => bin >= 0 && bin < bins[axis] ? classes[axis][bin] : isEmptyBeyond ? 0 : -1)];
                int known = kinds.FindIndex(sees.SequenceEqual);
                if (known < 0)
                {
                    known = kinds.Count;
                    kinds.Add(sees);
                }

                axes[axis][place] = known;
            }

            seen[axis] = [.. kinds];
        }

        return (new SiteGrid(axes), seen);
    }
}
