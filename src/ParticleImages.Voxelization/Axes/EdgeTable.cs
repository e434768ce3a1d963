using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ParticleImages.Voxelization;

/// <summary>
/// The edges of bins as float32 that decide like the double edges do: each is the largest float32 that is not above its
/// edge, so that for every float32 time t, t &gt; edge in double exactly when t &gt; the table's edge in float32.
/// </summary>
internal sealed class EdgeTable
{
    // Comparing with every edge costs as many vector steps as writing the frames does; beyond this one search a time is cheaper.
    private const int MostComparedEdges = 128;

    private readonly float[] edges;

    // Bins a unit of time where the bins are regular enough to guess one by arithmetic; 0 where they are not.
    private readonly float binsPerTime;

    public EdgeTable(ReadOnlySpan<double> exact)
    {
        edges = new float[exact.Length];
        for (int k = 0; k < exact.Length; k++)
        {
            float rounded = (float)exact[k];
            edges[k] = rounded > exact[k] ? MathF.BitDecrement(rounded) : rounded;
        }

        binsPerTime = BinsPerTime(exact);
    }

    public int Bins => edges.Length - 1;

    /// <summary>Whether there are few enough edges to compare a vector of times with all of them.</summary>
    public bool ComparesByVectors => Vector.IsHardwareAccelerated && edges.Length <= MostComparedEdges;

    /// <summary>The bin of a time that is not NaN: −1 before the first bin, <see cref="Bins"/> after the last.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Locate(float time)
    {
        ref float edge = ref MemoryMarshal.GetArrayDataReference(edges);
        int bins = edges.Length - 1;
        if (time <= edge)
        {
            return -1;
        }

        if (time > Unsafe.Add(ref edge, bins))
        {
            return bins;
        }

        if (binsPerTime == 0)
        {
            return Search(time);
        }

        // The guess may be off; the edges decide. The checks above keep both loops inside the axis.
        int bin = Math.Clamp((int)((time - edge) * binsPerTime), 0, bins - 1);
        while (time <= Unsafe.Add(ref edge, bin))
        {
            bin--;
        }

        while (time > Unsafe.Add(ref edge, bin + 1))
        {
            bin++;
        }

        return bin;
    }

    /// <summary>
    /// The bins of many times, by vectors where that pays; each is what <see cref="Locate(float)"/> says, and of NaN any.
    /// </summary>
    public void Locate(ReadOnlySpan<float> times, Span<int> bins)
    {
        int done = 0;
        if (ComparesByVectors)
        {
            int width = Vector<float>.Count;
            for (; done <= times.Length - (2 * width); done += 2 * width)
            {
                (Vector<int> first, Vector<int> second) = Locate(
                    new Vector<float>(times[done..]), new Vector<float>(times[(done + width)..]));
                first.CopyTo(bins[done..]);
                second.CopyTo(bins[(done + width)..]);
            }
        }

        for (int i = done; i < times.Length; i++)
        {
            bins[i] = Locate(times[i]);
        }
    }

    /// <summary>
    /// The bins of two vectors of times: a time's bin is the number of edges below it, less one. NaN gives −1. Two, since every edge
    /// is loaded for both.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public (Vector<int> First, Vector<int> Second) Locate(Vector<float> first, Vector<float> second)
    {
        Vector<int> firstBins = -Vector<int>.One;
        Vector<int> secondBins = -Vector<int>.One;
        foreach (float edge in edges)
        {
            // A comparison that holds is −1.
            var bound = new Vector<float>(edge);
            firstBins -= Vector.GreaterThan(first, bound);
            secondBins -= Vector.GreaterThan(second, bound);
        }

        return (firstBins, secondBins);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private int Search(float time)
    {
        // The first edge that is not below the time ends its bin. Array.BinarySearch would find any of several equal ones.
        int low = 0;
        int high = edges.Length - 1;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (edges[middle] < time)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low - 1;
    }

    private static float BinsPerTime(ReadOnlySpan<double> edges)
    {
        int bins = edges.Length - 1;
        double width = (edges[^1] - edges[0]) / bins;
        if (!double.IsFinite(width) || !float.IsFinite((float)(1 / width)) || !float.IsFinite((float)edges[0]))
        {
            return 0;
        }

        for (int k = 1; k < bins; k++)
        {
            if (Math.Abs(edges[k] - (edges[0] + (k * width))) > width / 2)
            {
                return 0;
            }
        }

        return (float)(1 / width);
    }
}
