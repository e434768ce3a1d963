
namespace ParticleImages.Formats.Arrow;

/// <summary>A column, or a part of one, as the schema describes it.</summary>
internal sealed class ArrowField
{
    // Deeper than any table of events.
    private const int MostLevels = 32;
    private const int LongestTypeName = 300;

    private ArrowField(FlatTable table, int level, ref long budget)
    {
        if (level > MostLevels)
        {
            throw new InvalidDataException($"its columns are nested deeper than {MostLevels} levels");
        }

        Name = table.Text(0) ?? "";
        ArrowSchema.Spend(ref budget, Name.Length);
        Kind = (ArrowKind)table.Byte(2);
        IsDictionary = table.Table(4) is not null;
        FlatTable? type = table.Table(3);
        if (Kind == ArrowKind.Int)
        {
            Bits = type?.Int32(0) ?? 0;
            IsSigned = type?.Byte(1) is > 0;
        }
        else if (Kind == ArrowKind.Float)
        {
            Bits = type?.Int16(0) switch { 1 => 32, 2 => 64, _ => 16 };
        }
        else if (Kind == ArrowKind.FixedSizeList)
        {
            ListSize = type?.Int32(0) ?? 0;
        }
        else if (Kind == ArrowKind.Union)
        {
            IsDenseUnion = type?.Int16(0) == 1;
        }

        var children = new List<ArrowField>();
        foreach (FlatTable child in table.Tables(5))
        {
            children.Add(new ArrowField(child, level + 1, ref budget));
        }

        Children = children;
        Metadata = ArrowSchema.ReadTexts(table, 6, ref budget);
    }

    public string Name { get; }

    public ArrowKind Kind { get; }

    /// <summary>Bits of an integer or a float.</summary>
    public int Bits { get; }

    public bool IsSigned { get; }

    /// <summary>Values in a list of fixed size.</summary>
    public int ListSize { get; }

    /// <summary>True where the values are numbers of entries of a dictionary.</summary>
    public bool IsDictionary { get; }

    public bool IsDenseUnion { get; }

    public IReadOnlyList<ArrowField> Children { get; }

    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>Numbers that are read: floats, integers, truth values.</summary>
    public bool IsNumber => !IsDictionary && (Element is not null || Kind == ArrowKind.Bool);

    /// <summary>How the values stand in memory; null for what is no integer or float.</summary>
    public ElementType? Element => IsDictionary
        ? null
        : (Kind, Bits) switch
        {
            (ArrowKind.Float, 16 or 32 or 64) => new ElementType(ElementKind.Float, Bits / 8, false, TypeName),
            (ArrowKind.Int, 8 or 16 or 32 or 64) => new ElementType(IsSigned ? ElementKind.Signed : ElementKind.Unsigned, Bits / 8, false, TypeName),
            _ => null,
        };

    /// <summary>What messages call the type, for example <c>fixed_size_list&lt;float32&gt;[2048]</c>.</summary>
    public string TypeName
    {
        get
        {
            string name = Kind switch
            {
                ArrowKind.Int => $"{(IsSigned ? "int" : "uint")}{Bits}",
                ArrowKind.Float => $"float{Bits}",
                ArrowKind.FixedSizeList => $"fixed_size_list<{Inner}>[{ListSize}]",
                ArrowKind.List => $"list<{Inner}>",
                ArrowKind.LargeList => $"large_list<{Inner}>",
                ArrowKind.Struct => $"struct<{string.Join(", ", Children.Select(child => $"{child.Name}: {child.TypeName}"))}>",
                _ => Enum.IsDefined(Kind) ? Kind.ToString().ToLowerInvariant() : $"number {(byte)Kind}",
            };
            name = IsDictionary ? $"dictionary of {name}" : name;
            return name.Length > LongestTypeName ? name[..LongestTypeName] + "…" : name;
        }
    }

    /// <summary>Buffers that stand for the field itself, its children's not among them; null for a type that is not known.</summary>
    /// <param name="version">The format's version: 4 is V5.</param>
    /// <param name="views">
    /// Further buffers of columns of views, the next such column's first; taken from where it is one. Null where they are not known.
    /// </param>
    public long? OwnBuffers(int version, Queue<long>? views) => (IsDictionary ? ArrowKind.Int : Kind) switch
    {
        ArrowKind.Null or ArrowKind.RunEndEncoded => 0,
        ArrowKind.Struct or ArrowKind.FixedSizeList => 1,
        ArrowKind.Union => (IsDenseUnion ? 2 : 1) + (version < 4 ? 1 : 0),
        ArrowKind.Int or ArrowKind.Float or ArrowKind.Bool or ArrowKind.Decimal or ArrowKind.Date or ArrowKind.Time or ArrowKind.Timestamp
            or ArrowKind.Interval or ArrowKind.Duration or ArrowKind.FixedSizeBinary or ArrowKind.List or ArrowKind.LargeList or ArrowKind.Map => 2,
        ArrowKind.Binary or ArrowKind.Text or ArrowKind.LargeBinary or ArrowKind.LargeText or ArrowKind.ListView or ArrowKind.LargeListView => 3,
        ArrowKind.BinaryView or ArrowKind.TextView when views is not null => 2 + (views.TryDequeue(out long more) ? more : 0),
        _ => null,
    };

    /// <summary>Reads the columns of a schema.</summary>
    public static IReadOnlyList<ArrowField> Read(FlatTable schema)
    {
        long budget = schema.Size;
        var fields = new List<ArrowField>();
        foreach (FlatTable field in schema.Tables(1))
        {
            fields.Add(new ArrowField(field, 0, ref budget));
        }

        return fields;
    }

    private string Inner => Children.Count > 0 ? Children[0].TypeName : "nothing";
}
