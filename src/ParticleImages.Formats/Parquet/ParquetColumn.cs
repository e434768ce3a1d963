using System.Numerics;
using System.Runtime.InteropServices;
using Parquet.Schema;

namespace ParticleImages.Formats.Parquet;

/// <summary>A column of numbers, decoded a row group at a time and converted by value. Its buffers are used again for the next group.</summary>
internal sealed class ParquetColumn
{
    /// <summary>What one row group of a column may hold: 1 GiB of float64, and as much again of levels.</summary>
    public const int MostValues = 1 << 27;

    // What writers call what stands between a list and its values; it says nothing.
    private static readonly string[] ListNames = ["list", "element", "item", "array", "bag", "array_element"];

    private readonly ParquetFile file;
    private readonly DataField data;
    private readonly int place;
    private Array raw = Array.Empty<byte>();
    private int[] definition = [];
    private int[] repetition = [];

    public ParquetColumn(ParquetFile file, DataField data, int place)
    {
        this.file = file;
        this.data = data;
        this.place = place;
        string[] path = [.. data.Path.ToList()];
        FullName = string.Join('.', path);
        Name = data.MaxRepetitionLevel > 0 ? string.Join('.', path.Where((name, i) => i == 0 || !(ListNames.Contains(name) || name == $"{path[i - 1]}_tuple"))) : FullName;
    }

    /// <summary>What people call the column: the names of the structs that it stands in and its own, for example <c>event.images</c>.</summary>
    public string Name { get; }

    /// <summary>The name with those of lists, as the file has it, for example <c>event.images.list.element</c>.</summary>
    public string FullName { get; }

    /// <summary>How many lists stand around a value: 0 for a plain column.</summary>
    public int Depth => data.MaxRepetitionLevel;

    public bool IsInteger => data.ClrType == typeof(int) || data.ClrType == typeof(long) || data.ClrType == typeof(short)
        || data.ClrType == typeof(sbyte) || data.ClrType == typeof(byte) || data.ClrType == typeof(ushort)
        || data.ClrType == typeof(uint) || data.ClrType == typeof(ulong);

    public bool IsFloat => data.ClrType == typeof(float) || data.ClrType == typeof(double);

    public bool IsNumber => IsInteger || IsFloat || data.ClrType == typeof(bool);

    /// <summary>The type as people write it, for example <c>float32</c>, <c>list of list of float64</c>.</summary>
    public string TypeName => string.Concat(Enumerable.Repeat("list of ", Depth)) + (Type.GetTypeCode(data.ClrType) switch
    {
        TypeCode.Single => "float32",
        TypeCode.Double => "float64",
        TypeCode.Boolean => "bool",
        TypeCode.SByte => "int8",
        TypeCode.Byte => "uint8",
        _ when data.ClrType == typeof(ReadOnlyMemory<char>) => "text",
        _ when data.ClrType == typeof(ReadOnlyMemory<byte>) => "bytes",
        _ => data.ClrType.Name.ToLowerInvariant(),
    });

    /// <summary>What is said of the column when a file is described.</summary>
    public DatasetDescription Describe() => new(Name, [file.Rows.Sum()], TypeName, file.StorageOf(data, place, Name));

    /// <summary>Reads a row group's values, converted to a type that the caller chooses.</summary>
    /// <typeparam name="T">float, double or long; integers are never made of floats.</typeparam>
    /// <param name="group">The row group.</param>
    /// <param name="buffer">Receives the values at its beginning; made longer where it is too short.</param>
    /// <returns>The number of values.</returns>
    /// <exception cref="EventFormatException">The data can't be read, or a value is missing.</exception>
    public int Read<T>(int group, ref T[] buffer)
        where T : unmanaged, INumber<T>
    {
        int count = file.Prepare(group, data, place, Name);
        if (buffer.Length < count)
        {
            buffer = GC.AllocateUninitializedArray<T>(count);
        }

        Span<T> values = buffer.AsSpan(0, count);
        Type type = data.ClrType;
        if (type == typeof(T))
        {
            Decode(group, buffer.AsMemory(0, count));
        }
        else if (type == typeof(double) && typeof(T) == typeof(float))
        {
            Narrow(Decode<double>(group, count), MemoryMarshal.Cast<T, float>(values));
        }
        else if (type == typeof(bool))
        {
            ReadOnlySpan<bool> truths = Decode<bool>(group, count);
            for (int i = 0; i < truths.Length; i++)
            {
                values[i] = truths[i] ? T.One : T.Zero;
            }
        }
        else if (type == typeof(float))
        {
            Convert(Decode<float>(group, count), values);
        }
        else if (type == typeof(double))
        {
            Convert(Decode<double>(group, count), values);
        }
        else
        {
            ReadIntegers(group, values);
        }

        return count;
    }

    /// <summary>
    /// The repetition levels of the row group read last: 0 where a row begins, k where a list of depth k goes on in a new list within it, and
    /// <see cref="Depth"/> for each further value of the innermost.
    /// </summary>
    public ReadOnlySpan<int> Repetition(int count) => repetition.AsSpan(0, count);

    /// <summary>An error that names the column.</summary>
    public EventFormatException Refuse(string message, long? row = null) => new(message, file.Path, Name, row);

    private void ReadIntegers<T>(int group, Span<T> values)
        where T : unmanaged, INumber<T>
    {
        switch (Type.GetTypeCode(data.ClrType))
        {
            case TypeCode.Int32:
                Convert(Decode<int>(group, values.Length), values);
                break;
            case TypeCode.Int64:
                Convert(Decode<long>(group, values.Length), values);
                break;
            case TypeCode.Int16:
                Convert(Decode<short>(group, values.Length), values);
                break;
            case TypeCode.SByte:
                Convert(Decode<sbyte>(group, values.Length), values);
                break;
            case TypeCode.Byte:
                Convert(Decode<byte>(group, values.Length), values);
                break;
            case TypeCode.UInt16:
                Convert(Decode<ushort>(group, values.Length), values);
                break;
            case TypeCode.UInt32:
                Convert(Decode<uint>(group, values.Length), values);
                break;
            case TypeCode.UInt64:
                Convert(Decode<ulong>(group, values.Length), values);
                break;
            default:
                throw new InvalidOperationException($"A column of type {TypeName} was to be read as numbers.");
        }
    }

    private ReadOnlySpan<T> Decode<T>(int group, int count)
        where T : unmanaged
    {
        if (raw is not T[] values || values.Length < count)
        {
            raw = values = GC.AllocateUninitializedArray<T>(count);
        }

        Decode(group, values.AsMemory(0, count));
        return values.AsSpan(0, count);
    }

    private void Decode<T>(int group, Memory<T> values)
        where T : unmanaged
    {
        int count = values.Length;
        if (count == 0)
        {
            return;
        }

        bool hasDefinition = data.MaxDefinitionLevel > 0;
        if (hasDefinition && definition.Length < count)
        {
            definition = GC.AllocateUninitializedArray<int>(count);
        }

        if (Depth > 0 && repetition.Length < count)
        {
            repetition = GC.AllocateUninitializedArray<int>(count);
        }

        ParquetErrors.Guard(file.Path, Name, null, () =>
        {
            file.Read(
                group,
                data,
                values,
                hasDefinition ? definition.AsMemory(0, count) : default(Memory<int>?),
                Depth > 0 ? repetition.AsMemory(0, count) : default(Memory<int>?));
            return true;
        });
        CheckNulls(group, count);
    }

    private void CheckNulls(int group, int count)
    {
        int place = data.MaxDefinitionLevel == 0 ? -1 : definition.AsSpan(0, count).IndexOfAnyExcept(data.MaxDefinitionLevel);
        if (place >= 0)
        {
            int within = Depth == 0 ? place : Math.Max(0, repetition.AsSpan(0, place + 1).Count(0) - 1);
            long row = file.Rows.Take(group).Sum() + within;
            throw Refuse(
                $"Row {row} of the column '{Name}' of {file.Path} holds {(Depth == 0 ? "no value (null)" : "a null or an empty list")}, and none may be missing. "
                + "Fill in what is missing, or leave such rows out.",
                row);
        }
    }

    private void Convert<TFrom, TTo>(ReadOnlySpan<TFrom> from, Span<TTo> to)
        where TFrom : unmanaged, INumber<TFrom>
        where TTo : unmanaged, INumber<TTo>
    {
        int i = 0;
        try
        {
            for (; i < from.Length; i++)
            {
                to[i] = TTo.CreateChecked(from[i]);
            }
        }
        catch (OverflowException)
        {
            throw Refuse($"The column '{Name}' of {file.Path} holds the value {from[i]}, which is beyond what is read (64-bit integers).");
        }
    }

    private static void Narrow(ReadOnlySpan<double> from, Span<float> to)
    {
        int vectors = from.Length / Vector<float>.Count * Vector<float>.Count;
        for (int i = 0; i < vectors; i += Vector<float>.Count)
        {
            Vector.Narrow(new Vector<double>(from[i..]), new Vector<double>(from[(i + Vector<double>.Count)..])).CopyTo(to[i..]);
        }

        for (int i = vectors; i < from.Length; i++)
        {
            to[i] = (float)from[i];
        }
    }
}
