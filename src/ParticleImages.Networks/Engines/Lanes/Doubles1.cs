namespace ParticleImages.Networks.Engines.Lanes;

/// <summary>One value.</summary>
internal readonly unsafe struct Doubles1(double value) : IDoubles<Doubles1>
{
    private readonly double value = value;

    public static int Width => 1;

    public static implicit operator Doubles1(double value) => new(value);

    public static Doubles1 operator +(Doubles1 left, Doubles1 right) => new(left.value + right.value);

    public static Doubles1 operator -(Doubles1 left, Doubles1 right) => new(left.value - right.value);

    public static Doubles1 operator *(Doubles1 left, Doubles1 right) => new(left.value * right.value);

    public static Doubles1 operator /(Doubles1 left, Doubles1 right) => new(left.value / right.value);

    public static Doubles1 operator -(Doubles1 value) => new(-value.value);

    public static Doubles1 MultiplyAdd(Doubles1 left, Doubles1 right, Doubles1 addend) => new(double.MultiplyAddEstimate(left.value, right.value, addend.value));

    public static Doubles1 Load(float* from) => new(*from);

    public static void Store(Doubles1 values, float* to) => *to = (float)values.value;

    public static Doubles1 Abs(Doubles1 values) => new(Math.Abs(values.value));

    public static Doubles1 ToExponents(Doubles1 values) => new(BitConverter.Int64BitsToDouble(BitConverter.DoubleToInt64Bits(values.value) << 52));

    public static Doubles1 WhereAbove(Doubles1 left, Doubles1 right, Doubles1 above, Doubles1 otherwise) => left.value > right.value ? above : otherwise;
}
