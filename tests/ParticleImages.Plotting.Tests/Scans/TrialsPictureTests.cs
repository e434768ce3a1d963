using ParticleImages.Search;

namespace ParticleImages.Plotting.Tests;

public class TrialsPictureTests
{
    [Fact]
    public void The_line_goes_down_to_each_better_trial_and_on_to_the_last()
    {
        Svg drawn = Svg.Of(Picture.Trials(Values(0.6, 0.4, 0.5, 0.3, 0.7)));
        (double X, double Y)[] line = drawn.Lines(ScanColors.Best).Single(line => line.Length > 2);
        (double X, double Y)[] dots = [.. drawn.Circles(ScanColors.Finished).Where(dot => dot.X > 104 && dot.Y > 40).OrderBy(dot => dot.X)];
        Assert.Equal(5, dots.Length);
        AssertNear(dots[0], line[0]);
        Assert.Contains(line, point => Near(point, dots[1]));
        Assert.Contains(line, point => Near(point, dots[3]));
        Assert.DoesNotContain(line, point => Near(point, dots[2]));
        AssertNear((dots[4].X, dots[3].Y), line[^1]);
        Assert.Contains("best so far: at last 0.3 (trial 3)", drawn.Texts);
        Assert.Contains("val_loss (less is better)", drawn.Texts);
    }

    [Fact]
    public void What_is_made_large_has_a_line_that_rises()
    {
        Svg drawn = Svg.Of(Picture.Trials(ScanSamples.Of(ScanSamples.Two, [Made(0.6), Made(0.8), Made(0.7)], "val_auc")));
        (double X, double Y)[] line = drawn.Lines(ScanColors.Best).Single(line => line.Length > 2);
        Assert.True(line[^1].Y < line[0].Y);
        Assert.Contains("best so far: at last 0.8 (trial 1)", drawn.Texts);
        Assert.Contains("val_auc (more is better)", drawn.Texts);
    }

    [Fact]
    public void Trials_without_a_value_have_rows_of_their_own_and_pruned_ones_triangles()
    {
        ScanResult scan = ScanSamples.Of(
            ScanSamples.Two,
            [Made(0.5), new(ScanSamples.Point(0, 0), TrialState.Failed), new(ScanSamples.Point(0, 1), TrialState.Infeasible), new(ScanSamples.Point(1, 1), TrialState.Pruned, new MetricValue(0.8)), new(ScanSamples.Point(1, 0), TrialState.Running)]);
        Svg drawn = Svg.Of(Picture.Trials(scan));
        Assert.Equal(["failed", "infeasible", "running"], drawn.Texts.Where(text => text is "failed" or "infeasible" or "running"));
        Assert.Contains("pruned: 1, at their last report", drawn.Texts);

        // One in the plot and one in the legend.
        Assert.Equal(2, drawn.Shapes(ScanColors.Pruned).Count);
        Assert.DoesNotContain("failed", Svg.Of(Picture.Trials(Values(1, 2))).Texts);
    }

    [Fact]
    public void A_value_far_beyond_the_others_is_at_the_edge_and_counted()
    {
        double[] usual = [.. Enumerable.Range(0, 20).Select(i => 0.5 + (0.01 * i))];
        Svg drawn = Svg.Of(Picture.Trials(Values([.. usual, 1e9])));
        Assert.Contains("1 far worse, at the edge", drawn.Texts);
        Assert.DoesNotContain(drawn.Texts, text => text.Contains("e9", StringComparison.Ordinal));

        // Far better is never left out.
        Assert.DoesNotContain(Svg.Of(Picture.Trials(Values([.. usual, -1e9]))).Texts, text => text.Contains("edge", StringComparison.Ordinal));
    }

    [Fact]
    public void Repeats_are_one_mark_with_a_bar_and_what_is_like_the_best_has_a_ring()
    {
        Svg drawn = Svg.Of(Picture.Trials(ScanSamples.Repeated));
        int alike = ScanSamples.Repeated.Configurations.Count(result => result.IsLikeBest() == true);
        Assert.InRange(alike, 2, 39);
        Assert.Equal(alike + 1, drawn.Circles(ScanColors.LikeBest).Count);
        Assert.Equal(40 + 1, drawn.Circles(ScanColors.Finished).Count);
        Assert.Contains($"like the best within 2 standard errors: {alike}", drawn.Texts);
        Assert.Contains("finished: 40 means ± standard error", drawn.Texts);
        Assert.Contains("Configuration", drawn.Texts);

        // Nobody knows what is like the best in the second objective.
        Assert.Empty(Svg.Of(Picture.Trials(ScanSamples.Repeated).Objective("val_auc")).Circles(ScanColors.LikeBest));
    }

    /// <summary>In four digits the best was above everything on its own axis.</summary>
    [Fact]
    public void What_is_nearly_equal_is_told_apart()
    {
        ScanResult scan = ScanSamples.Of(ScanSamples.Two, [.. Enumerable.Range(0, 30).Select(i => ScanSamples.Made(0.03 * i, 0.01 * (i * 7 % 30), 0.9991 + (0.00001 * (i % 9))))], "val_auc");
        Assert.Contains("best so far: at last 0.99918 (trial 8)", Svg.Of(Picture.Trials(scan)).Texts);
        Assert.Contains("the best: 0.99918 (trial 8)", Svg.Of(Picture.Slices(scan)).Texts);
        Assert.Contains("the best: 0.99918", Svg.Of(Picture.Contour(scan, "x", "y")).Texts);
        string[] axis = [.. Svg.Of(Picture.ParallelCoordinates(scan)).Texts.Where(text => text.StartsWith("0.999", StringComparison.Ordinal))];
        Assert.Equal(["0.9991", "0.99912", "0.99914", "0.99916", "0.99918"], axis.Order());
    }

    [Fact]
    public void Without_errors_what_came_to_the_same_as_the_best_is_called_equal()
    {
        string[] texts = Svg.Of(Picture.Trials(Values(0.5, 0.4, 0.4, 0.6))).Texts;
        Assert.Contains("equal to the best: 2", texts);
        Assert.DoesNotContain(texts, text => text.Contains("standard error", StringComparison.Ordinal));
        Assert.DoesNotContain(Svg.Of(Picture.Trials(Values(0.5, 0.4, 0.6))).Texts, text => text.Contains("to the best", StringComparison.Ordinal));
    }

    [Fact]
    public void What_is_far_beyond_the_others_is_counted_by_every_picture()
    {
        ScanResult scan = ScanSamples.Of(ScanSamples.Two, [.. Enumerable.Range(0, 20).Select(i => ScanSamples.Made(0.05 * i, 0.05 * (i * 7 % 20), i is 7 or 11 ? 100 : 0.4 + (0.01 * i)))]);
        Svg lines = Svg.Of(Picture.ParallelCoordinates(scan)), map = Svg.Of(Picture.Contour(scan, "x", "y"));
        Assert.Contains("2 far worse, at the edge", lines.Texts);
        Assert.Contains("2 far worse, worst colour in the map", map.Texts);

        // At the edge of the lines one mark, on the map one each, and one in each legend.
        Assert.Equal(1 + 1, BlackShapes(lines));
        Assert.Equal(2 + 1, BlackShapes(map));
        Assert.DoesNotContain(Svg.Of(Picture.Contour(ScanSamples.Many(20), "x", "y")).Texts, text => text.Contains("far worse", StringComparison.Ordinal));

        // Black is what a shape is filled with unless it says otherwise.
        static int BlackShapes(Svg drawn) => drawn.Named("path").Count(path => path.Attribute("fill") is null && path.Attribute("stroke") is null);
    }

    /// <summary>The distance of the greatest and the least number is infinite, and an axis between them no axis.</summary>
    [Fact]
    public void Numbers_that_are_nearly_infinite_are_not_drawn()
    {
        ScanResult within = Values(9e306, -9e306, 1), mixed = Values([.. Enumerable.Range(0, 12).Select(i => i % 3 == 0 ? 1.7e308 : i % 3 == 1 ? -1.7e308 : i)]), all = Values(1.7e308, -1.7e308, double.NaN);
        foreach (Func<ScanResult, Picture> picture in new Func<ScanResult, Picture>[] { Picture.Trials, Picture.Slices, Picture.ParallelCoordinates, scan => Picture.Contour(scan, "x", "y") })
        {
            Assert.Contains(Svg.Of(picture(mixed)).Texts, text => text.StartsWith("finished: 4", StringComparison.Ordinal));
            Assert.Contains("8 finished without a value to draw", Svg.Of(picture(mixed)).Texts);
            Assert.Contains(Svg.Of(picture(within)).Texts, text => text.StartsWith("finished: 3", StringComparison.Ordinal));
            Assert.Contains("no finished trial has a val_loss that can be drawn", Svg.Of(picture(all)).Texts);
        }
    }

    /// <summary>Of 0.693147000 to 0.693147006 the first digits were cut, and the axis' name was gone.</summary>
    [Fact]
    public void Long_numbers_beside_the_axis_have_room()
    {
        ScanResult scan = Values([.. Enumerable.Range(0, 7).Select(i => 0.693147 + (1e-9 * i))]);
        foreach (Picture picture in new Picture[] { Picture.Trials(scan), Picture.Slices(scan) })
        {
            using Drawn drawn = Drawn.Of(picture);
            Assert.Equal(0, drawn.Ink(right: 3));
            Assert.Contains("0.693147002", Svg.Of(picture).Texts);
            Assert.True(drawn.Ink(right: 30) > 50);
        }
    }

    [Fact]
    public void Errors_of_metrics_are_bars_without_repeats_too()
    {
        Svg drawn = Svg.Of(Picture.Trials(ScanSamples.Of(ScanSamples.Two, [ScanSamples.Made(0, 0, 0.5, 0.01), ScanSamples.Made(0, 1, 0.52, 0.02)])));
        Assert.Contains("best so far: at last 0.5 ± 0.01 (trial 0)", drawn.Texts);
        Assert.Contains("like the best within 2 standard errors: 2", drawn.Texts);
    }

    [Theory]
    [InlineData("no trial yet")]
    [InlineData("none of 5 trials has finished: 5 failed")]
    public void Where_nothing_has_finished_the_picture_says_so(string words)
    {
        ScanResult scan = words == "no trial yet" ? ScanSamples.None : ScanSamples.Failed;
        Assert.Contains(words, Svg.Of(Picture.Trials(scan)).Texts);
        Assert.Contains(words, Svg.Of(Picture.ParallelCoordinates(scan)).Texts);
        Assert.Contains(words, Svg.Of(Picture.Slices(scan)).Texts);
        Assert.Contains(words, Svg.Of(Picture.Contour(scan, "x", "y")).Texts);
    }

    [Fact]
    public void One_trial_is_drawn_by_every_picture()
    {
        Assert.Contains("best so far: at last 0.5 (trial 0)", Svg.Of(Picture.Trials(ScanSamples.One)).Texts);
        Assert.Contains("finished: 1, the best thick", Svg.Of(Picture.ParallelCoordinates(ScanSamples.One)).Texts);
        Assert.Contains("the best: 0.5 (trial 0)", Svg.Of(Picture.Slices(ScanSamples.One)).Texts);
        Assert.Contains("the best: 0.5", Svg.Of(Picture.Contour(ScanSamples.One, "x", "y")).Texts);
    }

    [Fact]
    public void Very_many_trials_make_no_large_file()
    {
        ScanResult scan = ScanSamples.Many(100_000);
        Svg drawn = Svg.Of(Picture.Trials(scan));
        Assert.InRange(drawn.Circles(ScanColors.Finished).Count, 1000, 4001);
        Assert.InRange(Svg.Of(Picture.Slices(scan)).Circles(ScanColors.Finished).Count, 500, 2 * 1200 + 1);
        Assert.Contains("300 of 100\u202F000 finished, the best thick", Svg.Of(Picture.ParallelCoordinates(scan)).Texts);
        Assert.Contains("finished: 100\u202F000", Svg.Of(Picture.Contour(scan, "x", "y")).Texts);
    }

    [Fact]
    public void The_smallest_size_is_drawn_or_refused_with_what_to_do()
    {
        using var folder = new TemporaryFolder();
        int refused = 0;
        foreach (Picture picture in new Picture[]
        {
            Picture.Trials(ScanSamples.Mixed).Size(200, 200), Picture.ParallelCoordinates(ScanSamples.Mixed).Size(200, 200), Picture.Importances(ScanSamples.Repeated).Size(200, 200),
            Picture.Correlations(ScanSamples.Mixed).Size(200, 200), Picture.Slices(ScanSamples.Mixed).Size(200, 200), Picture.Contour(ScanSamples.Mixed, "learning_rate", "activation").Size(200, 200),
            Picture.LearningCurves(ScanSamples.Mixed).Size(200, 200), Picture.ParetoFront(ScanSamples.Repeated).Size(200, 200), Picture.Importances(ScanSamples.One).Size(200, 200),
        })
        {
            try
            {
                picture.Save(folder["small.png"]);
            }
            catch (InvalidOperationException problem)
            {
                refused++;
                Assert.Contains("Set a larger size", problem.Message, StringComparison.Ordinal);
            }
        }

        Assert.InRange(refused, 4, 8);
    }

    [Fact]
    public void Objectives_and_parameters_that_are_not_there_are_refused_with_those_that_are()
    {
        ScanResult scan = ScanSamples.Repeated;
        Assert.Contains("It has 'val_loss', 'val_auc'.", Assert.Throws<ArgumentException>("metric", () => Picture.Trials(scan).Objective("loss")).Message, StringComparison.Ordinal);
        Assert.Contains("It has 'val_loss', 'val_auc'.", Assert.Throws<ArgumentException>("metric", () => Picture.Importances(scan).Objective("loss")).Message, StringComparison.Ordinal);
        Assert.Contains("It has 'x', 'y'.", Assert.Throws<ArgumentException>("parameters", () => Picture.Slices(scan).Parameters("z")).Message, StringComparison.Ordinal);
        Assert.Contains("'x' is named twice", Assert.Throws<ArgumentException>("parameters", () => Picture.ParallelCoordinates(scan).Parameters("x", "x")).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>("parameters", () => Picture.Slices(scan).Parameters([]));
        Assert.Contains("It has 'x', 'y'.", Assert.Throws<ArgumentException>("vertical", () => Picture.Contour(scan, "x", "z")).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>("vertical", () => Picture.Contour(scan, "x", "x"));
        Assert.Throws<ArgumentNullException>("scan", () => Picture.Trials(null!));
        Assert.Throws<ArgumentNullException>("scan", () => Picture.Correlations((ScanResult)null!));
    }

    private static ScanSamples.MadeTrial Made(double value) => ScanSamples.Made(0.5, 0.5, value);

    private static ScanResult Values(params double[] values) => ScanSamples.Of(ScanSamples.Two, [.. values.Select((value, i) => ScanSamples.Made((i + 0.5) / values.Length, 0.5, value))]);

    private static bool Near((double X, double Y) one, (double X, double Y) other) => Math.Abs(one.X - other.X) < 0.1 && Math.Abs(one.Y - other.Y) < 0.1;

    private static void AssertNear((double X, double Y) expected, (double X, double Y) found) => Assert.True(Near(expected, found), $"{found} is not {expected}.");
}
