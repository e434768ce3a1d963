using System.Runtime.CompilerServices;

namespace ParticleImages.Search;

/// <summary>
/// What trees foretell on average where the place on one axis is known and the others are not. It is no estimate: every leaf gives its answer to the places that lead to it, times the share that it has of the other axes.
/// While a tree is gone through it keeps the places that lead to a node. Its methods are compiled as they will be at last from the first call on: most programs ask once.
/// </summary>
internal sealed class MainEffect
{
    /// <summary>Equal parts of the axis, each with one place.</summary>
    public const int Parts = 1024;

    private readonly double[] places;
    private readonly int[]? codes;
    private readonly double[] shares;

    // Where places are ordered, by how much the effect is more in a part than in the one before; else the effect of each code.
    private readonly double[] sums;

    public MainEffect(ForestAxis axis)
    {
        places = [.. Enumerable.Range(0, Parts).Select(part => axis.At((part + 0.5) / Parts))];
        codes = axis.IsOrdered ? null : [.. Enumerable.Range(0, axis.Codes + 1)];
        shares = codes is null ? [] : Array.ConvertAll(codes, code => places.Count(place => place == code) / (double)Parts);
        sums = new double[codes?.Length ?? Parts + 1];
        Left = (0, codes?.Length ?? Parts);
    }

    /// <summary>Which parts or codes lead to the node at hand: from the first on, and before the last.</summary>
    public (int From, int To) Left { get; set; }

    /// <summary>Which share of the axis that is.</summary>
    public double Share
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        get
        {
            if (codes is null)
            {
                return (Left.To - Left.From) / (double)Parts;
            }

            double share = 0;
            foreach (int code in codes.AsSpan(Left.From..Left.To))
            {
                share += shares[code];
            }

            return share;
        }
    }

    /// <summary>The place of a part.</summary>
    public double PlaceOf(int part) => places[part];

    /// <summary>Where the high side of a threshold begins among what is left.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public int Divide(double threshold)
    {
        (int from, int to) = Left;
        while (from < to)
        {
            int middle = (from + to) / 2;
            (from, to) = places[middle] <= threshold ? (middle + 1, to) : (from, middle);
        }

        return from;
    }

    /// <summary>Where the high side of a set begins among what is left; its codes are reordered.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public int Divide(ReadOnlySpan<ulong> lows)
    {
        int middle = Left.From;
        for (int i = Left.From; i < Left.To; i++)
        {
            if (RegressionTree.Has(lows, codes![i]) != 0)
            {
                (codes[i], codes[middle]) = (codes[middle], codes[i]);
                middle++;
            }
        }

        return middle;
    }

    /// <summary>Adds to the effect of what is left.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Add(double amount)
    {
        if (codes is null)
        {
            sums[Left.From] += amount;
            sums[Left.To] -= amount;
            return;
        }

        foreach (int code in codes.AsSpan(Left.From..Left.To))
        {
            sums[code] += amount;
        }
    }

    /// <summary>The effect at the place of each part.</summary>
    public double[] ToArray()
    {
        if (codes is not null)
        {
            return Array.ConvertAll(places, place => sums[(int)place]);
        }

        var effects = new double[Parts];
        double sum = 0;
        for (int part = 0; part < Parts; part++)
        {
            sum += sums[part];
            effects[part] = sum;
        }

        return effects;
    }
}
