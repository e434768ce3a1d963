using FsCheck.Xunit;
using ParticleImages.Networks.Engines.Sparse;

namespace ParticleImages.Networks.Tests.Engines;

/// <summary>Blocks of frames, taken to points and back, are a convolution along time.</summary>
public sealed class TimeBlocksTests
{
    /// <summary>Holds for every kernel, padding and number of frames that blocks are for.</summary>
    [Property]
    public void What_is_multiplied_point_by_point_is_the_convolution(int seed)
    {
        var random = new Random(seed);
        int taps = random.Next(4, 8);
        int frames = random.Next(taps, 40);
        Padding padding = random.Next(2) == 0 ? Padding.Same : Padding.Valid;
        var window = new SiteWindow(SiteGrid.Uniform(frames, 8, 8), new SlidingWindow(new Extent3d(taps, 3, 3), 1, padding));
        TimeBlocks blocks = TimeBlocks.For(window, channels: 64, isPerEvent: false)!;
        double[] input = [.. Enumerable.Range(0, frames).Select(_ => random.NextDouble() - 0.5)];
        double[] kernel = [.. Enumerable.Range(0, taps).Select(_ => random.NextDouble() - 0.5)];
        int points = TimeBlocks.Points;

        var output = new double[window.Output.Frames];
        for (int frame = 0; frame < frames; frame++)
        {
            int block = blocks.BlockOf(frame);
            Assert.InRange(frame - blocks.FirstFrame(block), 0, blocks.Length - 1);
        }

        for (int block = 0; block < blocks.Count; block++)
        {
            var product = new double[points];
            for (int point = 0; point < points; point++)
            {
                double value = Enumerable.Range(0, blocks.Length).Sum(i => blocks.FirstFrame(block) + i is var frame && frame >= 0 ? blocks.FramesByPoint[(i * points) + point] * input[frame] : 0);
                product[point] = value * Enumerable.Range(0, taps).Sum(tap => blocks.Taps[(point * taps) + tap] * kernel[tap]);
            }

            for (int frame = 0; frame < output.Length; frame++)
            {
                int shift = blocks.ShiftOf(frame, block);
                output[frame] += shift >= 0 && shift < points ? Enumerable.Range(0, points).Sum(point => blocks.Shifts[(shift * points) + point] * product[point]) : 0;
            }
        }

        for (int frame = 0; frame < output.Length; frame++)
        {
            double expected = Enumerable.Range(0, taps).Sum(tap => frame - window.Begins[0] + tap is var at && at >= 0 && at < frames ? kernel[tap] * input[at] : 0);
            Assert.Equal(expected, output[frame], 1e-5);
        }
    }

    [Theory]
    [InlineData(3, 1, 3, 64, false)]
    [InlineData(8, 1, 3, 64, false)]
    [InlineData(5, 2, 3, 64, false)]
    [InlineData(5, 1, 1, 64, false)]
    [InlineData(5, 1, 3, 64, true)]
    public void Where_they_would_not_pay_there_are_none(int taps, int stride, int size, int channels, bool isPerEvent)
    {
        var window = new SiteWindow(SiteGrid.Uniform(20, 8, 8), new SlidingWindow(new Extent3d(taps, size, size), new Extent3d(stride, 1, 1), Padding.Same));

        Assert.Null(TimeBlocks.For(window, channels, isPerEvent));
    }
}
