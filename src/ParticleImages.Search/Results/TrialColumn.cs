using System.Globalization;

namespace ParticleImages.Search;

/// <summary>A column of a <see cref="TrialTable"/>: cells of one kind, each of which may be missing. Immutable.</summary>
public sealed class TrialColumn
{
    // long?[], double?[], bool?[], string?[] or DateTimeOffset?[].
    private readonly Array cells;

    private TrialColumn(string name, TrialColumnRole role, TrialColumnKind kind, Array cells)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        Name = name;
        Role = role;
        Kind = kind;
        this.cells = cells;
    }

    /// <summary>The name, unique in its table.</summary>
    public string Name { get; }

    /// <summary>What it says of the trials.</summary>
    public TrialColumnRole Role { get; }

    /// <summary>What its cells are.</summary>
    public TrialColumnKind Kind { get; }

    /// <summary>How many cells there are, also missing ones.</summary>
    public int Count => cells.Length;

    /// <summary>A cell: a <see cref="long"/>, <see cref="double"/>, <see cref="bool"/>, <see cref="string"/> or <see cref="DateTimeOffset"/>; null where it is missing.</summary>
    /// <param name="row">From 0 to below <see cref="Count"/>.</param>
    /// <exception cref="IndexOutOfRangeException">There is no such row.</exception>
    public object? this[int row] => cells.GetValue(row);

    /// <summary>A column of whole numbers.</summary>
    /// <param name="name">Not empty.</param>
    /// <param name="role">What it says of the trials.</param>
    /// <param name="cells">The numbers; null where one is missing.</param>
    /// <returns>The column.</returns>
    /// <exception cref="ArgumentException">The name is empty.</exception>
    public static TrialColumn Integers(string name, TrialColumnRole role, IEnumerable<long?> cells) => new(name, role, TrialColumnKind.Integer, cells.ToArray());

    /// <summary>A column of numbers.</summary>
    /// <param name="name">Not empty.</param>
    /// <param name="role">What it says of the trials.</param>
    /// <param name="cells">The numbers; null where one is missing, which NaN is not.</param>
    /// <returns>The column.</returns>
    /// <exception cref="ArgumentException">The name is empty.</exception>
    public static TrialColumn Reals(string name, TrialColumnRole role, IEnumerable<double?> cells) => new(name, role, TrialColumnKind.Real, cells.ToArray());

    /// <summary>A column of truth values.</summary>
    /// <param name="name">Not empty.</param>
    /// <param name="role">What it says of the trials.</param>
    /// <param name="cells">The values; null where one is missing.</param>
    /// <returns>The column.</returns>
    /// <exception cref="ArgumentException">The name is empty.</exception>
    public static TrialColumn Booleans(string name, TrialColumnRole role, IEnumerable<bool?> cells) => new(name, role, TrialColumnKind.Boolean, cells.ToArray());

    /// <summary>A column of texts.</summary>
    /// <param name="name">Not empty.</param>
    /// <param name="role">What it says of the trials.</param>
    /// <param name="cells">The texts; null where one is missing, which an empty text is not.</param>
    /// <returns>The column.</returns>
    /// <exception cref="ArgumentException">The name is empty.</exception>
    public static TrialColumn Texts(string name, TrialColumnRole role, IEnumerable<string?> cells) => new(name, role, TrialColumnKind.Text, cells.ToArray());

    /// <summary>A column of moments.</summary>
    /// <param name="name">Not empty.</param>
    /// <param name="role">What it says of the trials.</param>
    /// <param name="cells">The moments, which are brought to UTC; null where one is missing.</param>
    /// <returns>The column.</returns>
    /// <exception cref="ArgumentException">The name is empty.</exception>
    public static TrialColumn Times(string name, TrialColumnRole role, IEnumerable<DateTimeOffset?> cells) =>
        new(name, role, TrialColumnKind.Time, cells.Select(time => time?.ToUniversalTime()).ToArray());

    /// <summary>The cells as numbers; null where one is missing.</summary>
    /// <exception cref="InvalidOperationException">The column holds no numbers.</exception>
    public IReadOnlyList<double?> AsNumbers() => cells switch
    {
        double?[] reals => Array.AsReadOnly(reals),
        long?[] integers => Array.ConvertAll(integers, number => (double?)number),
        _ => throw Wrong("numbers"),
    };

    /// <summary>The cells as whole numbers; null where one is missing.</summary>
    /// <exception cref="InvalidOperationException">The column holds no whole numbers.</exception>
    public IReadOnlyList<long?> AsIntegers() => Array.AsReadOnly(cells as long?[] ?? throw Wrong("whole numbers"));

    /// <summary>The cells as truth values; null where one is missing.</summary>
    /// <exception cref="InvalidOperationException">The column holds no truth values.</exception>
    public IReadOnlyList<bool?> AsBooleans() => Array.AsReadOnly(cells as bool?[] ?? throw Wrong("truth values"));

    /// <summary>The cells as moments; null where one is missing.</summary>
    /// <exception cref="InvalidOperationException">The column holds no moments.</exception>
    public IReadOnlyList<DateTimeOffset?> AsTimes() => Array.AsReadOnly(cells as DateTimeOffset?[] ?? throw Wrong("moments"));

    /// <summary>The cells of any kind as texts, numbers in the fewest digits that give them back; null where one is missing.</summary>
    public IReadOnlyList<string?> AsTexts() => cells is string?[] texts ? Array.AsReadOnly(texts) : [.. Enumerable.Range(0, Count).Select(row => CellText.Of(this[row]))];

    /// <summary>The name and what its cells are.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Name}: {Count} cells, {Kind}");

    internal TrialColumn Named(string name) => new(name, Role, Kind, cells);

    internal TrialColumn Pick(int[] rows) => new(Name, Role, Kind, cells switch
    {
        long?[] integers => Array.ConvertAll(rows, row => integers[row]),
        double?[] reals => Array.ConvertAll(rows, row => reals[row]),
        bool?[] truths => Array.ConvertAll(rows, row => truths[row]),
        DateTimeOffset?[] times => Array.ConvertAll(rows, row => times[row]),
        _ => Array.ConvertAll(rows, row => ((string?[])cells)[row]),
    });

    // What is missing, and NaN before it, comes last whichever way the others go.
    internal int Compare(int row, int other, bool descending)
    {
        object? one = this[row];
        object? two = this[other];
        int rank = Rank(one).CompareTo(Rank(two));
        if (rank != 0 || one is null)
        {
            return rank;
        }

        int order = one is string text ? string.CompareOrdinal(text, (string)two!) : Comparer<object>.Default.Compare(one, two);
        return descending ? -order : order;
    }

    private static int Rank(object? cell) => cell switch { null => 2, double.NaN => 1, _ => 0 };

    private InvalidOperationException Wrong(string wanted) => new($"Column '{Name}' holds no {wanted}, but {Kind switch
    {
        TrialColumnKind.Integer => "whole numbers",
        TrialColumnKind.Real => "numbers with a fraction",
        TrialColumnKind.Boolean => "truth values",
        TrialColumnKind.Text => "texts",
        _ => "moments",
    }}. Ask for these, or for texts.");
}
