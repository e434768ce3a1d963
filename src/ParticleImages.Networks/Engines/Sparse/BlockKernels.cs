using System.Numerics;
using System.Runtime.CompilerServices;
using ParticleImages.Networks.Engines.Lanes;

namespace ParticleImages.Networks.Engines.Sparse;

/// <summary>
/// To points and back: rows that entries join to places of several planes, one for each point. An entry is a number of coefficients × <see cref="SiteRows.Step"/>, a power of two, + place.
/// </summary>
internal static unsafe class BlockKernels<TLanes, TVector>
    where TLanes : struct, ILanes<TVector>
    where TVector : unmanaged
{
    /// <summary>For each row and entry: planes[point][place] += coefficients[entry's, point] · rows[row].</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Spread(SiteRows rows, float* coefficients, int points, float* from, int stride, float* planes, long planeLength)
    {
        int width = TLanes.Width;
        (int shift, int mask) = (BitOperations.Log2((uint)rows.Step), rows.Step - 1);
        for (int row = 0; row < rows.Count; row++, from += stride)
        {
            for (int entry = rows.Starts[row]; entry < rows.Starts[row + 1]; entry++)
            {
                float* own = coefficients + ((rows.Entries[entry] >> shift) * points);
                float* to = planes + ((long)(rows.Entries[entry] & mask) * stride);
                for (int point = 0; point < points; point++, to += planeLength)
                {
                    if (own[point] == 0)
                    {
                        continue;
                    }

                    TVector factor = TLanes.Create(own[point]);
                    for (int i = 0; i < stride; i += width)
                    {
                        TLanes.Store(TLanes.MultiplyAdd(factor, TLanes.Load(from + i), TLanes.Load(to + i)), to + i);
                    }
                }
            }
        }
    }

    /// <summary>For each row: to[row] = background of its class + the sum over its entries and the points of coefficients[entry's, point] · planes[point][place].</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="coefficients">For each number of an entry those of all points.</param>
    /// <param name="points">Points.</param>
    /// <param name="planes">The planes.</param>
    /// <param name="planeLength">From one of them to the next.</param>
    /// <param name="stride">Floats of a row.</param>
    /// <param name="background">A vector for each class; null for 0.</param>
    /// <param name="to">Receives the rows.</param>
    /// <param name="relu">Whether what is below 0 becomes 0.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Collect(SiteRows rows, float* coefficients, int points, float* planes, long planeLength, int stride, float* background, float* to, bool relu)
    {
        int width = TLanes.Width;
        (int shift, int mask) = (BitOperations.Log2((uint)rows.Step), rows.Step - 1);
        for (int row = 0; row < rows.Count; row++, to += stride)
        {
            float* start = background is null ? null : background + ((long)rows.Classes[row] * stride);
            for (int i = 0; i < stride; i += width)
            {
                TVector sum = start is null ? TLanes.Zero : TLanes.Load(start + i);
                for (int entry = rows.Starts[row]; entry < rows.Starts[row + 1]; entry++)
                {
                    float* own = coefficients + ((rows.Entries[entry] >> shift) * points);
                    float* from = planes + ((long)(rows.Entries[entry] & mask) * stride) + i;
                    for (int point = 0; point < points; point++, from += planeLength)
                    {
                        sum = TLanes.MultiplyAdd(TLanes.Create(own[point]), TLanes.Load(from), sum);
                    }
                }

                TLanes.Store(relu ? TLanes.Max(sum, TLanes.Zero) : sum, to + i);
            }
        }
    }
}
