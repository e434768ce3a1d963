using ParticleImages.Plotting.Drawing;
using ParticleImages.Voxelization;
using SkiaSharp;

namespace ParticleImages.Plotting.Tests;

public class MoviePictureTests
{
    private static readonly ImageShape Small = new(4, 6);

    // Hits of 1 GeV at −3 ns and of 10 GeV at 1 ns.
    private static readonly EventBatch Events = Samples.Batch(Small, [0, 1], (1, 0, 1, 0.02f, -0.06f), (1, 3, 5, 0.2f, 0.02f));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_movie_shows_each_hit_in_its_frames_in_the_colour_of_its_energy(bool isCumulative)
    {
        Voxelizer voxelizer = isCumulative ? Samples.Bins.Cumulative() : Samples.Bins;
        using var folder = new TemporaryFolder();
        Picture.Movie(voxelizer, Events, 1).FrameTime(125).Save(folder["movie.gif"]);
        using SKCodec codec = SKCodec.Create(folder["movie.gif"]);
        Assert.Equal(4, codec.FrameCount);
        Assert.Equal(-1, codec.RepetitionCount);
        Assert.All(codec.FrameInfo, frame => Assert.Equal(130, frame.Duration));

        ImageGrid grid = ImageGrid.Within(
            new ScottPlot.PixelRect(0, codec.Info.Width, codec.Info.Height, 0), Small, columns: 1, count: 1, heading: 68, leastSide: 64);
        ColorScale scale = ColorScale.Logarithmic([0.02f * 50, 0.2f * 50]);
        using var bitmap = new SKBitmap(codec.Info);
        for (int i = 0; i < 4; i++)
        {
            codec.GetPixels(bitmap.Info, bitmap.GetPixels(), new SKCodecOptions(i, i - 1));
            AssertCell(row: 0, column: 1, isCumulative || i == 0 ? scale.ColorOf(1) : null);
            AssertCell(row: 3, column: 5, isCumulative ? (i >= 2 ? scale.ColorOf(10) : null) : (i == 2 ? scale.ColorOf(10) : null));
            AssertCell(row: 2, column: 2, null);
        }

        void AssertCell(int row, int column, ScottPlot.Color? expected)
        {
            ScottPlot.PixelRect cells = grid.Cells(0);
            float cell = cells.Width / Small.Width;
            SKColor found = bitmap.GetPixel((int)(cells.Left + ((column + 0.5f) * cell)), (int)(cells.Bottom - ((row + 0.5f) * cell)));
            SKColor wanted = expected?.ToSKColor() ?? SKColors.White;
            Assert.InRange(Math.Abs(found.Red - wanted.Red) + Math.Abs(found.Green - wanted.Green) + Math.Abs(found.Blue - wanted.Blue), 0, 8);
        }
    }

    [Fact]
    public void The_sheet_has_every_frame_with_its_interval()
    {
        string[] texts = Svg.Of(Picture.Movie(Samples.Bins, Events, 1)).Texts;
        Assert.Equal(
            ["−5.00 < t ≤ −2.50 ns", "−2.50 < t ≤ 0.00 ns", "0.00 < t ≤ 2.50 ns", "2.50 < t ≤ 5.00 ns"],
            texts.Where(text => text.EndsWith(" ns", StringComparison.Ordinal)));
        Assert.Contains("electron, event 1", texts);
    }

    [Fact]
    public void An_interval_says_what_a_frame_holds()
    {
        Assert.Equal("−5.00 < t ≤ 0.00 ns", Interval(Samples.Bins.Cumulative(), frame: 1));
        Assert.Equal("−5.000 < t ≤ −4.505 ns", Interval(Voxelizer.Over(TimeAxis.Range(-0.1, 0.1, 0.0099)), frame: 0));
        Assert.Equal("t ≤ 0.00 ns", Interval(Voxelizer.NotebookCompatible(-0.05, 0.05, 0.05).Cumulative(), frame: 0));
        Assert.Equal("frame 2 of 2: never filled", Interval(Voxelizer.NotebookCompatible(-0.05, 0.05, 0.05), frame: 1));
        Voxelizer own = Voxelizer.Over(TimeAxis.DistinctTimes(5));
        Assert.Equal(["frame 1 of 5: t = −3 ns", "frame 2 of 5: t = 1 ns", "frame 3 of 5"], Enumerable.Range(0, 3).Select(frame => Interval(own, frame)));
        Assert.Equal("frame 2 of 5: t ≤ 1 ns", Interval(own.Cumulative(), frame: 1));
    }

    [Fact]
    public void An_interval_has_no_end_where_the_axis_takes_in_what_lies_beyond()
    {
        Voxelizer nearest = Voxelizer.Over(TimeAxis.Regular(-0.1, 0.1, bins: 4).Outside(OutsideTime.Nearest));
        Assert.Equal(["t ≤ −2.50 ns", "−2.50 < t ≤ 0.00 ns", "0.00 < t ≤ 2.50 ns", "t > 2.50 ns"], Enumerable.Range(0, 4).Select(frame => Interval(nearest, frame)));
        Assert.Equal(["t ≤ −2.50 ns", "t ≤ 0.00 ns", "t ≤ 2.50 ns", "all times"], Enumerable.Range(0, 4).Select(frame => Interval(nearest.Cumulative(), frame)));
        Assert.Equal("all times", Interval(Voxelizer.Over(TimeAxis.Regular(-0.1, 0.1, bins: 1).Outside(OutsideTime.Nearest)), frame: 0));

        // What the captions say holds for a hit at +40 ns, which stands in the last frame.
        EventBatch late = Samples.Batch(Small, [1], (0, 1, 1, 0.1f, 0.8f));
        Assert.Equal([0, 0, 0, 1], EventFrames.Of(nearest, late, PictureUnits.PublicFiles).Values.Select(frame => frame.Count));
    }

    [Fact]
    public void Rows_and_columns_of_a_crop_are_numbered_as_in_the_image()
    {
        EventBatch hot = Samples.Batch(ImageShape.Crop32, [1], (0, 20, 9, 1f, 0f));
        Assert.Equal((11, 11), EventFrames.Of(Samples.Bins.Crop(10), hot, PictureUnits.PublicFiles).First);
        Assert.Equal((15, 4), EventFrames.Of(Samples.Bins.CropAroundHottest(10), hot, PictureUnits.PublicFiles).First);
        Assert.Equal((0, 0), EventFrames.Of(Samples.Bins, hot, PictureUnits.PublicFiles).First);
        int[] numbers = [.. Svg.Of(Picture.Movie(Samples.Bins.CropAroundHottest(10), hot, 0)).Texts.Where(text => int.TryParse(text, out _)).Select(int.Parse).Where(number => number > 1)];
        Assert.Equal([5, 10], numbers.Where(number => number < 14).Distinct().Order());
        Assert.Equal([15, 20], numbers.Where(number => number is > 14 and < 30).Distinct().Order());
    }

    [Fact]
    public void Words_do_not_reach_out_of_a_narrow_movie()
    {
        using var folder = new TemporaryFolder();
        Picture.Movie(Voxelizer.Over(TimeAxis.Range(-0.1, 0.1, 0.0099)).Cumulative(), Events, 1).Size(240, 340).Save(folder["movie.gif"]);
        using SKBitmap first = SKBitmap.Decode(folder["movie.gif"]);
        Assert.All(Enumerable.Range(0, 60), y => Assert.Equal(SKColors.White, first.GetPixel(first.Width - 3, y)));
        Assert.Contains(Enumerable.Range(0, 60), y => first.GetPixel(first.Width - 30, y) != SKColors.White);
    }

    /// <summary>GIF counts pixels in 16 bits: 80 000 would become 14 464.</summary>
    [Fact]
    public void More_pixels_than_a_gif_can_have_are_refused_and_the_old_file_stays()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["movie.gif"], "old");
        Assert.Contains("80000 × 3200 pixels; a GIF has at most 65535", Assert.Throws<InvalidOperationException>(
            () => Picture.Movie(Samples.Bins, Events, 1).Size(10_000, 400).Scale(8).Save(folder["movie.gif"])).Message, StringComparison.Ordinal);
        Assert.Contains("no memory for frames of 60000 × 60000 pixels", Assert.Throws<InvalidOperationException>(
            () => Picture.Movie(Samples.Bins, Events, 1).Size(10_000, 10_000).Scale(6).Save(folder["movie.gif"])).Message, StringComparison.Ordinal);
        Assert.Equal("old", File.ReadAllText(folder["movie.gif"]));
    }

    /// <summary>256 frames of 32 × 32 voxels are 1 MB.</summary>
    [Fact]
    public void Only_saving_bins()
    {
        Voxelizer fine = Voxelizer.Over(TimeAxis.Regular(-0.1, 0.1, bins: 256));
        Draw(fine);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Draw(fine);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 1, 200_000);

        static void Draw(Voxelizer voxelizer)
        {
            Picture.Movie(voxelizer, Samples.TwoEvents, 0).Units(1, 1).Title("a").FrameTime(100);
            Picture.Projections(voxelizer, Samples.TwoEvents, 0).Units(1, 1).Title("a").Size(800, 800);
        }
    }

    [Fact]
    public void Energies_are_in_GeV_whatever_the_voxelizer_makes_of_them()
    {
        Voxelizer scaled = Samples.Bins.ScaleEnergy(VoxelScaling.Log1p, VoxelScaling.Standardise()).WithChannels(VoxelChannel.Hit).Project(VoxelProjection.XT);
        Assert.Equal(
            EventFrames.Of(Samples.Bins, ChosenEvent.Of(Events, 1).One, PictureUnits.PublicFiles).AllValues,
            EventFrames.Of(scaled, ChosenEvent.Of(Events, 1).One, PictureUnits.PublicFiles).AllValues);
    }

    [Fact]
    public void A_larger_scale_makes_larger_frames()
    {
        using var folder = new TemporaryFolder();
        Picture.Movie(Samples.Bins, Events, 1).Size(400, 420).Scale(1.5).Save(folder["movie.gif"]);
        using SKCodec codec = SKCodec.Create(folder["movie.gif"]);
        Assert.Equal((600, 630), (codec.Info.Width, codec.Info.Height));
    }

    [Fact]
    public void An_event_without_hits_says_so_in_movie_and_sheet()
    {
        MoviePicture picture = Picture.Movie(Samples.Bins, Events, 0);
        Assert.Contains(MovieFrame.Nothing, Svg.Of(picture).Texts);
        using var folder = new TemporaryFolder();
        picture.Save(folder["movie.gif"]);
        using SKBitmap first = SKBitmap.Decode(folder["movie.gif"]);
        Assert.True(first.Pixels.Count(pixel => pixel != SKColors.White) > 2000);
    }

    [Fact]
    public void Only_movies_are_gifs()
    {
        using var folder = new TemporaryFolder();
        Assert.Contains(".png or .svg: end", Assert.Throws<ArgumentException>(
            "path", () => Picture.Events(Events).Save(folder["a.gif"])).Message, StringComparison.Ordinal);
        Assert.Contains(".gif, .png or .svg", Assert.Throws<ArgumentException>(
            "path", () => Picture.Movie(Samples.Bins, Events, 1).Save(folder["a.html"])).Message, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder.Path));
    }

    [Fact]
    public void What_makes_no_movie_is_refused()
    {
        Assert.Contains("256 at most", Assert.Throws<ArgumentException>(
            "voxelizer", () => Picture.Movie(Voxelizer.Over(TimeAxis.Regular(0, 1, 257)), Events, 0)).Message, StringComparison.Ordinal);
        Assert.Contains("no event", Assert.Throws<ArgumentException>(
            "events", () => Picture.Movie(Samples.Bins, Samples.Batch(Small, []), 0)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>("index", () => Picture.Movie(Samples.Bins, Events, 2));
        Assert.Throws<InvalidOperationException>(() => Picture.Movie(Voxelizer.Over(TimeAxis.Quantiles(3)), Events, 0));
        Assert.Throws<ArgumentOutOfRangeException>("milliseconds", () => Picture.Movie(Samples.Bins, Events, 0).FrameTime(19));
        using var folder = new TemporaryFolder();
        Assert.Contains("larger size", Assert.Throws<InvalidOperationException>(
            () => Picture.Movie(Samples.Bins, Events, 0).Size(200, 200).Save(folder["a.gif"])).Message, StringComparison.Ordinal);
    }

    private static string Interval(Voxelizer voxelizer, int frame) =>
        EventFrames.Of(voxelizer, ChosenEvent.Of(Events, 1).One, PictureUnits.PublicFiles).TimeOf(frame);
}
