using System.Globalization;
using System.Xml.Linq;

namespace ParticleImages.Plotting.Tests;

public class PictureTests
{
    private static readonly RocPicture Roc = Picture.Roc(Samples.Curve);

    [Theory]
    [MemberData(nameof(Samples.Names), MemberType = typeof(Samples))]
    public void Every_picture_is_drawn_as_png_and_not_blank(string name)
    {
        using Drawn drawn = Drawn.Of(Samples.All[name]);
        Assert.Equal(Samples.All[name].DrawnSize, drawn.Size);
        Assert.InRange(drawn.Ink(), 4000, drawn.Size.Width * drawn.Size.Height * 2 / 3);
    }

    [Theory]
    [MemberData(nameof(Samples.Names), MemberType = typeof(Samples))]
    public void Every_picture_is_drawn_as_svg_with_its_words_as_text(string name)
    {
        using var folder = new TemporaryFolder();
        Samples.All[name].Save(folder["picture.svg"]);
        XElement root = XDocument.Load(folder["picture.svg"]).Root!;
        Assert.Equal("svg", root.Name.LocalName);
        (int width, int height) = Samples.All[name].DrawnSize;
        Assert.Equal((width, height), ((int)root.Attribute("width")!, (int)root.Attribute("height")!));
        string[] texts = [.. root.Descendants().Where(element => element.Name.LocalName == "text").Select(text => text.Value.Trim())];
        string[] expected = name switch
        {
            "mean" => ["Means", "iη", "iφ", "photons, mean of 1 event", "electrons, mean of 1 event", "Mean energy (GeV an event)"],
            "space" => ["Space and time", "iη", "iφ", "Time (ns)", "electron, event 0: 2 hits", "Energy (GeV)"],
            "movie" => ["Movie", "electron, event 0", "−5.00 < t ≤ −2.50 ns", "2.50 < t ≤ 5.00 ns", "Energy (GeV)"],
            "projections" => ["Three sides", "electron, event 0", "iη", "iφ", "Time (ns)", "Energy (GeV)"],
            "energy" => ["Energy", "Energy of hits (GeV)", "Hits / event / 0.1 decade", "e / γ", "photons: 1 event", "electrons: 1 event"],
            "times" => ["Times", "|t| of hits (ns)", "Hits / event / 0.015625 ns", "Share of hits with smaller |t|", "e / γ"],
            "hits" => ["Hits", "Hits an event", "Share of events", "e / γ"],
            "containment" => ["Crops", "Crop (pixels a side)", "Share of energy in the crop", "e / γ"],
            "cuts" => ["Cuts", "photons", "electrons", "Events", "Hits", "Energy (GeV)", "energy > 0.25 GeV", "4 time bins", "100.0 %"],
            "roc" => ["Electrons, γ ± e", "Background efficiency", "Signal efficiency", "network", "AUC 0.667 ± 0.333", "background rejection at signal efficiency", "50 %"],
            "history" => ["Training", "Epoch", "Loss (cross-entropy)", "Accuracy", "AUC", "Learning rate", "training", "validation"],
            "histories" => ["Two networks", "large, validation", "small, training", "lines: median; bands: the central 68 % of 2 of large, 1 of small"],
            "rejection" => ["Signal efficiency", "Background rejection, 1 / background efficiency", "background rejection at signal efficiency", "50 %", "> 1.74 (95 %)"],
            "scores" => ["Scores", "Events / 0.04", "Score: probability of electron", "photons (100)", "electrons (100)"],
            "scores, logarithmic" => ["Shares", "Share of the class / 0.04"],
            "calibration" => ["Calibration", "Fraction of electrons", "Events / 0.1", "network"],
            "confusion" => ["Confusion", "Is", "Called", "photon", "electron"],
            "trials" => ["Scan", "Trial", "val_loss (less is better)", "failed", "infeasible", "running"],
            "parallel" => ["Scan", "t_step", "filters_1", "learning_rate", "val_loss", "finished: 14, the best thick"],
            "importances" => ["Scan", "x", "y", "alone", "Share of the spread of val_loss"],
            "correlations" => ["Scan", "t_step", "val_loss", "val_acc", "Rank correlation (Spearman)"],
            "slices" => ["Scan", "t_step", "adam", "val_loss (less is better)"],
            "contour" => ["Scan", "learning_rate", "optimizer", "adam", "val_loss (less is better)"],
            "curves" => ["Scan", "Epoch", "val_loss (less is better)", "finished: 14"],
            "pareto" => ["Scan", "val_loss (less is better)", "val_auc (more is better)"],
            _ => ["iη, iφ", "iη", "iφ", "Energy", "Time", "Energy (GeV)", "Time (ns)", "photon", "electron", "event 1"],
        };
        Assert.All(expected, text => Assert.Contains(text, texts));
    }

    [Theory]
    [MemberData(nameof(Samples.Names), MemberType = typeof(Samples))]
    public void No_picture_touches_its_edges(string name)
    {
        using Drawn drawn = Drawn.Of(Samples.All[name]);
        (int width, int height) = drawn.Size;
        Assert.Equal(0, drawn.Ink(bottom: 3));
        Assert.Equal(0, drawn.Ink(top: height - 3));
        Assert.Equal(0, drawn.Ink(right: 3));
        Assert.Equal(0, drawn.Ink(left: width - 3));
    }

    [Fact]
    public void A_title_is_ink_above_the_picture()
    {
        using Drawn bare = Drawn.Of(Roc);
        using Drawn titled = Drawn.Of(Roc.Title("Electrons"));
        Assert.Equal(0, bare.Ink(bottom: 12));
        Assert.Equal(0, titled.Ink(bottom: 12));
        Assert.InRange(titled.Ink(bottom: 40), 200, 2000);
        Assert.True(titled.Ink(bottom: 40) > bare.Ink(top: 0, bottom: 15) + 200);
    }

    [Fact]
    public void A_long_title_is_set_smaller_until_it_fits()
    {
        using Drawn drawn = Drawn.Of(Roc.Title(new string('W', 200)));
        Assert.Equal(0, drawn.Ink(right: 10, bottom: 48));
        Assert.Equal(0, drawn.Ink(left: drawn.Size.Width - 10, bottom: 48));
        Assert.True(drawn.Ink(bottom: 40) > 200);
    }

    [Fact]
    public void Words_on_the_axes_are_ink_beside_the_plot()
    {
        using Drawn drawn = Drawn.Of(Roc);

        // Left of the numbers stands the upright name of the axis, below the frame the level one.
        Assert.True(drawn.Ink(right: 56) > 200);
        Assert.True(drawn.Ink(top: drawn.Size.Height - 42) > 200);
    }

    [Fact]
    public void Size_and_scale_are_those_asked_for()
    {
        using Drawn drawn = Drawn.Of(Roc.Size(500, 400).Scale(1.5));
        Assert.Equal((750, 600), drawn.Size);
    }

    [Fact]
    public void Scale_enlarges_text_too()
    {
        using Drawn once = Drawn.Of(Roc.Title("Electrons"));
        using Drawn twice = Drawn.Of(Roc.Title("Electrons").Scale(2));
        Assert.InRange((double)twice.Ink(bottom: 80) / once.Ink(bottom: 40), 2.5, 4.5);
    }

    [Fact]
    public void A_verb_gives_a_copy_and_the_last_call_wins()
    {
        RocPicture described = Roc.WithoutWorkingPoints().Title("one").Size(300, 300);
        RocPicture changed = described.Title("").Size(400, 500).Title("two").Title("");
        Assert.Equal((300, 300), described.DrawnSize);
        Assert.Equal((400, 500), changed.DrawnSize);
        Assert.Equal((720, 760), Roc.DrawnSize);
        using Drawn drawn = Drawn.Of(changed);
        Assert.Equal(0, drawn.Ink(bottom: 48));
    }

    [Theory]
    [InlineData("picture.jpg", "ends in '.jpg'")]
    [InlineData("picture", "has no ending")]
    public void Another_ending_is_refused_with_those_allowed_and_nothing_written(string name, string expected)
    {
        using var folder = new TemporaryFolder();
        var exception = Assert.Throws<ArgumentException>("path", () => Roc.Save(folder[name]));
        Assert.Contains(expected, exception.Message, StringComparison.Ordinal);
        Assert.Contains(".png or .svg", exception.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder.Path));
    }

    /// <summary>A page that gives the picture less room would otherwise show its upper left corner.</summary>
    [Fact]
    public void An_svg_may_be_shown_at_any_size() =>
        Assert.Equal("0 0 600 560", (string?)Svg.Of(Roc.Size(600, 560).Scale(1)).Elements.First().Document!.Root!.Attribute("viewBox"));

    [Fact]
    public void The_ending_may_be_in_capitals()
    {
        using var folder = new TemporaryFolder();
        Roc.Save(folder["PICTURE.PNG"]);
        Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G'], File.ReadAllBytes(folder["PICTURE.PNG"]).Take(4));
    }

    [Theory]
    [InlineData("history", 200)]
    [InlineData("events", 300)]
    public void A_size_that_leaves_no_room_is_refused_and_the_old_file_stays(string name, int side)
    {
        Picture small = name == "history"
            ? Picture.History(Samples.History(2)).Size(side, side)
            : Picture.Events(Samples.TwoEvents).Size(side, side);
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["old.png"], "old");
        var exception = Assert.Throws<InvalidOperationException>(() => small.Save(folder["old.png"]));
        Assert.Contains("larger size", exception.Message, StringComparison.Ordinal);
        Assert.Contains(name == "history" ? "A picture of 200 × 200 pixels has no room for its plots" : "2 events need a picture of at least 530 × 374 pixels", exception.Message, StringComparison.Ordinal);
        Assert.Equal("old", File.ReadAllText(folder["old.png"]));
        Assert.Single(Directory.EnumerateFileSystemEntries(folder.Path));
    }

    [Fact]
    public void A_roc_curve_fits_into_the_smallest_size_below_a_title()
    {
        using Drawn drawn = Drawn.Of(Roc.WithoutWorkingPoints().Title("one").Size(200, 200));
        Assert.True(drawn.Ink(top: 48) > 1000);
    }

    [Fact]
    public void Sizes_and_scales_out_of_range_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>("width", () => Roc.Size(199, 400));
        Assert.Throws<ArgumentOutOfRangeException>("height", () => Roc.Size(400, 10_001));
        Assert.Throws<ArgumentOutOfRangeException>("factor", () => Roc.Scale(0));
        Assert.Throws<ArgumentOutOfRangeException>("factor", () => Roc.Scale(double.NaN));
    }

    [Fact]
    public void Pictures_drawn_at_once_are_those_drawn_alone()
    {
        using var folder = new TemporaryFolder();
        Parallel.For(0, 16, i => Samples.All.Values.ElementAt(i % 3).Save(folder[$"{i}.png"]));
        for (int i = 3; i < 16; i++)
        {
            Assert.Equal(File.ReadAllBytes(folder[$"{i % 3}.png"]), File.ReadAllBytes(folder[$"{i}.png"]));
        }
    }

    [Theory]
    [InlineData(".png")]
    [InlineData(".svg")]
    public void The_same_picture_is_the_same_file(string ending)
    {
        using var folder = new TemporaryFolder();
        foreach (Picture picture in Samples.All.Values)
        {
            picture.Save(folder["one" + ending]);
            picture.Save(folder["two" + ending]);
            Assert.Equal(File.ReadAllBytes(folder["one" + ending]), File.ReadAllBytes(folder["two" + ending]));
        }
    }

    [Fact]
    public void Numbers_have_a_point_in_any_culture()
    {
        using var folder = new TemporaryFolder();
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo("") { NumberFormat = { NumberDecimalSeparator = ",", NegativeSign = "~" } };
            foreach ((string name, Picture picture) in Samples.All)
            {
                picture.Save(folder[$"{name}-comma.svg"]);
            }
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }

        foreach ((string name, Picture picture) in Samples.All)
        {
            picture.Save(folder[$"{name}.svg"]);
            Assert.Equal(File.ReadAllText(folder[$"{name}.svg"]), File.ReadAllText(folder[$"{name}-comma.svg"]));
        }
    }
}
