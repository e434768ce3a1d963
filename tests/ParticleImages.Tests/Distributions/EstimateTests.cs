namespace ParticleImages.Tests.Distributions;

public class EstimateTests
{
    [Theory]
    [InlineData(0.73428, 0.00781, 0, "0.7343 ± 0.0078")]
    [InlineData(0.73428, 0.3, 3, "0.734 ± 0.300")]
    [InlineData(0.99986, 0.0000412, 3, "0.999860 ± 0.000041")]
    [InlineData(12.34, 0.996, 0, "12.3 ± 1.0")]
    [InlineData(1234.5, 120.0, 0, "1234 ± 120")]
    [InlineData(1, 0.0, 0, "1.000 (error unknown)")]
    [InlineData(0.5, null, 4, "0.5000 (error unknown)")]
    [InlineData(0.5, double.PositiveInfinity, 0, "0.500 (error unknown)")]
    public void As_text_it_ends_with_the_second_digit_of_the_error(double value, double? error, int decimals, string expected) =>
        Assert.Equal(expected, new Estimate(value, error).ToString(decimals));

    [Fact]
    public void Decimals_that_no_number_has_are_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>("leastDecimals", () => new Estimate(1, 0.1).ToString(-1));
}
