using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace ParticleImages.Networks.Engines.Lanes;

/// <summary>Two values.</summary>
internal readonly unsafe struct Doubles128(Vector128<double> values) : IDoubles<Doubles128>
{
    private readonly Vector128<double> values = values;

    public static int Width => Vector128<double>.Count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static implicit operator Doubles128(double value) => new(Vector128.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Doubles128 operator +(Doubles128 left, Doubles128 right) => new(left.values + right.values);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Doubles128 operator -(Doubles128 left, Doubles128 right) => new(left.values - right.values);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Doubles128 operator *(Doubles128 left, Doubles128 right) => new(left.values * right.values);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Doubles128 operator /(Doubles128 left, Doubles128 right) => new(left.values / right.values);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Doubles128 operator -(Doubles128 value) => new(-value.values);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Doubles128 MultiplyAdd(Doubles128 left, Doubles128 right, Doubles128 addend) => new(Vector128.MultiplyAddEstimate(left.values, right.values, addend.values));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Doubles128 Load(float* from) => new(Vector128.WidenLower(Vector64.Load(from).ToVector128Unsafe()));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Doubles128 values, float* to) => Vector128.Narrow(values.values, values.values).GetLower().Store(to);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Doubles128 Abs(Doubles128 values) => new(Vector128.Abs(values.values));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Doubles128 ToExponents(Doubles128 values) => new(Vector128.ShiftLeft(values.values.AsInt64(), 52).AsDouble());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Doubles128 WhereAbove(Doubles128 left, Doubles128 right, Doubles128 above, Doubles128 otherwise) =>
        new(Vector128.ConditionalSelect(Vector128.GreaterThan(left.values, right.values), above.values, otherwise.values));
}
