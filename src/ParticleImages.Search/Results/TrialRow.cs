namespace ParticleImages.Search;

/// <summary>A row of a <see cref="TrialTable"/>: one trial. Immutable.</summary>
public sealed class TrialRow
{
    private readonly TrialTable table;

    internal TrialRow(TrialTable table, int index)
    {
        this.table = table;
        Index = index;
    }

    /// <summary>Its place in the table, from 0. The trial's number is the column <c>trial</c>.</summary>
    public int Index { get; }

    /// <summary>A cell: a <see cref="long"/>, <see cref="double"/>, <see cref="bool"/>, <see cref="string"/> or <see cref="DateTimeOffset"/>; null where it is missing.</summary>
    /// <param name="column">The column's name.</param>
    /// <exception cref="KeyNotFoundException">There is no such column.</exception>
    public object? this[string column] => table.Column(column)[Index];

    /// <summary>A number. A comparison with a missing one is false, as <c>row.Number("val_loss") &lt; 0.5</c> is for a trial that failed.</summary>
    /// <param name="column">The name of a column of numbers.</param>
    /// <returns>The number; null where it is missing.</returns>
    /// <exception cref="KeyNotFoundException">There is no such column.</exception>
    /// <exception cref="InvalidOperationException">The column holds no numbers.</exception>
    public double? Number(string column) => this[column] switch
    {
        null => null,
        double real => real,
        long integer => integer,
        object other => throw new InvalidOperationException($"Column '{column}' holds no numbers, but {CellText.Of(other)} in row {Index}."),
    };

    /// <summary>A cell of any kind as a text.</summary>
    /// <param name="column">The column's name.</param>
    /// <returns>The text, numbers in the fewest digits that give them back; null where it is missing.</returns>
    /// <exception cref="KeyNotFoundException">There is no such column.</exception>
    public string? Text(string column) => CellText.Of(this[column]);
}
