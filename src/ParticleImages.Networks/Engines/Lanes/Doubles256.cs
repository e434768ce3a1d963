using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace ParticleImages.Networks.Engines.Lanes;

/// <summary>Four values.</summary>
internal readonly unsafe struct Doubles256(Vector256<double> values) : IDoubles<Doubles256>
{
    private readonly Vector256<double> values = values;

    public static int Width => Vector256<double>.Count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static implicit operator Doubles256(double value) => new(Vector256.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Doubles256 operator +(Doubles256 left, Doubles256 right) => new(left.values + right.values);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Doubles256 operator -(Doubles256 left, Doubles256 right) => new(left.values - right.values);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Doubles256 operator *(Doubles256 left, Doubles256 right) => new(left.values * right.values);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Doubles256 operator /(Doubles256 left, Doubles256 right) => new(left.values / right.values);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Doubles256 operator -(Doubles256 value) => new(-value.values);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Doubles256 MultiplyAdd(Doubles256 left, Doubles256 right, Doubles256 addend) => new(Vector256.MultiplyAddEstimate(left.values, right.values, addend.values));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Doubles256 Load(float* from) => new(Vector256.WidenLower(Vector128.Load(from).ToVector256Unsafe()));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Doubles256 values, float* to) => Vector256.Narrow(values.values, values.values).GetLower().Store(to);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Doubles256 Abs(Doubles256 values) => new(Vector256.Abs(values.values));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Doubles256 ToExponents(Doubles256 values) => new(Vector256.ShiftLeft(values.values.AsInt64(), 52).AsDouble());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Doubles256 WhereAbove(Doubles256 left, Doubles256 right, Doubles256 above, Doubles256 otherwise) =>
        new(Vector256.ConditionalSelect(Vector256.GreaterThan(left.values, right.values), above.values, otherwise.values));
}
