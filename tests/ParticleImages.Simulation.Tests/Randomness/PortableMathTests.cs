using FsCheck.Xunit;

namespace ParticleImages.Simulation.Tests.Randomness;

public class PortableMathTests
{
    private const double Tolerance = 1e-14;

    [Property(MaxTest = 2000)]
    public void Exp_is_the_exponential(int number)
    {
        double x = 700.0 * number / int.MaxValue;
        Assert.InRange(PortableMath.Exp(x) / Math.Exp(x), 1 - Tolerance, 1 + Tolerance);
        Assert.InRange(PortableMath.Exp(x / 700) / Math.Exp(x / 700), 1 - Tolerance, 1 + Tolerance);
    }

    [Fact]
    public void Exp_is_exact_at_0_and_ends_at_0_and_infinity()
    {
        Assert.Equal(1, PortableMath.Exp(0));
        Assert.Equal(0, PortableMath.Exp(-701));
        Assert.Equal(double.PositiveInfinity, PortableMath.Exp(701));
        Assert.True(double.IsNaN(PortableMath.Exp(double.NaN)));
    }

    [Property(MaxTest = 2000)]
    public void Log_is_the_logarithm(int number)
    {
        double part = number / (double)int.MaxValue;
        foreach (double x in (ReadOnlySpan<double>)[Math.Exp(600 * part), 1 + (0.5 * part)])
        {
            double error = Math.Abs(PortableMath.Log(x) - Math.Log(x));
            Assert.True(error <= Tolerance * Math.Abs(Math.Log(x)), $"ln {x}: {error}");
        }
    }

    [Property(MaxTest = 2000)]
    public void Atan_is_the_arc_tangent(int number)
    {
        double x = 30.0 * number / int.MaxValue;
        Assert.Equal(Math.Atan(x), PortableMath.Atan(x), Tolerance);
    }

    [Fact]
    public void Pow_and_cosh_follow()
    {
        Assert.Equal(Math.Pow(50, 0.876), PortableMath.Pow(50, 0.876), 1e-12);
        Assert.Equal(Math.Cosh(-1.2), PortableMath.Cosh(-1.2), Tolerance);
    }
}
