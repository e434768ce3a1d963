using FsCheck.Xunit;

namespace ParticleImages.Voxelization.Tests;

[Properties(Arbitrary = [typeof(Seeds)])]
public sealed class VoxelScalingTests
{
    [Fact]
    public void Steps_are_taken_in_order()
    {
        Voxelizer voxelizer = Voxelizer.Over(TimeAxis.FromEdges(0, 1));
        var hits = new HitEvents(new ImageShape(1, 2), [0, 2], [0, 1], [0.5f, -0.25f], [1, 1], [0]);
        Assert.Equal([25, -12.5f], voxelizer.ScaleEnergy(VoxelScaling.GeV).Bin(hits).Voxels.ToArray());
        Assert.Equal(
            [(float)Math.Log(26), -(float)Math.Log(13.5)],
            voxelizer.ScaleEnergy(VoxelScaling.GeV, VoxelScaling.Log1p).Bin(hits).Voxels.ToArray());
        Assert.Equal(
            [(float)Math.Log(1.5) * 50, -(float)Math.Log(1.25) * 50],
            voxelizer.ScaleEnergy(VoxelScaling.Log1p, VoxelScaling.GeV).Bin(hits).Voxels.ToArray());
        Assert.Equal([MathF.Sqrt(0.5f), -0.5f], voxelizer.ScaleEnergy(VoxelScaling.SquareRoot).Bin(hits).Voxels.ToArray());
        Assert.Equal([1, -0.5f], voxelizer.ScaleEnergy(VoxelScaling.EventMaximum).Bin(hits).Voxels.ToArray());
    }

    [Property]
    public void The_logarithm_keeps_the_digits_of_small_energies(int seed)
    {
        var random = new Random(seed);
        double energy = random.NextDouble() * Math.Pow(10, random.Next(-30, 30));
        float[] values = [(float)energy];
        VoxelScaling.Log1p.Apply(values);

        // ln(1 + x) = 2 artanh(x / (2 + x)), another way that loses no digits.
        double x = (float)energy;
        double expected = x < 1 ? 2 * Math.Atanh(x / (2 + x)) : Math.Log(1 + x);
        Assert.InRange(values[0], expected * (1 - 1e-7), Math.Max(float.Epsilon, expected * (1 + 1e-7)));
    }

    [Fact]
    public void The_logarithm_of_the_largest_number_is_finite()
    {
        float[] values = [float.MaxValue, float.Epsilon, 0];
        VoxelScaling.Log1p.Apply(values);
        Assert.Equal([(float)Math.Log(float.MaxValue), float.Epsilon, 0], values);
    }

    [Property]
    public void Standardised_voxels_have_mean_0_and_deviation_1(int seed)
    {
        var input = new RandomCase(seed);
        HitEvents hits = HitEvents.From(input.Batch);
        Voxelizer voxelizer = (input.IsNotebook ? input.Full : input.Full.KeepTimeWithin(50)).KeepEnergyAbove(0).WithChannels(VoxelChannel.Energy, VoxelChannel.Time)
            .ScaleEnergy(VoxelScaling.Log1p, VoxelScaling.Standardise()).ScaleTime(VoxelScaling.Standardise());
        if (hits.Count == 0 || !HasSpread(voxelizer, hits))
        {
            return;
        }

        Voxelizer fitted = voxelizer.Fit(hits);
        VoxelGrid grid = fitted.Bin(hits);
        for (int channel = 0; channel < 2; channel++)
        {
            float[] values = [.. Enumerable.Range(0, grid.Count).SelectMany(index =>
                grid.Event(index).Slice(channel * grid.Shape.Voxels, grid.Shape.Voxels).ToArray())];
            double mean = values.Average(value => (double)value);
            Assert.Equal(0, mean, 1e-5);
            Assert.Equal(1, Math.Sqrt(values.Average(value => (value - mean) * (value - mean))), 1e-5);
        }

        Assert.True(Bits.Same(grid.Voxels, fitted.BinSparse(hits).ToDense().Voxels));
        Assert.Equal(fitted, Voxelizer.FromJson(fitted.ToJson()));
        Assert.Equal(fitted, fitted.Fit(hits));
    }

    /// <summary>The framework writes 2⁻²⁵ with a digit too few; found by the property above with the seed 181912605.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public void Every_power_of_2_of_float32_comes_back_from_JSON_with_its_bits(int sign)
    {
        for (int exponent = -149; exponent < 128; exponent++)
        {
            double power = Math.ScaleB(1, exponent);
            Voxelizer voxelizer = Voxelizer.Over(sign > 0 ? TimeAxis.FromEdges(0, power) : TimeAxis.FromEdges(-power, 0))
                .KeepEnergyAbove(power).ScaleEnergy(VoxelScaling.By(power));
            Assert.Equal(voxelizer, Voxelizer.FromJson(voxelizer.ToJson()));
        }
    }

    [Fact]
    public void Without_the_mean_empty_voxels_stay_0()
    {
        var hits = new HitEvents(new ImageShape(1, 4), [0, 1], [2], [3f], [0.5f], [0]);
        Voxelizer plain = Voxelizer.Over(TimeAxis.FromEdges(0, 1));

        // Of the values 0, 0, 3, 0 the mean is 3/4 and the variance 27/16.
        double deviation = Math.Sqrt(27 / 16.0);
        Assert.Equal(
            [0, 0, (float)(3 / deviation), 0],
            plain.ScaleEnergy(VoxelScaling.Standardise(subtractMean: false)).Fit(hits).Bin(hits).Voxels.ToArray());
        Voxelizer centred = plain.ScaleEnergy(VoxelScaling.Standardise()).Fit(hits);
        float empty = (float)(-0.75 / deviation);
        Assert.Equal([empty, empty, (float)(2.25 / deviation), empty], centred.Bin(hits).Voxels.ToArray());
        Assert.Equal([empty], centred.BinSparse(hits).Background.ToArray());
        Assert.Equal((0.75, deviation), (centred.EnergyScaling[0].Mean, centred.EnergyScaling[0].Deviation));
    }

    [Fact]
    public void Voxels_without_a_spread_are_not_standardised()
    {
        var hits = new HitEvents(new ImageShape(1, 4), [0, 0], [], [], [], [0]);
        Voxelizer voxelizer = Voxelizer.Over(TimeAxis.FromEdges(0, 1)).ScaleEnergy(VoxelScaling.Standardise());
        var failure = Assert.Throws<InvalidOperationException>(() => voxelizer.Fit(hits));
        Assert.Contains("standard deviation of the energy in all 4 voxels is 0", failure.Message, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => voxelizer.Bin(hits));
    }

    [Fact]
    public void The_scaling_of_a_channel_that_is_not_shown_needs_no_data()
    {
        var hits = new HitEvents(new ImageShape(1, 4), [0, 1], [2], [3f], [0f], [0]);
        Voxelizer voxelizer = Voxelizer.Over(TimeAxis.FromEdges(-1, 1)).ScaleTime(VoxelScaling.Standardise());
        Assert.True(voxelizer.IsFitted);
        Assert.Equal(voxelizer, voxelizer.Fit(hits));
        Assert.Equal(3, voxelizer.Bin(hits)[0, 0, 0, 2]);
        Voxelizer both = voxelizer.ScaleEnergy(VoxelScaling.Standardise());
        Assert.Equal(both.Fit(hits).EnergyScaling, voxelizer.ScaleTime().ScaleEnergy(VoxelScaling.Standardise()).Fit(hits).EnergyScaling);
    }

    [Fact]
    public void A_stored_mean_that_is_not_subtracted_is_refused()
    {
        string json = Voxelizer.Over(TimeAxis.FromEdges(0, 1)).ScaleEnergy(VoxelScaling.Standardise(subtractMean: false).Fitted(0, 2)).ToJson();
        Assert.Equal(2, Assert.Single(Voxelizer.FromJson(json).EnergyScaling).Deviation);
        Assert.Contains("Without subtracting", Assert.Throws<FormatException>(
            () => Voxelizer.FromJson(json.Replace("\"mean\": 0", "\"mean\": 7", StringComparison.Ordinal))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_standardisation_is_the_last_step()
    {
        Voxelizer voxelizer = Voxelizer.Over(TimeAxis.FromEdges(0, 1));
        var failure = Assert.Throws<ArgumentException>(
            "steps", () => voxelizer.ScaleEnergy(VoxelScaling.Standardise(), VoxelScaling.Log1p));
        Assert.Contains("Step 1 of 2", failure.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>("steps", () => voxelizer.ScaleTime(VoxelScaling.Log1p, null!));
    }

    [Fact]
    public void Steps_say_what_they_do()
    {
        Assert.Equal("× 50", VoxelScaling.GeV.ToString());
        Assert.Equal(VoxelScaling.By(50), VoxelScaling.GeV);
        Assert.Equal(
            "1 bin from 0 to 1, exclusive, channels Energy and Hit, energy × 50, then log1p, then standardised, yet to be fitted",
            Voxelizer.Over(TimeAxis.FromEdges(0, 1)).WithChannels(VoxelChannel.Energy, VoxelChannel.Hit)
                .ScaleEnergy(VoxelScaling.GeV, VoxelScaling.Log1p, VoxelScaling.Standardise()).ToString());
        Assert.Equal("(x − 0.25) ÷ 2", VoxelScaling.Standardise().Fitted(0.25, 2).ToString());
    }

    // Otherwise Fit refuses, which another test is about.
    private static bool HasSpread(Voxelizer voxelizer, HitEvents hits)
    {
        VoxelGrid grid = voxelizer.ScaleEnergy(VoxelScaling.Log1p).ScaleTime().Bin(hits);
        return !grid.Voxels.ContainsAnyExceptInRange(float.MinValue, float.MaxValue) && Enumerable.Range(0, 2).All(channel => Enumerable.Range(0, grid.Count).SelectMany(index =>
            grid.Event(index).Slice(channel * grid.Shape.Voxels, grid.Shape.Voxels).ToArray()).Distinct().Count() > 1);
    }
}
