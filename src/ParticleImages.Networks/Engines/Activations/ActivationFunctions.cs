using System.Runtime.CompilerServices;
using ParticleImages.Networks.Engines.Lanes;

namespace ParticleImages.Networks.Engines.Activations;

/// <summary>max(0, x); NaN stays.</summary>
internal readonly struct Relu : IActivationFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (T Value, T Derivative) Of<T>(T x)
        where T : struct, IDoubles<T> => (T.WhereAbove(0, x, 0, x), T.WhereAbove(x, 0, 1, 0));
}

/// <summary>min(max(0, x), 6); NaN stays.</summary>
internal readonly struct Relu6 : IActivationFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (T Value, T Derivative) Of<T>(T x)
        where T : struct, IDoubles<T> => (T.WhereAbove(x, 6, 6, T.WhereAbove(0, x, 0, x)), T.WhereAbove(x, 0, T.WhereAbove(6, x, 1, 0), 0));
}

/// <summary>x above 0, x / 100 below.</summary>
internal readonly struct LeakyRelu : IActivationFunction
{
    private const double Slope = 0.01;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (T Value, T Derivative) Of<T>(T x)
        where T : struct, IDoubles<T> => (T.WhereAbove(x, 0, x, Slope * x), T.WhereAbove(x, 0, 1, Slope));
}

/// <summary>x above 0, eˣ − 1 below.</summary>
internal readonly struct Elu : IActivationFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (T Value, T Derivative) Of<T>(T x)
        where T : struct, IDoubles<T>
    {
        T e = Exponentials.Exp(x);
        return (T.WhereAbove(x, 0, x, Exponentials.LessOne(x, e)), T.WhereAbove(x, 0, 1, e));
    }
}

/// <summary>λ x above 0, λ α (eˣ − 1) below.</summary>
internal readonly struct Selu : IActivationFunction
{
    // Klambauer et al., arXiv 1706.02515.
    private const double Lambda = 1.0507009873554804934193349852946;
    private const double Alpha = 1.6732632423543772848170429916717;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (T Value, T Derivative) Of<T>(T x)
        where T : struct, IDoubles<T>
    {
        T e = Exponentials.Exp(x);
        return (T.WhereAbove(x, 0, Lambda * x, Lambda * Alpha * Exponentials.LessOne(x, e)), T.WhereAbove(x, 0, Lambda, Lambda * Alpha * e));
    }
}

/// <summary>The hyperbolic tangent, by e^(−2|x|), which does not overflow.</summary>
internal readonly struct Tanh : IActivationFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (T Value, T Derivative) Of<T>(T x)
        where T : struct, IDoubles<T>
    {
        T twice = -2 * T.Abs(x);
        T e = Exponentials.Exp(twice);
        T one = 1;
        T share = one / (1 + e);
        T size = -Exponentials.LessOne(twice, e) * share;
        return (T.WhereAbove(0, x, -size, size), 4 * e * share * share);
    }
}

/// <summary>1 / (1 + e⁻ˣ).</summary>
internal readonly struct Sigmoid : IActivationFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (T Value, T Derivative) Of<T>(T x)
        where T : struct, IDoubles<T>
    {
        T e = Exponentials.Exp(-T.Abs(x));
        T share = (T)1 / (1 + e);
        return (T.WhereAbove(x, 0, share, e * share), e * share * share);
    }
}

/// <summary>x / (1 + e⁻ˣ).</summary>
internal readonly struct Silu : IActivationFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (T Value, T Derivative) Of<T>(T x)
        where T : struct, IDoubles<T>
    {
        (T gate, T slope) = Sigmoid.Of(x);
        return (x * gate, gate + (x * slope));
    }
}

/// <summary>ln(1 + eˣ).</summary>
internal readonly struct Softplus : IActivationFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (T Value, T Derivative) Of<T>(T x)
        where T : struct, IDoubles<T>
    {
        T e = Exponentials.Exp(-T.Abs(x));
        T logarithm = Exponentials.LogOfOneAnd(e);
        T share = (T)1 / (1 + e);
        return (T.WhereAbove(x, 0, x + logarithm, logarithm), T.WhereAbove(x, 0, share, e * share));
    }
}

/// <summary>x / (1 + |x|).</summary>
internal readonly struct Softsign : IActivationFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (T Value, T Derivative) Of<T>(T x)
        where T : struct, IDoubles<T>
    {
        T below = 1 + T.Abs(x);
        return (x / below, (T)1 / (below * below));
    }
}

/// <summary>x tanh(ln(1 + eˣ)); with e = e^(−|x|) the tangent is a fraction of polynomials of e.</summary>
internal readonly struct Mish : IActivationFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (T Value, T Derivative) Of<T>(T x)
        where T : struct, IDoubles<T>
    {
        // ((1 + eˣ)² − 1) / ((1 + eˣ)² + 1); above 0 both are divided by e²ˣ.
        T e = Exponentials.Exp(-T.Abs(x));
        T numerator = T.WhereAbove(x, 0, 1 + (2 * e), e * (2 + e));
        T two = T.WhereAbove(x, 0, 2 * e * e, 2);
        T share = (T)1 / (numerator + two);
        T gate = numerator * share;

        // 1 − gate² = (two / (n + two)) (2 n + two) / (n + two).
        T rest = two * share * ((2 * numerator) + two) * share;
        T sigmoid = T.WhereAbove(x, 0, 1, e) / (1 + e);
        return (x * gate, gate + (x * rest * sigmoid));
    }
}

/// <summary>x times the normal distribution's integral up to x.</summary>
internal readonly struct Gelu : IActivationFunction
{
    private const double OneBySqrtTwo = 0.70710678118654752;
    private const double OneBySqrtTwoPi = 0.39894228040143268;
    private const double Middle = 3;

    // e^(z²) erfc(z) (z + 3), for z from 0 to ∞, in powers of t = (z − 3) / (z + 3): the Chebyshev series of degree 16 of values to 40 digits by the series and
    // the continued fraction of NIST DLMF 7.6.2 and 7.9.1. The largest relative error is 1.7e-12.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Polynomial<T>(T t)
        where T : struct, IDoubles<T>
    {
        // Written out, since the compiler does not unroll a loop of this length.
        T sum = T.MultiplyAdd(-2.290802919602484e-7, t, 3.99345438495402e-7);
        sum = T.MultiplyAdd(sum, t, 2.451684989699476e-6);
        sum = T.MultiplyAdd(sum, t, -3.890431387709725e-6);
        sum = T.MultiplyAdd(sum, t, -1.716527409914362e-5);
        sum = T.MultiplyAdd(sum, t, 2.967910833220344e-5);
        sum = T.MultiplyAdd(sum, t, 0.0001073859518187849);
        sum = T.MultiplyAdd(sum, t, -0.0002764204590534058);
        sum = T.MultiplyAdd(sum, t, -0.0005482499541820743);
        sum = T.MultiplyAdd(sum, t, 0.00303395909117094);
        sum = T.MultiplyAdd(sum, t, -0.001212428100764186);
        sum = T.MultiplyAdd(sum, t, -0.02682721871992589);
        sum = T.MultiplyAdd(sum, t, 0.1195277623947261);
        sum = T.MultiplyAdd(sum, t, -0.3104672630123988);
        sum = T.MultiplyAdd(sum, t, 0.590228357062846);
        sum = T.MultiplyAdd(sum, t, -0.883394453147105);
        return T.MultiplyAdd(sum, t, 1.074006907088594);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (T Value, T Derivative) Of<T>(T x)
        where T : struct, IDoubles<T>
    {
        T share = (T)1 / ((T.Abs(x) * OneBySqrtTwo) + Middle);
        T t = 1 - (2 * Middle * share);
        T bell = Exponentials.Exp(-0.5 * x * x);
        T beyond = 0.5 * bell * Polynomial(t) * share;
        T integral = T.WhereAbove(x, 0, 1 - beyond, beyond);
        return (x * integral, integral + (x * bell * OneBySqrtTwoPi));
    }
}

/// <summary>eˣ.</summary>
internal readonly struct Exponential : IActivationFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (T Value, T Derivative) Of<T>(T x)
        where T : struct, IDoubles<T>
    {
        T e = Exponentials.Exp(x);
        return (e, e);
    }
}
