namespace ParticleImages.Search;

/// <summary>An axis as trees split it: places as they are where they are ordered, else numbers from 0 for the values that the trials had.</summary>
internal sealed class ForestAxis
{
    private readonly ImportanceAxis axis;
    private readonly Dictionary<double, int>? codes;
    private readonly int[]? order;

    public ForestAxis(ImportanceAxis axis)
    {
        this.axis = axis;
        codes = axis.IsOrdered ? null : axis.Places.Where(place => !double.IsNaN(place)).Distinct().Order().Select((place, code) => (place, code)).ToDictionary(pair => pair.place, pair => pair.code);
        Places = Array.ConvertAll(axis.Places, place => double.IsNaN(place) ? double.NaN : Coded(place));
        IsWhole = !Array.Exists(Places, double.IsNaN);
        order = IsOrdered && IsWhole ? Sorted(Places) : null;
    }

    public bool IsOrdered => codes is null;

    /// <summary>How many values the trials had, where they are not ordered; one that no trial had has this number.</summary>
    public int Codes => codes?.Count ?? 0;

    /// <summary>Where each trial stands; NaN where a condition left it without a value.</summary>
    public double[] Places { get; }

    private bool IsWhole { get; }

    /// <summary>The place that a number from 0 to below 1 falls on.</summary>
    public double At(double fraction) => Coded(axis.At(fraction));

    /// <summary>Places without gaps: what had no value had no influence, so that any value is as true, and each tree is told another.</summary>
    public double[] Completed(ref SplitMix64 random)
    {
        if (IsWhole)
        {
            return Places;
        }

        double[] places = [.. Places];
        foreach (ref double place in places.AsSpan())
        {
            place = double.IsNaN(place) ? At(random.Fraction()) : place;
        }

        return places;
    }

    /// <summary>The trials in the order of such places.</summary>
    public int[] OrderOf(double[] places) => order is not null && places == Places ? order : Sorted(places);

    private double Coded(double place) => codes is null ? place : codes.GetValueOrDefault(place, codes.Count);

    private static int[] Sorted(double[] places)
    {
        int[] order = [.. Enumerable.Range(0, places.Length)];
        Array.Sort([.. places], order);
        return order;
    }
}
