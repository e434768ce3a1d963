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
}
