using ParticleImages.Storage;
using Parquet;
using Parquet.Schema;

namespace ParticleImages.Search.Tables;

/// <summary>Tables of trials as Parquet files, which pandas, R, DuckDB and others read with types and missing values.</summary>
public static class ParquetTrialTable
{
    /// <summary>
    /// Saves a table as a Parquet file, whole or not at all: whole numbers as INT64, numbers as DOUBLE to the last bit, truth values as BOOLEAN, texts as UTF-8 strings, moments as UTC timestamps in
    /// nanoseconds, what is missing as null.
    /// </summary>
    /// <param name="table">The table.</param>
    /// <param name="path">The file; an existing one is replaced at the end. Its folder is created if missing.</param>
    /// <exception cref="ArgumentException">A moment lies before 1678 or after 2261, which nanoseconds do not reach.</exception>
    /// <exception cref="IOException">The disk refused.</exception>
    public static void SaveParquet(this TrialTable table, string path)
    {
        ArgumentNullException.ThrowIfNull(table);
        foreach (TrialColumn column in table.Columns)
        {
            UnixTime.Check(column);
        }

        AtomicFile.Write(path, stream => WriteAsync(table, stream).GetAwaiter().GetResult());
    }

    /// <summary>Reads a table that <see cref="SaveParquet"/> wrote, or another flat one of numbers, truth values, texts and timestamps. The columns' roles follow from their names, as those of CSV files do.</summary>
    /// <remarks>For one's own files: a file that somebody has damaged on purpose is not looked through before it is decoded.</remarks>
    /// <param name="path">The file.</param>
    /// <returns>The table.</returns>
    /// <exception cref="FormatException">It is no Parquet file, or has a column of another type.</exception>
    /// <exception cref="IOException">The file is missing or cannot be read.</exception>
    public static TrialTable ReadParquet(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using FileStream stream = File.OpenRead(path);
        try
        {
            return ReadAsync(path, stream).GetAwaiter().GetResult();
        }
        catch (Exception problem) when (problem is not FormatException)
        {
            throw new FormatException($"{path} is no Parquet file, or a damaged one: {problem.Message}", problem);
        }
    }

    private static async Task WriteAsync(TrialTable table, Stream stream)
    {
        DataField[] fields = [.. table.Columns.Select(Field)];
        var options = new ParquetOptions { CompressionMethod = CompressionMethod.Zstd };
        await using ParquetWriter writer = await ParquetWriter.CreateAsync(new ParquetSchema(fields), stream, options).ConfigureAwait(false);
        using ParquetRowGroupWriter group = writer.CreateRowGroup();
        for (int i = 0; i < fields.Length; i++)
        {
            TrialColumn column = table.Columns[i];
            await (column.Kind switch
            {
                TrialColumnKind.Integer => group.WriteAsync<long>(fields[i], column.AsIntegers().ToArray()),
                TrialColumnKind.Real => group.WriteAsync<double>(fields[i], column.AsNumbers().ToArray()),
                TrialColumnKind.Boolean => group.WriteAsync<bool>(fields[i], column.AsBooleans().ToArray()),
                TrialColumnKind.Time => group.WriteAsync<DateTime>(fields[i], column.AsTimes().Select(time => time?.UtcDateTime).ToArray()),
                _ => group.WriteAsync(fields[i], column.AsTexts()!),
            }).ConfigureAwait(false);
        }
    }

    private static DataField Field(TrialColumn column) => column.Kind switch
    {
        TrialColumnKind.Integer => new DataField(column.Name, typeof(long), isNullable: true),
        TrialColumnKind.Real => new DataField(column.Name, typeof(double), isNullable: true),
        TrialColumnKind.Boolean => new DataField(column.Name, typeof(bool), isNullable: true),
        TrialColumnKind.Time => new DateTimeDataField(column.Name, DateTimeFormat.Timestamp, isAdjustedToUTC: true, unit: DateTimeTimeUnit.Nanos, isNullable: true),
        _ => new DataField(column.Name, typeof(string), isNullable: true),
    };

    private static async Task<TrialTable> ReadAsync(string path, Stream stream)
    {
        await using ParquetReader reader = await ParquetReader.CreateAsync(stream).ConfigureAwait(false);
        DataField[] fields = reader.Schema.GetDataFields();
        TrialColumnRole[] roles = ColumnRoles.Of([.. fields.Select(field => field.Name)], []);
        var columns = new TrialColumn[fields.Length];
        for (int i = 0; i < fields.Length; i++)
        {
            columns[i] = await ReadAsync(path, reader, fields[i], roles[i]).ConfigureAwait(false);
        }

        return TrialTable.Of(columns);
    }

    private static async Task<TrialColumn> ReadAsync(string path, ParquetReader reader, DataField field, TrialColumnRole role)
    {
        if (field.IsArray || field.Path.Length > 1)
        {
            throw new FormatException($"{path}: column '{field.Path}' is a list or part of a structure. A table of trials is flat.");
        }

        Type type = field.ClrType;
        return type switch
        {
            _ when type == typeof(long) => TrialColumn.Integers(field.Name, role, await CellsAsync<long>(reader, field).ConfigureAwait(false)),
            _ when type == typeof(int) => TrialColumn.Integers(field.Name, role, (await CellsAsync<int>(reader, field).ConfigureAwait(false)).Select(cell => (long?)cell)),
            _ when type == typeof(double) => TrialColumn.Reals(field.Name, role, await CellsAsync<double>(reader, field).ConfigureAwait(false)),
            _ when type == typeof(float) => TrialColumn.Reals(field.Name, role, (await CellsAsync<float>(reader, field).ConfigureAwait(false)).Select(cell => (double?)cell)),
            _ when type == typeof(bool) => TrialColumn.Booleans(field.Name, role, await CellsAsync<bool>(reader, field).ConfigureAwait(false)),
            _ when type == typeof(DateTime) => TrialColumn.Times(field.Name, role, (await CellsAsync<DateTime>(reader, field).ConfigureAwait(false)).Select(UnixTime.InUtc)),
            _ when type == typeof(string) || type == typeof(ReadOnlyMemory<char>) => TrialColumn.Texts(field.Name, role, await TextsAsync(reader, field).ConfigureAwait(false)),
            _ => throw new FormatException($"{path}: column '{field.Name}' is of {type.Name}. A table of trials has numbers, truth values, texts and timestamps."),
        };
    }

    private static async Task<List<T?>> CellsAsync<T>(ParquetReader reader, DataField field)
        where T : struct
    {
        var all = new List<T?>();
        for (int i = 0; i < reader.RowGroupCount; i++)
        {
            using ParquetRowGroupReader group = reader.OpenRowGroupReader(i);
            if (field.IsNullable)
            {
                var cells = new T?[group.RowCount];
                await group.ReadAsync<T>(field, cells).ConfigureAwait(false);
                all.AddRange(cells);
            }
            else
            {
                var cells = new T[group.RowCount];
                await group.ReadAsync<T>(field, cells).ConfigureAwait(false);
                all.AddRange(cells.Select(cell => (T?)cell));
            }
        }

        return all;
    }

    private static async Task<List<string?>> TextsAsync(ParquetReader reader, DataField field)
    {
        var all = new List<string?>();
        for (int i = 0; i < reader.RowGroupCount; i++)
        {
            using ParquetRowGroupReader group = reader.OpenRowGroupReader(i);
            var cells = new string?[group.RowCount];
            await group.ReadAsync(field, cells!).ConfigureAwait(false);
            all.AddRange(cells);
        }

        return all;
    }
}
