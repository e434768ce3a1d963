using System.Globalization;
using Spectre.Console;

namespace ParticleImages.Terminal;

/// <summary>Texts from files and users as a terminal may show them.</summary>
internal static class Letters
{
    /// <summary>Control characters as pictures of themselves: a name in a file must not move the cursor or change the terminal's colours.</summary>
    public static string Visible(string text) => string.Concat(text.Select(letter => letter switch
    {
        '\t' => ' ',
        < ' ' => (char)('\u2400' + letter),
        '\u007f' => '\u2421',
        _ when char.IsControl(letter) || letter is '\u2028' or '\u2029' or (>= '\u202a' and <= '\u202e') or (>= '\u2066' and <= '\u2069') => '\ufffd',
        _ => letter,
    }));

    /// <summary>A text of at most so many cells, cut with an ellipsis.</summary>
    public static string Cut(string text, int cells)
    {
        if (text.GetCellWidth() <= cells)
        {
            return text;
        }

        int end = 0;
        for (int width = 1; end < text.Length; end += StringInfo.GetNextTextElementLength(text, end))
        {
            width += text.Substring(end, StringInfo.GetNextTextElementLength(text, end)).GetCellWidth();
            if (width > cells)
            {
                break;
            }
        }

        return cells > 0 ? text[..end] + "…" : "";
    }
}
