namespace ParticleImages.Networks.Engines.Lanes;

/// <summary>As many float64 values as a vector holds, with the arithmetic that formulas are written in. The scalar one is the twin that tests hold the others against.</summary>
/// <typeparam name="TSelf">The vector.</typeparam>
internal unsafe interface IDoubles<TSelf>
    where TSelf : struct, IDoubles<TSelf>
{
    /// <summary>Values in a vector: 1, 2, 4 or 8.</summary>
    static abstract int Width { get; }

    /// <summary>One value in every place.</summary>
    static abstract implicit operator TSelf(double value);

    static abstract TSelf operator +(TSelf left, TSelf right);

    static abstract TSelf operator -(TSelf left, TSelf right);

    static abstract TSelf operator *(TSelf left, TSelf right);

    static abstract TSelf operator /(TSelf left, TSelf right);

    static abstract TSelf operator -(TSelf value);

    /// <summary>left · right + addend, rounded once where the processor has an instruction for it, twice elsewhere.</summary>
    static abstract TSelf MultiplyAdd(TSelf left, TSelf right, TSelf addend);

    /// <summary>Float32 values from memory.</summary>
    static abstract TSelf Load(float* from);

    /// <summary>The values, rounded to float32.</summary>
    static abstract void Store(TSelf values, float* to);

    static abstract TSelf Abs(TSelf values);

    /// <summary>The bits of each value, moved up by 52 places: the lowest bits become exponents.</summary>
    static abstract TSelf ToExponents(TSelf values);

    /// <summary>One of two values in each place: the first where left is above right, the second elsewhere, also where either is NaN.</summary>
    static abstract TSelf WhereAbove(TSelf left, TSelf right, TSelf above, TSelf otherwise);
}
