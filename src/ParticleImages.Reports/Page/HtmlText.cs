using System.Text;

namespace ParticleImages.Reports.Page;

/// <summary>Writes HTML. Whatever is a text is escaped; there is no way to write one that is not.</summary>
internal sealed class HtmlText
{
    private readonly StringBuilder text = new();
    private readonly Stack<string> open = new();

    /// <summary>Opens an element. An attribute whose value is null is left out.</summary>
    public HtmlText Open(string name, params ReadOnlySpan<(string Name, string? Value)> attributes)
    {
        Start(name, attributes);
        open.Push(name);
        return this;
    }

    /// <summary>Closes the element that was opened last.</summary>
    public HtmlText Close()
    {
        text.Append("</").Append(open.Pop()).Append('>');
        return this;
    }

    /// <summary>An element without contents.</summary>
    public HtmlText Empty(string name, params ReadOnlySpan<(string Name, string? Value)> attributes)
    {
        Start(name, attributes);
        return this;
    }

    /// <summary>An element with a text.</summary>
    public HtmlText Element(string name, string content, params ReadOnlySpan<(string Name, string? Value)> attributes) =>
        Open(name, attributes).Text(content).Close();

    /// <summary>A text. One from elsewhere stands in an element with <c>dir="auto"</c>, or as <see cref="Foreign"/>, so that its direction is its own affair.</summary>
    public HtmlText Text(string content)
    {
        Escape(content);
        return this;
    }

    /// <summary>A name from a file, in the middle of a sentence of ours.</summary>
    public HtmlText Foreign(string content) => Element("bdi", content);

    /// <summary>A line break in the source, where people look at it.</summary>
    public HtmlText Line()
    {
        text.Append('\n');
        return this;
    }

    /// <summary>A style or script of ours, whose characters stand for themselves. Its hash is what the page allows.</summary>
    public HtmlText Own(string name, string content)
    {
        if (content.Contains("</", StringComparison.Ordinal))
        {
            throw new ArgumentException($"A <{name}> ends at its first '</'. Write it another way.", nameof(content));
        }

        text.Append('<').Append(name).Append('>').Append(content).Append("</").Append(name).Append('>');
        return this;
    }

    public override string ToString() => text.ToString();

    /// <summary>Without the characters that turn the direction of what follows them: for places that have no elements, such as a title.</summary>
    public static string WithoutDirections(string content) => string.Concat(content.Where(letter => letter is not (>= '\u202A' and <= '\u202E' or >= '\u2066' and <= '\u2069' or '\u200E' or '\u200F' or '\u061C')));

    private void Start(string name, ReadOnlySpan<(string Name, string? Value)> attributes)
    {
        text.Append('<').Append(name);
        foreach ((string attribute, string? value) in attributes)
        {
            if (value is not null)
            {
                text.Append(' ').Append(attribute).Append("=\"");
                Escape(value);
                text.Append('"');
            }
        }

        text.Append('>');
    }

    private void Escape(string content)
    {
        for (int i = 0; i < content.Length; i++)
        {
            char letter = content[i];
            if (char.IsHighSurrogate(letter) && i + 1 < content.Length && char.IsLowSurrogate(content[i + 1]))
            {
                text.Append(letter).Append(content[++i]);
                continue;
            }

            // Control characters and halves of letters have no place in HTML; something was there, and that shows.
            _ = letter switch
            {
                '&' => text.Append("&amp;"),
                '<' => text.Append("&lt;"),
                '>' => text.Append("&gt;"),
                '"' => text.Append("&quot;"),
                '\'' => text.Append("&#39;"),
                '\n' or '\t' => text.Append(letter),
                '\r' => text,
                < ' ' or (>= '\u007F' and <= '\u009F') or (>= '\uD800' and <= '\uDFFF') or '\uFFFE' or '\uFFFF' => text.Append('\uFFFD'),
                _ => text.Append(letter),
            };
        }
    }
}
