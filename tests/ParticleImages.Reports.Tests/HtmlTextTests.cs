using FsCheck.Xunit;
using ParticleImages.Reports.Page;

namespace ParticleImages.Reports.Tests;

public sealed class HtmlTextTests
{
    [Theory]
    [InlineData("a < b & c > d", "a &lt; b &amp; c &gt; d")]
    [InlineData("\"it's\"", "&quot;it&#39;s&quot;")]
    [InlineData("é漢😀\n", "é漢😀\n")]
    [InlineData("a\r\nb", "a\nb")]
    [InlineData("\0\u001B\u0085", "\uFFFD\uFFFD\uFFFD")]
    public void A_text_is_escaped(string text, string expected) => Assert.Equal(expected, new HtmlText().Text(text).ToString());

    [Fact]
    public void Half_a_letter_shows_that_something_was_there() =>
        Assert.Equal("\uFFFDa\uFFFD", new HtmlText().Text($"{'\uD83D'}a{'\uDE00'}").ToString());

    [Property]
    public void No_text_opens_an_element_or_ends_an_attribute(string? text)
    {
        string html = new HtmlText().Empty("img", ("alt", text ?? "")).Text(text ?? "").ToString();

        Assert.Equal(1, html.Count(letter => letter == '<'));
        Assert.Equal(2, html.Count(letter => letter == '"'));
    }

    [Fact]
    public void What_turns_directions_is_left_out_where_nothing_would_turn_them_back() =>
        Assert.Equal("abc", HtmlText.WithoutDirections("\u202Ea\u2066b\u200Fc\u202C"));

    [Fact]
    public void A_whole_number_has_a_proper_minus_and_is_sorted_by_its_value() =>
        Assert.Equal([new TableCell("−5", "-5"), new TableCell("5")], [TableCell.Of(-5L), TableCell.Of(5L)]);

    [Theory]
    [InlineData(0.599897, 0.004, "0.5999 ± 0.0040")]
    [InlineData(-12.3456, 0.21, "−12.35 ± 0.21")]
    [InlineData(1234.5, 120.0, "1234 ± 120")]
    [InlineData(0.5, 0.0, "0.5 ± 0")]
    [InlineData(double.NaN, 0.1, "NaN ± 0.1")]
    [InlineData(3e-9, null, "3e−9")]
    [InlineData(5.28087e11, 0.01, "(5.28087000000000 ± 0.00000000000010)e11")]
    [InlineData(-3.2e-9, 1.2e-10, "(−3.20 ± 0.12)e−9")]
    [InlineData(2e9, 3.4e8, "(2.00 ± 0.34)e9")]
    [InlineData(1e12, 1e-9, "1e12 ± 1e−9")]
    [InlineData(double.NegativeInfinity, null, "−∞")]
    public void A_number_has_the_digits_that_its_error_allows(double value, double? error, string expected) => Assert.Equal(expected, TableCell.Of(value, error).Text);
}
