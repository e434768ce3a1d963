using TorchSharp;

namespace ParticleImages.Networks.Tests;

public sealed class ScalarTests
{
    /// <summary>Holds for these tests: what engines are judged by is as much at risk as they are, and one freed scalar in a thousand runs is a failure that nobody can repeat.</summary>
    [Fact]
    public void No_test_makes_a_scalar_that_nothing_holds() =>
        Assert.Empty(HiddenScalars.In(typeof(Scalar).Assembly.Location, typeof(ScalarTests).Assembly.Location));
}
