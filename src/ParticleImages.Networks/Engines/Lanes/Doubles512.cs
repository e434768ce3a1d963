using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace ParticleImages.Networks.Engines.Lanes;

/// <summary>Eight values.</summary>
internal readonly unsafe struct Doubles512(Vector512<double> values) : IDoubles<Doubles512>
{
    private readonly Vector512<double> values = values;

    public static int Width => Vector512<double>.Count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static implicit operator Doubles512(double value) => new(Vector512.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Doubles512 operator +(Doubles512 left, Doubles512 right) => new(left.values + right.values);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Doubles512 operator -(Doubles512 left, Doubles512 right) => new(left.values - right.values);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Doubles512 operator *(Doubles512 left, Doubles512 right) => new(left.values * right.values);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Doubles512 operator /(Doubles512 left, Doubles512 right) => new(left.values / right.values);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Doubles512 operator -(Doubles512 value) => new(-value.values);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Doubles512 MultiplyAdd(Doubles512 left, Doubles512 right, Doubles512 addend) => new(Vector512.MultiplyAddEstimate(left.values, right.values, addend.values));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Doubles512 Load(float* from) => new(Vector512.WidenLower(Vector256.Load(from).ToVector512Unsafe()));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Doubles512 values, float* to) => Vector512.Narrow(values.values, values.values).GetLower().Store(to);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Doubles512 Abs(Doubles512 values) => new(Vector512.Abs(values.values));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Doubles512 ToExponents(Doubles512 values) => new(Vector512.ShiftLeft(values.values.AsInt64(), 52).AsDouble());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Doubles512 WhereAbove(Doubles512 left, Doubles512 right, Doubles512 above, Doubles512 otherwise) =>
        new(Vector512.ConditionalSelect(Vector512.GreaterThan(left.values, right.values), above.values, otherwise.values));
}
