using ParticleImages.Evaluation;
using SkiaSharp;

namespace ParticleImages.Plotting.Tests;

public class ConfusionPictureTests
{
    [Fact]
    public void Counts_and_shares_are_those_of_the_matrix()
    {
        // 3 of 4 photons and 1 of 2 electrons are called what they are.
        string[] texts = Svg.Of(Picture.Confusion(ConfusionMatrix.From([0.1, 0.2, 0.3, 0.8, 0.2, 0.9], [0, 0, 0, 0, 1, 1]))).Texts;
        Assert.Equal(["3", "75.0 +15.0 −25.0 %", "1", "25.0 +25.0 −15.0 %", "1", "50.0 ± 28.9 %", "1", "50.0 ± 28.9 %"], texts[^9..^1]);
        Assert.Equal("electron: score ≥ 0.5; accuracy 0.667 +0.156 −0.204 on 6 events", texts[^1]);
    }

    /// <summary>E. B. Wilson's interval: of n events that all pass, the lower end is n / (n + 1).</summary>
    [Theory]
    [InlineData(99, "100.0 +0 −1.0 %")]
    [InlineData(9999, "100.000 +0 −0.010 %")]
    [InlineData(999_999, "100.00000 +0 −0.00010 %")]
    public void Events_that_all_pass_leave_an_error(int count, string expected)
    {
        string[] texts = Svg.Of(Picture.Confusion(ConfusionMatrix.From(Enumerable.Repeat(0.9, count).ToArray(), [.. Enumerable.Repeat(1, count)]))).Texts;
        Assert.Contains(expected, texts);
        Assert.DoesNotContain(texts, text => text.Contains("± 0.0", StringComparison.Ordinal));
    }

    [Fact]
    public void One_class_alone_leaves_the_other_row_without_shares()
    {
        string[] texts = Svg.Of(Picture.Confusion(ConfusionMatrix.From([0.1, 0.7], [1, 1]))).Texts;
        Assert.Equal(2, texts.Count(text => text == "no events"));
        Assert.Equal(2, texts.Count(text => text == "50.0 ± 28.9 %"));
    }

    [Fact]
    public void The_larger_share_of_a_row_is_darker()
    {
        using Drawn drawn = Drawn.Of(Picture.Confusion(ConfusionMatrix.From([0.1, 0.2, 0.3, 0.8, 0.2, 0.9], [0, 0, 0, 0, 1, 1])));
        Assert.True(Brightness(drawn[150, 60]) < Brightness(drawn[580, 60]));
        Assert.Equal(drawn[150, 500], drawn[580, 500]);
    }

    [Fact]
    public void Shares_stay_within_their_cells_or_the_size_is_refused()
    {
        ConfusionPicture picture = Picture.Confusion(ConfusionMatrix.From([0.1, 0.2, 0.3, 0.8, 0.2, 0.9], [0, 0, 0, 0, 1, 1]));
        Svg svg = Svg.Of(picture.Size(400, 300));
        System.Xml.Linq.XElement share = svg.Named("text").Single(text => text.Value.Trim() == "75.0 +15.0 −25.0 %");

        // A cell is half of 400 − 112 − 28 pixels wide; its text at 16 would be wider.
        Assert.InRange(double.Parse((string)share.Attribute("font-size")!, System.Globalization.CultureInfo.InvariantCulture), 9, 14.9);
        using var folder = new TemporaryFolder();
        Assert.Contains("A picture of 300 × 300 pixels has no room", Assert.Throws<InvalidOperationException>(() => picture.Size(300, 300).Save(folder["a.png"])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void No_matrix_is_refused()
    {
        Assert.Throws<ArgumentNullException>("matrix", () => Picture.Confusion((ConfusionMatrix)null!));
        Assert.Throws<ArgumentNullException>("result", () => Picture.Confusion((EvaluationResult)null!));
    }

    private static int Brightness(SKColor color) => color.Red + color.Green + color.Blue;
}
