using System.Globalization;

namespace ParticleImages.Numpy;

/// <summary>
/// Reads the dictionary of an npy header, such as
/// <c>{'descr': '&lt;f4', 'fortran_order': False, 'shape': (3, 4), }</c>: the part of Python's literals that numpy writes.
/// </summary>
internal ref struct NumpyHeaderText
{
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

    public static (NumpyType Type, bool IsFortranOrder, long[] Shape) Parse(
        ReadOnlySpan<char> text, NumpyOrigin origin)
    {
        var reader = new NumpyHeaderText(text, origin);
        return reader.Dictionary();
    }

    private (NumpyType Type, bool IsFortranOrder, long[] Shape) Dictionary()
    {
        NumpyType? type = null;
        bool? fortran = null;
        long[]? shape = null;
        Expect('{');
        while (!Accept('}'))
        {
            string key = Text();
            Expect(':');
            switch (key)
            {
                case "descr" when type is null:
                    type = Type();
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

        if (type is null || fortran is null || shape is null)
        {
            throw Malformed("one of 'descr', 'fortran_order' and 'shape' is missing");
        }

        return (type.Value, fortran.Value, shape);
    }

    private NumpyType Type()
    {
        if (Peek() == '[')
        {
            throw origin.Refuse("the elements are records; only numbers and booleans can be read. Save each field as its own array.");
        }

        string description = Text();
        if (NumpyType.TryParse(description, out NumpyType type))
        {
            return type;
        }

        throw origin.Refuse(description.Contains('O', StringComparison.Ordinal)
            ? "the elements are pickled Python objects, which are never read. Save numbers: array.astype('float32')."
            : $"elements of type '{description}' can't be read; allowed are floats of 16 to 64 bits, integers of 8 to 64 bits and booleans.");
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
