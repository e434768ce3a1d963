using Microsoft.Data.Analysis;

namespace ParticleImages.Search.Tables;

/// <summary>Tables of trials as data frames of Microsoft.Data.Analysis, for notebooks and ML.NET.</summary>
public static class DataFrameTrialTable
{
    /// <summary>The table as a data frame: whole numbers as <see cref="long"/>, numbers as <see cref="double"/> to the last bit, truth values as <see cref="bool"/>, moments as <see cref="DateTime"/> in UTC, texts as they are, what is missing as null.</summary>
    /// <param name="table">The table.</param>
    /// <returns>A copy.</returns>
    public static DataFrame ToDataFrame(this TrialTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        return new DataFrame(table.Columns.Select(Column));
    }

    private static DataFrameColumn Column(TrialColumn column) => column.Kind switch
    {
        TrialColumnKind.Integer => new Int64DataFrameColumn(column.Name, column.AsIntegers()),
        TrialColumnKind.Real => new DoubleDataFrameColumn(column.Name, column.AsNumbers()),
        TrialColumnKind.Boolean => new BooleanDataFrameColumn(column.Name, column.AsBooleans()),
        TrialColumnKind.Time => new DateTimeDataFrameColumn(column.Name, column.AsTimes().Select(time => time?.UtcDateTime)),
        _ => new StringDataFrameColumn(column.Name, column.AsTexts()),
    };
}
