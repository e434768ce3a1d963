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
        Assert.Equal(["3", "75.0 ± 21.7 %", "1", "25.0 ± 21.7 %", "1", "50.0 ± 35.4 %", "1", "50.0 ± 35.4 %"], texts[^9..^1]);
        Assert.Equal("electron: score ≥ 0.5; accuracy 0.667 ± 0.192 on 6 events", texts[^1]);
    }

    [Fact]
    public void One_class_alone_leaves_the_other_row_without_shares()
    {
        string[] texts = Svg.Of(Picture.Confusion(ConfusionMatrix.From([0.1, 0.7], [1, 1]))).Texts;
        Assert.Equal(2, texts.Count(text => text == "no events"));
        Assert.Equal(2, texts.Count(text => text == "50.0 ± 35.4 %"));
    }

    [Fact]
    public void The_larger_share_of_a_row_is_darker()
    {
        using Drawn drawn = Drawn.Of(Picture.Confusion(ConfusionMatrix.From([0.1, 0.2, 0.3, 0.8, 0.2, 0.9], [0, 0, 0, 0, 1, 1])));
        Assert.True(Brightness(drawn[150, 60]) < Brightness(drawn[580, 60]));
        Assert.Equal(drawn[150, 500], drawn[580, 500]);
    }

    [Fact]
    public void No_matrix_is_refused()
    {
        Assert.Throws<ArgumentNullException>("matrix", () => Picture.Confusion((ConfusionMatrix)null!));
        Assert.Throws<ArgumentNullException>("result", () => Picture.Confusion((EvaluationResult)null!));
    }

    private static int Brightness(SKColor color) => color.Red + color.Green + color.Blue;
}
