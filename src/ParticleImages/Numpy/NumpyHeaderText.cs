using System.Globalization;

namespace ParticleImages.Numpy;

/// <summary>
/// Reads the dictionary of an npy header, such as
/// <c>{'descr': '&lt;f4', 'fortran_order': False, 'shape': (3, 4), }</c>: the part of Python's literals that numpy writes.
/// </summary>
internal ref struct NumpyHeaderText
{
    public const string Records = "records";

    // numpy's own limit before version 2; no array of events comes near.
    private const int MostAxes = 32;

    private readonly NumpyOrigin origin;
    private readonly ReadOnlySpan<char> text;
    private int position;

    private NumpyHeaderText(ReadOnlySpan<char> text, NumpyOrigin origin)
    {
        this.text = text;
        this.origin = origin;
    }

    /// <returns>The element type as the header names it, <see cref="Records"/> for a list of fields, and the rest.</returns>
    public static (string Description, bool IsFortranOrder, long[] Shape) Parse(
        ReadOnlySpan<char> text, NumpyOrigin origin)
    {
        var reader = new NumpyHeaderText(text, origin);
        return reader.Dictionary();
    }

    private (string Description, bool IsFortranOrder, long[] Shape) Dictionary()
    {
        string? description = null;
        bool? fortran = null;
        long[]? shape = null;
        Expect('{');
        while (!Accept('}'))
        {
            string key = Text();
            Expect(':');
            switch (key)
            {
                case "descr" when description is null:
                    description = Description();
                    break;
                case "fortran_order" when fortran is null:
                    fortran = Boolean();
                    break;
                case "shape" when shape is null:
                    shape = Shape();
                    break;
                default:
                    throw Malformed($"the key '{key}' is unknown or stands twice");
            }

            if (!Accept(','))
            {
                Expect('}');
                break;
            }
        }

        if (!text[position..].Trim().IsEmpty)
        {
            throw Malformed("there is more after the dictionary");
        }

        if (description is null || fortran is null || shape is null)
        {
            throw Malformed("one of 'descr', 'fortran_order' and 'shape' is missing");
        }

        return (description, fortran.Value, shape);
    }

    private string Description()
    {
        if (Peek() != '[')
        {
            return Text();
        }

        // The fields of a record, a list that may hold further lists; brackets inside quotes don't count.
        for (int depth = 0; position < text.Length;)
        {
            switch (text[position])
            {
                case '\'' or '"':
                    Text();
                    continue;
                case '[':
                    depth++;
                    break;
                case ']':
                    depth--;
                    break;
            }

            position++;
            if (depth == 0)
            {
                return Records;
            }
        }

        throw Malformed("a list of fields does not end");
    }

    private bool Boolean()
    {
        if (AcceptWord("True"))
        {
            return true;
        }

        return AcceptWord("False") ? false : throw Malformed("'fortran_order' is neither True nor False");
    }

    private long[] Shape()
    {
        var axes = new List<long>();
        Expect('(');
        while (!Accept(')'))
        {
            axes.Add(Number());
            if (axes.Count > MostAxes)
            {
                throw Malformed($"the shape has more than {MostAxes} axes");
            }

            if (!Accept(','))
            {
                Expect(')');
                break;
            }
        }

        return [.. axes];
    }

    private long Number()
    {
        Skip();
        int start = position;
        while (position < text.Length && char.IsAsciiDigit(text[position]))
        {
            position++;
        }

        if (!long.TryParse(text[start..position], NumberStyles.None, CultureInfo.InvariantCulture, out long number))
        {
            throw Malformed("an axis is no whole number from 0 to 2^63 − 1");
        }

        // Python 2 wrote long integers as 32L.
        if (position < text.Length && text[position] == 'L')
        {
            position++;
        }

        return number;
    }

    private string Text()
    {
        char quote = Peek();
        if (quote is '\'' or '"')
        {
            int length = text[(position + 1)..].IndexOf(quote);
            if (length >= 0)
            {
                string content = text.Slice(position + 1, length).ToString();
                position += length + 2;
                return content;
            }
        }

        throw Malformed("a text in quotes is missing");
    }

    private bool AcceptWord(string word)
    {
        Skip();
        bool found = text[position..].StartsWith(word, StringComparison.Ordinal);
        position += found ? word.Length : 0;
        return found;
    }

    private bool Accept(char symbol)
    {
        bool found = Peek() == symbol;
        position += found ? 1 : 0;
        return found;
    }

    private void Expect(char symbol)
    {
        if (!Accept(symbol))
        {
            throw Malformed($"'{symbol}' is missing");
        }
    }

    private char Peek()
    {
        Skip();
        return position < text.Length ? text[position] : '\0';
    }

    private void Skip()
    {
        while (position < text.Length && text[position] is ' ' or '\t' or '\n' or '\r')
        {
            position++;
        }
    }

    private readonly EventFormatException Malformed(string what) =>
        origin.Refuse($"the npy header is malformed: {what}, at character {position} of «{Excerpt()}».");

    private readonly string Excerpt()
    {
        ReadOnlySpan<char> trimmed = text.Trim();
        var shown = new System.Text.StringBuilder();
        foreach (char letter in trimmed[..Math.Min(trimmed.Length, 120)])
        {
            shown.Append(char.IsControl(letter) ? '?' : letter);
        }

        return shown.Append(trimmed.Length > 120 ? "…" : "").ToString();
    }
}
