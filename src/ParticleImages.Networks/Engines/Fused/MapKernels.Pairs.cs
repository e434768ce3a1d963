using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using ParticleImages.Networks.Engines.Lanes;

namespace ParticleImages.Networks.Engines.Fused;

/// <content>Pools of 2 × 2 × 2 that do not overlap. Rows of columns are parted into first and second of each pair, so that a pair stands in the same place of two vectors.</content>
internal sealed unsafe partial class MapKernels<TLanes, TVector>
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void PoolPairs(float* h, FeatureShape map, int sign, float* pooled)
    {
        int columns = map.Width / 2;
        for (int frame = 0; frame + 1 < map.Frames; frame += 2)
        {
            for (int row = 0; row + 1 < map.Height; row += 2, pooled += columns)
            {
                var lines = new Lines(h, map, frame, row);
                int column = PoolLine<TLanes, TVector>(lines, 0, columns, sign, pooled);
                column = TLanes.Width > 8 ? PoolLine<Lanes256, Vector256<float>>(lines, column, columns, sign, pooled) : column;
                column = TLanes.Width > 4 ? PoolLine<Lanes128, Vector128<float>>(lines, column, columns, sign, pooled) : column;
                PoolLine<ScalarLanes, float>(lines, column, columns, sign, pooled);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public double UnpoolPairs(float* slopes, float* pooled, float* h, FeatureShape map, MapSlopes by, float* back)
    {
        double through = 0;
        int columns = map.Width / 2;
        int plane = map.Height * map.Width;
        int evenRows = map.Height / 2 * 2;
        int evenFrames = map.Frames / 2 * 2;
        for (int frame = 0; frame < evenFrames; frame += 2)
        {
            for (int row = 0; row < evenRows; row += 2, pooled += columns, slopes += columns)
            {
                var lines = new Lines(h, map, frame, row);
                var to = new Lines(back, map, frame, row);
                int column = UnpoolLine<TLanes, TVector>(lines, to, 0, columns, slopes, pooled, by, ref through);
                column = TLanes.Width > 8 ? UnpoolLine<Lanes256, Vector256<float>>(lines, to, column, columns, slopes, pooled, by, ref through) : column;
                column = TLanes.Width > 4 ? UnpoolLine<Lanes128, Vector128<float>>(lines, to, column, columns, slopes, pooled, by, ref through) : column;
                UnpoolLine<ScalarLanes, float>(lines, to, column, columns, slopes, pooled, by, ref through);
                for (int line = 0; line < 4 && map.Width % 2 > 0; line++)
                {
                    Slopes(null, lines.At(line) + map.Width - 1, null, 1, by, to.At(line) + map.Width - 1);
                }
            }

            for (int inner = frame; inner < frame + 2 && evenRows < map.Height; inner++)
            {
                int start = (inner * plane) + (evenRows * map.Width);
                Slopes(null, h + start, null, map.Width, by, back + start);
            }
        }

        if (evenFrames < map.Frames)
        {
            Slopes(null, h + (evenFrames * plane), null, plane, by, back + (evenFrames * plane));
        }

        return through;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int PoolLine<TL, TV>(Lines lines, int column, int columns, int sign, float* pooled)
        where TL : struct, ILanes<TV>
        where TV : unmanaged
    {
        for (; column + TL.Width <= columns; column += TL.Width)
        {
            TV low = TL.Load(lines.At(0) + (2 * column));
            TV high = TL.Load(lines.At(0) + (2 * column) + TL.Width);
            TV best = TL.Evens(low, high);
            if (sign != 0)
            {
                for (int line = 1; line < 4; line++)
                {
                    low = Further<TL, TV>(TL.Load(lines.At(line) + (2 * column)), low, sign);
                    high = Further<TL, TV>(TL.Load(lines.At(line) + (2 * column) + TL.Width), high, sign);
                }

                best = Further<TL, TV>(TL.Odds(low, high), TL.Evens(low, high), sign);
            }

            TL.Store(best, pooled + column);
        }

        return column;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TV Further<TL, TV>(TV value, TV best, int sign)
        where TL : struct, ILanes<TV>
        where TV : unmanaged => TL.Select(sign > 0 ? TL.IsGreater(value, best) : TL.IsGreater(best, value), value, best);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int UnpoolLine<TL, TV>(Lines lines, Lines to, int column, int columns, float* slopes, float* pooled, MapSlopes by, ref double through)
        where TL : struct, ILanes<TV>
        where TV : unmanaged
    {
        var back = new SlopeVectors<TL, TV>(by);
        TV part = TL.Zero;
        for (; column + TL.Width <= columns; column += TL.Width)
        {
            TV best = TL.Load(pooled + column);
            TV slope = TL.Load(slopes + column);
            TV taken = TL.Zero;
            for (int line = 0; line < 4; line++)
            {
                TV low = TL.Load(lines.At(line) + (2 * column));
                TV high = TL.Load(lines.At(line) + (2 * column) + TL.Width);
                TV even = TL.Evens(low, high);
                TV odd = TL.Odds(low, high);
                TV isEven = TL.AndNot(TL.IsEqual(even, best), taken);
                taken = TL.Or(taken, isEven);
                TV isOdd = TL.AndNot(TL.IsEqual(odd, best), taken);
                taken = TL.Or(taken, isOdd);
                TV atEven = TL.And(slope, isEven);
                TV atOdd = TL.And(slope, isOdd);
                part = TL.Add(part, TL.Add(back.Through(atEven, even), back.Through(atOdd, odd)));
                (atEven, atOdd) = (back.Of(atEven, even), back.Of(atOdd, odd));
                TL.Store(TL.ZipFirst(atEven, atOdd), to.At(line) + (2 * column));
                TL.Store(TL.ZipSecond(atEven, atOdd), to.At(line) + (2 * column) + TL.Width);
            }
        }

        through += TL.Sum(part);
        return column;
    }

    /// <summary>The four rows of columns that a row of blocks consists of, in their order within a block.</summary>
    private readonly struct Lines(float* map, FeatureShape shape, int frame, int row)
    {
        private readonly float* first = map + (((frame * shape.Height) + row) * shape.Width);
        private readonly int width = shape.Width;
        private readonly int plane = shape.Height * shape.Width;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public float* At(int line) => first + ((line & 1) * width) + ((line >> 1) * plane);
    }
}
