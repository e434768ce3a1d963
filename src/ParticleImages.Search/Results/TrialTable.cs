using System.Collections;

namespace ParticleImages.Search;

/// <summary>
/// Trials as a table, a row each. Immutable: the verbs return other tables, in the order in which they are called. What a trial does not have is missing, never 0.
/// </summary>
/// <remarks>
/// The columns of a scan's table are, in this order: <c>start</c>, <c>end</c> (UTC), <c>duration</c> (seconds), <c>round_epochs</c> (the last reported step), the metrics in
/// the order in which trials first had them, each with its <c>…_error</c> behind it where standard errors are known, <c>state</c>, the parameters, <c>trial</c>, <c>repeat</c>,
/// <c>seed</c>, <c>message</c>, and the trials' notes. Where two would have one name, the later one says what it is: <c>parameter:seed</c>, <c>metric:state</c>.
/// </remarks>
public sealed partial class TrialTable : IReadOnlyList<TrialRow>
{
    private readonly TrialColumn[] columns;

    private TrialTable(TrialColumn[] columns, int count)
    {
        this.columns = columns;
        Count = count;
    }

    /// <summary>The columns, in order.</summary>
    public IReadOnlyList<TrialColumn> Columns => columns;

    /// <summary>How many rows there are.</summary>
    public int Count { get; }

    /// <summary>A row.</summary>
    /// <param name="index">From 0 to below <see cref="Count"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row.</exception>
    public TrialRow this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfNegative(index);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
            return new TrialRow(this, index);
        }
    }

    /// <summary>A table of some columns.</summary>
    /// <param name="columns">At least one, all of one length, with different names.</param>
    /// <returns>The table.</returns>
    /// <exception cref="ArgumentException">There is none, or they have different lengths, or two have one name.</exception>
    public static TrialTable Of(params IReadOnlyList<TrialColumn> columns)
    {
        ArgumentNullException.ThrowIfNull(columns);
        if (columns.Count == 0)
        {
            throw new ArgumentException("A table has one column or more.", nameof(columns));
        }

        foreach (TrialColumn column in columns)
        {
            if (column.Count != columns[0].Count)
            {
                throw new ArgumentException($"Column '{column.Name}' has {column.Count} cells, but column '{columns[0].Name}' has {columns[0].Count}. All have one length.", nameof(columns));
            }
        }

        string? twice = columns.GroupBy(column => column.Name).FirstOrDefault(same => same.Count() > 1)?.Key;
        return twice is null
            ? new TrialTable([.. columns], columns[0].Count)
            : throw new ArgumentException($"Two columns have the name '{twice}'. Give one of them another.", nameof(columns));
    }

    /// <summary>The table of some trials, for example of all that a store has: <c>store.ChangesSince(0, withReports: false).Trials</c>.</summary>
    /// <param name="trials">In the order of the rows.</param>
    /// <param name="parameters">The parameters that have columns, in order; if null those of the trials' configurations, as they first come.</param>
    /// <returns>The table.</returns>
    public static TrialTable Of(IEnumerable<TrialRecord> trials, IReadOnlyList<IParameter>? parameters = null)
    {
        ArgumentNullException.ThrowIfNull(trials);
        return Of(TrialColumns.Of([.. trials], parameters));
    }

    /// <summary>A column by its name.</summary>
    /// <param name="name">The name.</param>
    /// <returns>The column.</returns>
    /// <exception cref="KeyNotFoundException">There is no such column; the message lists the nearest names.</exception>
    public TrialColumn Column(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return Array.Find(columns, column => column.Name == name)
            ?? throw new KeyNotFoundException($"No column '{name}' among the {columns.Length} of this table. The nearest are {NearestNames.Of(name, columns.Select(column => column.Name))}.");
    }

    /// <summary>The cells of a column as numbers; null where one is missing.</summary>
    /// <param name="column">The column's name.</param>
    /// <returns>A number a row.</returns>
    /// <exception cref="KeyNotFoundException">There is no such column.</exception>
    /// <exception cref="InvalidOperationException">The column holds no numbers.</exception>
    public IReadOnlyList<double?> Numbers(string column) => Column(column).AsNumbers();

    /// <summary>The cells of a column of any kind as texts; null where one is missing.</summary>
    /// <param name="column">The column's name.</param>
    /// <returns>A text a row.</returns>
    /// <exception cref="KeyNotFoundException">There is no such column.</exception>
    public IReadOnlyList<string?> Texts(string column) => Column(column).AsTexts();

    /// <summary>Sorts the rows: numbers and times by size, texts by their characters' codes, false before true. Equal ones stay in order; NaN comes behind, and what is missing last, also when descending.</summary>
    /// <param name="column">The column's name.</param>
    /// <param name="descending">Whether the greatest comes first.</param>
    /// <returns>A table.</returns>
    /// <exception cref="KeyNotFoundException">There is no such column.</exception>
    public TrialTable OrderBy(string column, bool descending = false)
    {
        TrialColumn by = Column(column);
        int[] rows = [.. Enumerable.Range(0, Count)];
        Array.Sort(rows, (one, two) => by.Compare(one, two, descending) is var order and not 0 ? order : one.CompareTo(two));
        return Pick(rows);
    }

    /// <summary>Keeps some rows.</summary>
    /// <param name="keep">Whether a row stays, such as <c>row => row.Number("val_loss") &lt; 0.5</c>.</param>
    /// <returns>A table.</returns>
    public TrialTable Where(Func<TrialRow, bool> keep)
    {
        ArgumentNullException.ThrowIfNull(keep);
        return Pick([.. Enumerable.Range(0, Count).Where(row => keep(this[row]))]);
    }

    /// <summary>Keeps the first rows.</summary>
    /// <param name="count">How many at most, 0 or more.</param>
    /// <returns>A table.</returns>
    /// <exception cref="ArgumentOutOfRangeException">It is negative.</exception>
    public TrialTable Take(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        return Pick([.. Enumerable.Range(0, Math.Min(count, Count))]);
    }

    /// <summary>Keeps some columns.</summary>
    /// <param name="columns">Their names, at least one, in the order wanted.</param>
    /// <returns>A table.</returns>
    /// <exception cref="KeyNotFoundException">There is no such column.</exception>
    /// <exception cref="ArgumentException">There is none, or one comes twice.</exception>
    public TrialTable Only(params IEnumerable<string> columns) => Of([.. columns.Select(Column)]);

    /// <summary>Leaves out when the trials ran, <c>start</c>, <c>end</c> and <c>duration</c>: what remains is the same for a scan that was interrupted and one that was not.</summary>
    /// <returns>A table.</returns>
    public TrialTable WithoutClock() => Of([.. columns.Where(column => column.Role != TrialColumnRole.Clock)]);

    /// <inheritdoc/>
    public IEnumerator<TrialRow> GetEnumerator() => Enumerable.Range(0, Count).Select(row => this[row]).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private TrialTable Pick(int[] rows) => new(Array.ConvertAll(columns, column => column.Pick(rows)), rows.Length);
}
