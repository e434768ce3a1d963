namespace ParticleImages.Formats.Arrow;

/// <summary>The columns of a file and the texts that stand with them.</summary>
internal sealed class ArrowSchema
{
    private ArrowSchema(IReadOnlyList<ArrowField> fields, IReadOnlyDictionary<string, string> texts, int version)
    {
        Fields = fields;
        Texts = texts;
        Version = version;
    }

    public IReadOnlyList<ArrowField> Fields { get; }

    public IReadOnlyDictionary<string, string> Texts { get; }

    /// <summary>The format's version: 3 is V4, 4 is V5.</summary>
    public int Version { get; }

    /// <summary>Reads a schema.</summary>
    /// <exception cref="InvalidDataException">It is damaged, or of a kind that is not read here.</exception>
    public static ArrowSchema Read(FlatTable schema, int version)
    {
        if (version is < 3 or > 4)
        {
            throw new InvalidDataException($"it is of version {version + 1} of the format; 4 and 5 are read");
        }

        if (schema.Int16(0) != 0)
        {
            throw new InvalidDataException("its numbers are big-endian, and little-endian ones are read");
        }

        long budget = schema.Size;
        return new ArrowSchema(ArrowField.Read(schema), ReadTexts(schema, 2, ref budget), version);
    }

    /// <summary>Reads names and texts; of one name twice the last.</summary>
    /// <param name="table">A schema or field.</param>
    /// <param name="field">Where in it they stand.</param>
    /// <param name="budget">See <see cref="Spend"/>.</param>
    public static IReadOnlyDictionary<string, string> ReadTexts(FlatTable table, int field, ref long budget)
    {
        var texts = new Dictionary<string, string>();
        foreach (FlatTable pair in table.Tables(field))
        {
            (string name, string text) = (pair.Text(0) ?? "", pair.Text(1) ?? "");
            Spend(ref budget, name.Length + text.Length);
            texts[name] = text;
        }

        return texts;
    }

    /// <summary>Refuses a header whose parts, one by one, have more characters than the header has bytes: they point to each other.</summary>
    public static void Spend(ref long budget, int characters)
    {
        budget -= characters + 1L;
        if (budget < 0)
        {
            throw new InvalidDataException("parts of its header stand within each other");
        }
    }
}
