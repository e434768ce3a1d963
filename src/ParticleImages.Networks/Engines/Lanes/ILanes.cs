namespace ParticleImages.Networks.Engines.Lanes;

/// <summary>
/// Float32 arithmetic on as many values at once as a vector holds. Kernels are written once over it; the compiler makes one body for each width, with the
/// operations in place of the calls. The scalar width is the twin that tests hold the others against.
/// </summary>
/// <typeparam name="TVector">The vector.</typeparam>
internal unsafe interface ILanes<TVector>
    where TVector : unmanaged
{
    /// <summary>Values in a vector: 1, 4, 8 or 16.</summary>
    static abstract int Width { get; }

    /// <summary>Whether there are registers for 16 sums beside what they are made of.</summary>
    static abstract bool HasManyRegisters { get; }

    static abstract TVector Zero { get; }

    static abstract TVector Load(float* from);

    static abstract void Store(TVector vector, float* to);

    /// <summary>One value in every lane.</summary>
    static abstract TVector Create(float value);

    static abstract TVector Add(TVector left, TVector right);

    static abstract TVector Subtract(TVector left, TVector right);

    static abstract TVector Multiply(TVector left, TVector right);

    static abstract TVector Divide(TVector left, TVector right);

    /// <summary>left · right + addend, rounded once where the processor has an instruction for it, twice elsewhere.</summary>
    static abstract TVector MultiplyAdd(TVector left, TVector right, TVector addend);

    /// <summary>left · right − product: what rounding took from a product.</summary>
    static abstract TVector Missing(TVector left, TVector right, TVector product);

    /// <summary>The larger ones; NaN where either is.</summary>
    static abstract TVector Max(TVector left, TVector right);

    /// <summary>All bits set where left is the larger.</summary>
    static abstract TVector IsGreater(TVector left, TVector right);

    /// <summary>All bits set where both are the same number.</summary>
    static abstract TVector IsEqual(TVector left, TVector right);

    static abstract TVector And(TVector left, TVector right);

    /// <summary>The bits of left where those of right are not set.</summary>
    static abstract TVector AndNot(TVector left, TVector right);

    static abstract TVector Or(TVector left, TVector right);

    /// <summary>whereSet in the lanes of the mask that are set, else in the others.</summary>
    static abstract TVector Select(TVector mask, TVector whereSet, TVector otherwise);

    static abstract float Sum(TVector vector);

    /// <summary>The sum of the bits, taken as whole numbers without sign.</summary>
    static abstract TVector AddBits(TVector left, TVector right);

    /// <summary>The bits that are set in one of both.</summary>
    static abstract TVector Xor(TVector left, TVector right);

    /// <summary>The bits of each value, moved up.</summary>
    static abstract TVector ShiftLeft(TVector vector, int bits);

    /// <summary>The bits of each value, moved down; zeros follow.</summary>
    static abstract TVector ShiftRight(TVector vector, int bits);

    /// <summary>Of two vectors, one after the other, every second value from the first on.</summary>
    static abstract TVector Evens(TVector first, TVector second);

    /// <summary>Of two vectors, one after the other, every second value from the second on.</summary>
    static abstract TVector Odds(TVector first, TVector second);

    /// <summary>The first of the two vectors whose <see cref="Evens"/> and <see cref="Odds"/> these are.</summary>
    static abstract TVector ZipFirst(TVector evens, TVector odds);

    /// <summary>The second of them.</summary>
    static abstract TVector ZipSecond(TVector evens, TVector odds);
}
