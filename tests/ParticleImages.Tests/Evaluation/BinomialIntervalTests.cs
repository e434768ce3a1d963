using ParticleImages.Evaluation;

namespace ParticleImages.Tests.Evaluation;

public class BinomialIntervalTests
{
    // Wilson's formula in numpy; none of n gives 0 to 1/(n + 1).
    [Theory]
    [InlineData(0.3, 20, 0.20907131852510008, 0.409976300522519)]
    [InlineData(0, 10, 0, 0.09090909090909091)]
    [InlineData(1, 10, 0.9090909090909091, 1)]
    [InlineData(0.5, 1, 0.1464466094067262, 0.8535533905932737)]
    public void The_ends_are_Wilsons(double fraction, int count, double low, double high)
    {
        BinomialInterval interval = BinomialInterval.Of(fraction, count);
        Assert.Equal(low, interval.Low, 1e-15);
        Assert.Equal(high, interval.High, 1e-15);
    }

    [Fact]
    public void The_fraction_is_always_inside()
    {
        for (int count = 1; count < 60; count++)
        {
            for (int passed = 0; passed <= count; passed++)
            {
                double fraction = (double)passed / count;
                BinomialInterval interval = BinomialInterval.Of(fraction, count);
                Assert.InRange(fraction, interval.Low, interval.High);
                Assert.InRange(interval.Low, 0, 1);
                Assert.InRange(interval.High, 0, 1);
                Assert.True(interval.Low < interval.High);
            }
        }
    }

    [Fact]
    public void What_is_no_fraction_of_events_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>("fraction", () => BinomialInterval.Of(1.01, 3));
        Assert.Throws<ArgumentOutOfRangeException>("fraction", () => BinomialInterval.Of(double.NaN, 3));
        Assert.Throws<ArgumentOutOfRangeException>("count", () => BinomialInterval.Of(0.5, 0));
    }
}
