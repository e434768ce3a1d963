using ParticleImages.Storage;
using Parquet;
using Parquet.Meta;
using Parquet.Schema;

namespace ParticleImages.Formats.Parquet;

/// <summary>An open Parquet file: its columns, its row groups and its texts.</summary>
internal sealed class ParquetFile : IDisposable
{
    /// <summary>Keys that begin so are the library's own and no attributes.</summary>
    public const string OwnPrefix = "particle-images.";

    /// <summary>The key under which a table of hits keeps the size of its images, for example <c>32x32</c>.</summary>
    public const string ShapeKey = OwnPrefix + "image_shape";

    // What pyarrow and pandas keep for themselves in every file.
    private static readonly string[] ForeignKeys = ["ARROW:schema", "pandas"];

    /// <summary>The names of <see cref="ForeignKeys"/> in a message.</summary>
    public static string ForeignNames => string.Join(", ", ForeignKeys);

    // Values that any file may hold, and how many more for each of its bytes: as many as gzip can make of one. Of runs a few bytes could say
    // anything, and what they say takes memory; files of events are far from it.
    private const long ValuesOfAnyFile = 1 << 22;
    private const long ValuesOfByte = 256;

    private readonly BoundedStream stream;
    private readonly Pages pages;
    private readonly ParquetReader reader;

    private ParquetFile(string path, BoundedStream stream, long dataEnd, ParquetReader reader)
    {
        Path = path;
        this.stream = stream;
        pages = new Pages(stream, dataEnd);
        this.reader = reader;
        Meta = reader.Metadata!;
        Columns = [.. reader.Schema.GetDataFields().Select((field, place) => new ParquetColumn(this, field, place))];
        Rows = [.. Meta.RowGroups.Select(group => group.NumRows)];
        CheckRows();
    }

    public string Path { get; }

    /// <summary>The columns that hold values, in the file's order.</summary>
    public IReadOnlyList<ParquetColumn> Columns { get; }

    /// <summary>The number of rows of every row group.</summary>
    public IReadOnlyList<long> Rows { get; }

    /// <summary>How many values, or rows, a file of its length is believed to hold.</summary>
    private long MostValues => ValuesOfAnyFile + (ValuesOfByte * stream.Length);

    private FileMetaData Meta { get; }

    /// <summary>Opens a file and reads its footer.</summary>
    /// <exception cref="EventFormatException">It is no whole Parquet file.</exception>
    public static ParquetFile Open(string path)
    {
        var stream = new BoundedStream(InputFile.Open(path, 1 << 16));
        try
        {
            long dataEnd = Footer.Check(stream, path);
            return ParquetErrors.Guard(path, null, null, () =>
                new ParquetFile(path, stream, dataEnd, ParquetReader.CreateAsync(stream).GetAwaiter().GetResult()));
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <summary>Whether a key of a file's metadata is a text of its user.</summary>
    public static bool IsAttribute(string key) => !ForeignKeys.Contains(key) && !key.StartsWith(OwnPrefix, StringComparison.Ordinal);

    /// <summary>The column of a name, or null.</summary>
    /// <exception cref="EventFormatException">Several columns have the name.</exception>
    public ParquetColumn? Find(string name)
    {
        ParquetColumn[] found = [.. Columns.Where(column => column.Name == name)];
        return found.Length < 2
            ? found.FirstOrDefault()
            : throw new EventFormatException(
                $"{Path} has several columns '{name}': {string.Join(", ", found.Select(column => column.FullName))}. Name the columns differently.", Path, name);
    }

    /// <summary>The column of a name.</summary>
    /// <param name="name">The name.</param>
    /// <param name="nextStep">What the message of the error ends with.</param>
    /// <exception cref="EventFormatException">There is none; the message lists those there are, the nearest first.</exception>
    public ParquetColumn Column(string name, string nextStep) => Find(name)
        ?? throw new EventFormatException($"No column '{name}' in {Path}. {WhatThereIs(name)} {nextStep}", Path, name);

    /// <summary>The names of the columns in a sentence, those most like a name first.</summary>
    public string WhatThereIs(string wanted)
    {
        const int shown = 12;
        string[] names = [.. Columns.Select(column => column.Name)
            .Distinct()
            .OrderBy(name => NameDistance.Between(name, wanted))
            .ThenBy(name => name, StringComparer.Ordinal)];
        return names.Length == 0
            ? "It has no columns."
            : $"It has '{string.Join("', '", names.Take(shown))}'" + (names.Length > shown ? $" and {names.Length - shown} more." : ".");
    }

    /// <summary>The texts kept with the file, without those that are the library's own or that others keep for themselves.</summary>
    public IReadOnlyDictionary<string, string> Attributes()
    {
        var texts = new Dictionary<string, string>();
        foreach (KeyValue pair in Meta.KeyValueMetadata ?? [])
        {
            if (pair.Value is not null && IsAttribute(pair.Key))
            {
                texts.TryAdd(pair.Key, pair.Value);
            }
        }

        return texts;
    }

    /// <summary>A text kept with the file, or null.</summary>
    public string? Text(string key) => Meta.KeyValueMetadata?.FirstOrDefault(pair => pair.Key == key)?.Value;

    /// <summary>The row groups, and how a column is compressed in them.</summary>
    public string StorageOf(DataField field, int place, string name) => ParquetErrors.Guard(Path, name, null, () => RowParts.Text(
        "row group",
        "row groups",
        Rows,
        Enumerable.Range(0, Rows.Count).Select(group => Chunk(group, field, place).Codec.ToString().ToLowerInvariant())));

    /// <summary>Refuses more rows than so few bytes hold: events are counted by them, and counting takes memory.</summary>
    public void CheckLength()
    {
        long rows = Rows.Sum();
        if (rows > MostValues)
        {
            throw new EventFormatException(
                $"{Path} says that it has {rows} rows in {stream.Length} bytes; up to {MostValues} are read of so few bytes. The file is damaged, or all its events are "
                + "the same: copy it again, or write it uncompressed.",
                Path);
        }
    }

    /// <summary>The number of values of a column in one row group, after its pages were looked through.</summary>
    /// <exception cref="EventFormatException">What headers say does not fit what is there.</exception>
    public int Prepare(int group, DataField field, int place, string name)
    {
        ColumnMetaData chunk = ParquetErrors.Guard(Path, name, null, () => Chunk(group, field, place));
        bool isList = field.MaxRepetitionLevel > 0;
        if (chunk.NumValues < Rows[group] || (!isList && chunk.NumValues > Rows[group]))
        {
            throw new EventFormatException(
                $"The column '{name}' of {Path} has {chunk.NumValues} values in row group {group}, which has {Rows[group]} rows. "
                + "The file is damaged: copy it again.",
                Path,
                name);
        }

        long most = Math.Min(ParquetColumn.MostValues, MostValues);
        if (chunk.NumValues > most)
        {
            throw new EventFormatException(
                $"The column '{name}' of {Path} has {chunk.NumValues} values in row group {group}; a row group is decoded whole, and up to "
                + $"{most} values are, in a file of {stream.Length} bytes. Write the file with smaller row groups, or check whether it is damaged.",
                Path,
                name);
        }

        stream.End = long.MaxValue;
        stream.End = chunk.NumValues == 0
            ? 0
            : ParquetErrors.Guard(Path, name, null, () => pages.EndOf(chunk, field));
        return (int)chunk.NumValues;
    }

    /// <summary>Decodes a column of a row group that was prepared.</summary>
    public void Read<T>(int group, DataField field, Memory<T> values, Memory<int>? definition, Memory<int>? repetition)
        where T : struct
    {
        ParquetRowGroupReader rows = reader.OpenRowGroupReader(group);
        rows.ReadRawAsync(field, values, definition, repetition).AsTask().GetAwaiter().GetResult();
    }

    public void Dispose() => stream.Dispose();

    // Row groups have the schema's columns in its order, as the format wants it; only where one has not is it searched for the column.
    private ColumnMetaData Chunk(int group, DataField field, int place)
    {
        List<string> path = field.Path.ToList();
        List<ColumnChunk> chunks = Meta.RowGroups[group].Columns;
        ColumnChunk? chunk = place < chunks.Count && IsOf(chunks[place]) ? chunks[place] : chunks.Find(IsOf);
        return chunk switch
        {
            null => throw new InvalidDataException($"row group {group} does not have it"),
            { FilePath: not null } => throw new NotSupportedException("its data are in another file"),
            _ => chunk.MetaData!,
        };

        bool IsOf(ColumnChunk chunk) => chunk.MetaData is { } meta && meta.PathInSchema.SequenceEqual(path);
    }

    private void CheckRows()
    {
        long sum = 0;
        foreach (long rows in Rows)
        {
            if (rows < 0 || sum > long.MaxValue - rows)
            {
                throw new InvalidDataException($"a row group says that it has {rows} rows");
            }

            sum += rows;
        }

        if (sum != Meta.NumRows)
        {
            throw new InvalidDataException($"its row groups have {sum} rows together, and it says that it has {Meta.NumRows}");
        }
    }
}
