using Apache.Arrow;
using Apache.Arrow.Types;

namespace ParticleImages.Search.Tables;

/// <summary>Tables of trials as Arrow record batches, to be handed to other programs and libraries in memory.</summary>
public static class ArrowTrialTable
{
    /// <summary>
    /// The table as a record batch: whole numbers as int64, numbers as double to the last bit, truth values as bool, texts as utf8, moments as timestamps of nanoseconds in UTC, what is
    /// missing as null. Every field has the metadata <c>role</c>: clock, trial, metric, error, parameter or note.
    /// </summary>
    /// <param name="table">The table.</param>
    /// <returns>A copy, to be disposed of.</returns>
    /// <exception cref="ArgumentException">A moment lies before 1678 or after 2261, which nanoseconds do not reach.</exception>
    public static RecordBatch ToArrow(this TrialTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        var schema = new Schema.Builder();
        var arrays = new List<IArrowArray>();
        foreach (TrialColumn column in table.Columns)
        {
            IArrowArray array = Array(column);
            arrays.Add(array);
            schema.Field(field => field.Name(column.Name).DataType(array.Data.DataType).Nullable(true).Metadata("role", column.Role.ToString().ToLowerInvariant()));
        }

        return new RecordBatch(schema.Build(), arrays, table.Count);
    }

    private static IArrowArray Array(TrialColumn column)
    {
        switch (column.Kind)
        {
            case TrialColumnKind.Integer:
                return column.AsIntegers().Aggregate(new Int64Array.Builder(), (cells, cell) => cell is { } number ? cells.Append(number) : cells.AppendNull()).Build();
            case TrialColumnKind.Real:
                return column.AsNumbers().Aggregate(new DoubleArray.Builder(), (cells, cell) => cell is { } number ? cells.Append(number) : cells.AppendNull()).Build();
            case TrialColumnKind.Boolean:
                return column.AsBooleans().Aggregate(new BooleanArray.Builder(), (cells, cell) => cell is { } truth ? cells.Append(truth) : cells.AppendNull()).Build();
            case TrialColumnKind.Time:
                UnixTime.Check(column);
                return column.AsTimes().Aggregate(
                    new TimestampArray.Builder(new TimestampType(TimeUnit.Nanosecond, "UTC")), (cells, cell) => cell is { } time ? cells.Append(time) : cells.AppendNull()).Build();
            default:
                return column.AsTexts().Aggregate(new StringArray.Builder(), (cells, cell) => cell is null ? cells.AppendNull() : cells.Append(cell)).Build();
        }
    }
}
