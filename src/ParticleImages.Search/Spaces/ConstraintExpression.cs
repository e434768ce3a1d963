using System.Globalization;

namespace ParticleImages.Search;

/// <summary>A constraint that was written as a text, ready to be asked.</summary>
internal sealed class ConstraintExpression
{
    // The value of a part of the text; null where a parameter in it has no value.
    private delegate ParameterValue? Part(Configuration configuration);

    private readonly string text;
    private readonly Part part;

    private ConstraintExpression(string text, Part part)
    {
        this.text = text;
        this.part = part;
    }

    public bool Holds(Configuration configuration)
    {
        try
        {
            return part(configuration)?.AsBoolean() != false;
        }
        catch (Exception problem) when (problem is InvalidOperationException or ArgumentOutOfRangeException)
        {
            throw new InvalidOperationException($"The constraint '{text}' cannot be asked of the configuration ({configuration}): {problem.Message}", problem);
        }
    }

    public static ConstraintExpression Parse(string text, IReadOnlyList<IParameter> parameters)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(text);
        var reader = new Reader(text, parameters);
        Part part = reader.ReadWhole();
        try
        {
            // With some values, so that a text that compares names with numbers is refused at once.
            ParameterValue? probe = part(new Configuration(parameters.Select(parameter => new KeyValuePair<string, ParameterValue>(parameter.Name, parameter.At(0.5)))));
            _ = probe?.AsBoolean();
        }
        catch (InvalidOperationException problem)
        {
            throw new ArgumentException($"The constraint '{text}' cannot be asked: {problem.Message} It is a comparison, such as \"filters_2 <= filters_1\".", nameof(text), problem);
        }

        return new ConstraintExpression(text, part);
    }

    private sealed class Reader(string text, IReadOnlyList<IParameter> parameters)
    {
        private static readonly string[] Comparisons = ["<=", ">=", "==", "!=", "<", ">", "="];

        private int place;

        public Part ReadWhole()
        {
            Part whole = ReadOr();
            Skip();
            return place == text.Length ? whole : throw Problem("an operator or the end");
        }

        private Part ReadOr() => Chain(ReadAnd, ["or", "||"], (_, left, right) => ParameterValue.Of(left.AsBoolean() | right.AsBoolean()));

        private Part ReadAnd() => Chain(ReadNot, ["and", "&&"], (_, left, right) => ParameterValue.Of(left.AsBoolean() & right.AsBoolean()));

        private Part ReadNot()
        {
            if (!Take("not"))
            {
                return ReadComparison();
            }

            Part inner = ReadNot();
            return configuration => inner(configuration) is { } value ? ParameterValue.Of(!value.AsBoolean()) : null;
        }

        private Part ReadComparison()
        {
            Part left = ReadSum();
            string? comparison = Comparisons.FirstOrDefault(Take);
            return comparison is null ? left : Join(comparison, left, ReadSum(), Compare);
        }

        private Part ReadSum() => Chain(ReadProduct, ["+", "-"], Compute);

        private Part ReadProduct() => Chain(ReadFactor, ["*", "/", "%"], Compute);

        private Part ReadFactor()
        {
            Skip();
            if (Take("("))
            {
                Part inner = ReadOr();
                return Take(")") ? inner : throw Problem("a closing parenthesis");
            }

            if (Take("-"))
            {
                Part inner = ReadFactor();
                return configuration => inner(configuration) is { } value ? ParameterValue.Of(-value.AsNumber()) : null;
            }

            char next = place < text.Length ? text[place] : '\0';
            return next switch
            {
                '\'' or '"' => Constant(ParameterValue.Of(ReadQuoted(next))),
                '`' => Named(ReadQuoted('`')),
                _ when char.IsAsciiDigit(next) || next == '.' => Constant(ReadNumber()),
                _ when char.IsLetter(next) || next == '_' => ReadWord(),
                _ => throw Problem("a number, a text in quotes or a parameter"),
            };
        }

        private Part ReadWord()
        {
            int start = place;
            while (place < text.Length && IsWord(text[place]))
            {
                place++;
            }

            return text[start..place] switch
            {
                "true" => Constant(ParameterValue.Of(true)),
                "false" => Constant(ParameterValue.Of(false)),
                string name => Named(name),
            };
        }

        private ParameterValue ReadNumber()
        {
            int start = place;
            while (place < text.Length
                && (char.IsAsciiDigit(text[place]) || text[place] is '.' or 'e' or 'E' || (text[place] is '+' or '-' && text[place - 1] is 'e' or 'E')))
            {
                place++;
            }

            return double.TryParse(text.AsSpan(start, place - start), NumberStyles.Float, CultureInfo.InvariantCulture, out double number)
                ? ParameterValue.Of(number)
                : throw Problem("a number", start);
        }

        private string ReadQuoted(char quote)
        {
            int end = text.IndexOf(quote, place + 1);
            if (end < 0)
            {
                throw Problem($"a closing {quote}");
            }

            string quoted = text[(place + 1)..end];
            place = end + 1;
            return quoted;
        }

        private Part Named(string name) => parameters.Any(parameter => parameter.Name == name)
            ? configuration => configuration.TryGet(name, out ParameterValue value) ? value : null
            : throw new ArgumentException(
                $"The constraint '{text}' names '{name}', which is no parameter of the space. It has {string.Join(", ", parameters.Select(parameter => $"'{parameter.Name}'"))}; texts stand in quotes.");

        private static Part Constant(ParameterValue value) => _ => value;

        private Part Chain(Func<Part> read, string[] operators, Func<string, ParameterValue, ParameterValue, ParameterValue> apply)
        {
            Part left = read();
            while (operators.FirstOrDefault(Take) is { } taken)
            {
                left = Join(taken, left, read(), apply);
            }

            return left;
        }

        private static Part Join(string name, Part left, Part right, Func<string, ParameterValue, ParameterValue, ParameterValue> apply) =>
            configuration => left(configuration) is { } first && right(configuration) is { } second ? apply(name, first, second) : null;

        private static ParameterValue Compute(string name, ParameterValue left, ParameterValue right) => ParameterValue.Of(name switch
        {
            "+" => left.AsNumber() + right.AsNumber(),
            "-" => left.AsNumber() - right.AsNumber(),
            "*" => left.AsNumber() * right.AsNumber(),
            _ when right.AsNumber() == 0 => throw new InvalidOperationException($"{left} is divided by 0."),
            "/" => left.AsNumber() / right.AsNumber(),
            _ => left.AsNumber() % right.AsNumber(),
        });

        private static ParameterValue Compare(string name, ParameterValue left, ParameterValue right) => ParameterValue.Of(name switch
        {
            _ when left.IsNumber != right.IsNumber || (!left.IsNumber && left.Kind != right.Kind) => throw new InvalidOperationException($"{left} is compared with {right}."),
            "==" or "=" => left == right,
            "!=" => left != right,
            "<" => left.AsNumber() < right.AsNumber(),
            ">" => left.AsNumber() > right.AsNumber(),
            "<=" => left.AsNumber() <= right.AsNumber(),
            _ => left.AsNumber() >= right.AsNumber(),
        });

        private bool Take(string wanted)
        {
            Skip();
            bool isWord = char.IsLetter(wanted[0]);
            if (string.CompareOrdinal(text, place, wanted, 0, wanted.Length) != 0
                || (isWord && place + wanted.Length < text.Length && IsWord(text[place + wanted.Length])))
            {
                return false;
            }

            place += wanted.Length;
            return true;
        }

        private void Skip()
        {
            while (place < text.Length && char.IsWhiteSpace(text[place]))
            {
                place++;
            }
        }

        private static bool IsWord(char letter) => char.IsLetterOrDigit(letter) || letter is '_' or '.';

        private ArgumentException Problem(string wanted, int? at = null) => new(
            $"The constraint '{text}' cannot be read at character {at ?? place}, '{text[Math.Min(at ?? place, text.Length)..]}': {wanted} is wanted.");
    }
}
