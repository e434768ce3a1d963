using System.Runtime.CompilerServices;

namespace ParticleImages.Networks.Engines.Lanes;

/// <summary>
/// A sum of many float32 values, lane by lane, as good as one in double: what each addition rounds away is added up beside it (the error-free sum of two numbers: Knuth, The Art of Computer
/// Programming 2, 4.2.2). Slopes cancel in their sums, so that the last bits of the terms are what remains.
/// </summary>
internal ref struct LaneSum<TLanes, TVector>
    where TLanes : struct, ILanes<TVector>
    where TVector : unmanaged
{
    private const int MostLanes = 16;

    private TVector sum = TLanes.Zero;
    private TVector lost = TLanes.Zero;

    public LaneSum()
    {
    }

    /// <summary>All lanes together.</summary>
    public readonly unsafe double Total
    {
        get
        {
            float* sums = stackalloc float[MostLanes];
            float* rests = stackalloc float[MostLanes];
            TLanes.Store(sum, sums);
            TLanes.Store(lost, rests);
            double total = 0;
            for (int lane = 0; lane < TLanes.Width; lane++)
            {
                // Beside an infinite sum the rest is no number.
                total += float.IsFinite(sums[lane]) ? sums[lane] + (double)rests[lane] : sums[lane];
            }

            return total;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(TVector value)
    {
        TVector next = TLanes.Add(sum, value);
        TVector added = TLanes.Subtract(next, sum);
        TVector missing = TLanes.Add(TLanes.Subtract(sum, TLanes.Subtract(next, added)), TLanes.Subtract(value, added));
        (sum, lost) = (next, TLanes.Add(lost, missing));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void AddProduct(TVector left, TVector right)
    {
        TVector product = TLanes.Multiply(left, right);
        Add(product);
        lost = TLanes.Add(lost, TLanes.Missing(left, right, product));
    }
}
