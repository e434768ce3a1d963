using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace ParticleImages.Networks.Engines.Lanes;

/// <summary>Products of small matrices, in tiles that stay in registers. Every value is one sum over the depth in order, whatever the tile it is in.</summary>
internal static unsafe class Products<TLanes, TVector>
    where TLanes : struct, ILanes<TVector>
    where TVector : unmanaged
{
    /// <summary>Rows that a product's height is a multiple of.</summary>
    public const int RowStep = 4;

    /// <summary>C = A · B, or C += A · B.</summary>
    /// <param name="a">A(r, k) is at r · row + k · step.</param>
    /// <param name="row">From one of its rows to the next.</param>
    /// <param name="step">From one of its columns to the next.</param>
    /// <param name="b">B, (depth, columns).</param>
    /// <param name="nextB">From one of its rows to the next.</param>
    /// <param name="c">C, (rows, columns).</param>
    /// <param name="nextC">From one of its rows to the next.</param>
    /// <param name="rows">A multiple of <see cref="RowStep"/>.</param>
    /// <param name="columns">A multiple of the vector's width.</param>
    /// <param name="depth">Columns of A.</param>
    /// <param name="add">Whether to add to what is there.</param>
    public static void Multiply(float* a, nint row, nint step, float* b, nint nextB, float* c, nint nextC, int rows, int columns, int depth, bool add)
    {
        int width = TLanes.Width;
        Debug.Assert(rows % RowStep == 0 && columns % width == 0 && depth >= 0, "A product's rows are in fours and its columns in whole vectors.");
        int column = 0;
        for (; column + (2 * width) <= columns; column += 2 * width)
        {
            int r = 0;
            if (TLanes.HasManyRegisters)
            {
                for (; r + 8 <= rows; r += 8)
                {
                    EightByTwo(a + (r * row), row, step, b + column, nextB, c + (r * nextC) + column, nextC, depth, add);
                }
            }

            for (; r < rows; r += RowStep)
            {
                FourByTwo(a + (r * row), row, step, b + column, nextB, c + (r * nextC) + column, nextC, depth, add);
            }
        }

        for (; column < columns; column += width)
        {
            for (int r = 0; r < rows; r += RowStep)
            {
                FourByOne(a + (r * row), row, step, b + column, nextB, c + (r * nextC) + column, nextC, depth, add);
            }
        }
    }

    /// <summary>Eight rows, two vectors wide.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void EightByTwo(float* a, nint row, nint step, float* b, nint nextB, float* c, nint nextC, int depth, bool add)
    {
        int width = TLanes.Width;
        TVector s00 = add ? TLanes.Load(c) : TLanes.Zero;
        TVector s01 = add ? TLanes.Load(c + width) : TLanes.Zero;
        TVector s10 = add ? TLanes.Load(c + nextC) : TLanes.Zero;
        TVector s11 = add ? TLanes.Load(c + nextC + width) : TLanes.Zero;
        TVector s20 = add ? TLanes.Load(c + (2 * nextC)) : TLanes.Zero;
        TVector s21 = add ? TLanes.Load(c + (2 * nextC) + width) : TLanes.Zero;
        TVector s30 = add ? TLanes.Load(c + (3 * nextC)) : TLanes.Zero;
        TVector s31 = add ? TLanes.Load(c + (3 * nextC) + width) : TLanes.Zero;
        TVector s40 = add ? TLanes.Load(c + (4 * nextC)) : TLanes.Zero;
        TVector s41 = add ? TLanes.Load(c + (4 * nextC) + width) : TLanes.Zero;
        TVector s50 = add ? TLanes.Load(c + (5 * nextC)) : TLanes.Zero;
        TVector s51 = add ? TLanes.Load(c + (5 * nextC) + width) : TLanes.Zero;
        TVector s60 = add ? TLanes.Load(c + (6 * nextC)) : TLanes.Zero;
        TVector s61 = add ? TLanes.Load(c + (6 * nextC) + width) : TLanes.Zero;
        TVector s70 = add ? TLanes.Load(c + (7 * nextC)) : TLanes.Zero;
        TVector s71 = add ? TLanes.Load(c + (7 * nextC) + width) : TLanes.Zero;
        nint row2 = 2 * row;
        nint row3 = 3 * row;
        float* lower = a + (4 * row);
        for (int k = 0; k < depth; k++)
        {
            TVector b0 = TLanes.Load(b);
            TVector b1 = TLanes.Load(b + width);
            TVector v = TLanes.Create(a[0]);
            s00 = TLanes.MultiplyAdd(v, b0, s00);
            s01 = TLanes.MultiplyAdd(v, b1, s01);
            v = TLanes.Create(a[row]);
            s10 = TLanes.MultiplyAdd(v, b0, s10);
            s11 = TLanes.MultiplyAdd(v, b1, s11);
            v = TLanes.Create(a[row2]);
            s20 = TLanes.MultiplyAdd(v, b0, s20);
            s21 = TLanes.MultiplyAdd(v, b1, s21);
            v = TLanes.Create(a[row3]);
            s30 = TLanes.MultiplyAdd(v, b0, s30);
            s31 = TLanes.MultiplyAdd(v, b1, s31);
            v = TLanes.Create(lower[0]);
            s40 = TLanes.MultiplyAdd(v, b0, s40);
            s41 = TLanes.MultiplyAdd(v, b1, s41);
            v = TLanes.Create(lower[row]);
            s50 = TLanes.MultiplyAdd(v, b0, s50);
            s51 = TLanes.MultiplyAdd(v, b1, s51);
            v = TLanes.Create(lower[row2]);
            s60 = TLanes.MultiplyAdd(v, b0, s60);
            s61 = TLanes.MultiplyAdd(v, b1, s61);
            v = TLanes.Create(lower[row3]);
            s70 = TLanes.MultiplyAdd(v, b0, s70);
            s71 = TLanes.MultiplyAdd(v, b1, s71);
            a += step;
            lower += step;
            b += nextB;
        }

        TLanes.Store(s00, c);
        TLanes.Store(s01, c + width);
        TLanes.Store(s10, c + nextC);
        TLanes.Store(s11, c + nextC + width);
        TLanes.Store(s20, c + (2 * nextC));
        TLanes.Store(s21, c + (2 * nextC) + width);
        TLanes.Store(s30, c + (3 * nextC));
        TLanes.Store(s31, c + (3 * nextC) + width);
        TLanes.Store(s40, c + (4 * nextC));
        TLanes.Store(s41, c + (4 * nextC) + width);
        TLanes.Store(s50, c + (5 * nextC));
        TLanes.Store(s51, c + (5 * nextC) + width);
        TLanes.Store(s60, c + (6 * nextC));
        TLanes.Store(s61, c + (6 * nextC) + width);
        TLanes.Store(s70, c + (7 * nextC));
        TLanes.Store(s71, c + (7 * nextC) + width);
    }

    /// <summary>Four rows, two vectors wide.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void FourByTwo(float* a, nint row, nint step, float* b, nint nextB, float* c, nint nextC, int depth, bool add)
    {
        int width = TLanes.Width;
        TVector s00 = add ? TLanes.Load(c) : TLanes.Zero;
        TVector s01 = add ? TLanes.Load(c + width) : TLanes.Zero;
        TVector s10 = add ? TLanes.Load(c + nextC) : TLanes.Zero;
        TVector s11 = add ? TLanes.Load(c + nextC + width) : TLanes.Zero;
        TVector s20 = add ? TLanes.Load(c + (2 * nextC)) : TLanes.Zero;
        TVector s21 = add ? TLanes.Load(c + (2 * nextC) + width) : TLanes.Zero;
        TVector s30 = add ? TLanes.Load(c + (3 * nextC)) : TLanes.Zero;
        TVector s31 = add ? TLanes.Load(c + (3 * nextC) + width) : TLanes.Zero;
        nint row2 = 2 * row;
        nint row3 = 3 * row;
        for (int k = 0; k < depth; k++)
        {
            TVector b0 = TLanes.Load(b);
            TVector b1 = TLanes.Load(b + width);
            TVector v = TLanes.Create(a[0]);
            s00 = TLanes.MultiplyAdd(v, b0, s00);
            s01 = TLanes.MultiplyAdd(v, b1, s01);
            v = TLanes.Create(a[row]);
            s10 = TLanes.MultiplyAdd(v, b0, s10);
            s11 = TLanes.MultiplyAdd(v, b1, s11);
            v = TLanes.Create(a[row2]);
            s20 = TLanes.MultiplyAdd(v, b0, s20);
            s21 = TLanes.MultiplyAdd(v, b1, s21);
            v = TLanes.Create(a[row3]);
            s30 = TLanes.MultiplyAdd(v, b0, s30);
            s31 = TLanes.MultiplyAdd(v, b1, s31);
            a += step;
            b += nextB;
        }

        TLanes.Store(s00, c);
        TLanes.Store(s01, c + width);
        TLanes.Store(s10, c + nextC);
        TLanes.Store(s11, c + nextC + width);
        TLanes.Store(s20, c + (2 * nextC));
        TLanes.Store(s21, c + (2 * nextC) + width);
        TLanes.Store(s30, c + (3 * nextC));
        TLanes.Store(s31, c + (3 * nextC) + width);
    }

    /// <summary>Four rows, one vector wide.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void FourByOne(float* a, nint row, nint step, float* b, nint nextB, float* c, nint nextC, int depth, bool add)
    {
        TVector s00 = add ? TLanes.Load(c) : TLanes.Zero;
        TVector s10 = add ? TLanes.Load(c + nextC) : TLanes.Zero;
        TVector s20 = add ? TLanes.Load(c + (2 * nextC)) : TLanes.Zero;
        TVector s30 = add ? TLanes.Load(c + (3 * nextC)) : TLanes.Zero;
        nint row2 = 2 * row;
        nint row3 = 3 * row;
        for (int k = 0; k < depth; k++)
        {
            TVector b0 = TLanes.Load(b);
            TVector v = TLanes.Create(a[0]);
            s00 = TLanes.MultiplyAdd(v, b0, s00);
            v = TLanes.Create(a[row]);
            s10 = TLanes.MultiplyAdd(v, b0, s10);
            v = TLanes.Create(a[row2]);
            s20 = TLanes.MultiplyAdd(v, b0, s20);
            v = TLanes.Create(a[row3]);
            s30 = TLanes.MultiplyAdd(v, b0, s30);
            a += step;
            b += nextB;
        }

        TLanes.Store(s00, c);
        TLanes.Store(s10, c + nextC);
        TLanes.Store(s20, c + (2 * nextC));
        TLanes.Store(s30, c + (3 * nextC));
    }
}
