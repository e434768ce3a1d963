namespace ParticleImages.Numpy;

/// <summary>An array in memory as numpy means it: values in C order (the last axis moves fastest) and a shape.</summary>
/// <typeparam name="T">
/// <see cref="float"/>, <see cref="double"/>, <see cref="Half"/>, <see cref="bool"/> or an integer of 8 to 64 bits.
/// </typeparam>
public sealed class NumpyArray<T>
    where T : unmanaged
{
    /// <summary>Takes values as an array, without copying them.</summary>
    /// <param name="values">As many as the axes' product, in C order.</param>
    /// <param name="shape">The length of each axis; none for an array of one value without axes.</param>
    /// <exception cref="ArgumentOutOfRangeException">An axis is negative.</exception>
    /// <exception cref="ArgumentException">The number of values does not fit the shape.</exception>
    public NumpyArray(T[] values, params ReadOnlySpan<int> shape)
    {
        ArgumentNullException.ThrowIfNull(values);
        NumpyShape.Check(shape, values.Length, nameof(values));
        Values = values;
        Shape = Array.AsReadOnly(shape.ToArray());
    }

    /// <summary>The length of each axis, slowest first; empty for a single value.</summary>
    public IReadOnlyList<int> Shape { get; }

    /// <summary>The values in C order: the array itself, not a copy.</summary>
    public T[] Values { get; }

    /// <summary>One entry of the first axis, for example one event's image.</summary>
    /// <param name="index">The entry, from 0.</param>
    /// <returns>Its values in C order.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such entry; an array without axes has none.</exception>
    public ReadOnlySpan<T> Row(int index)
    {
        int rows = Shape.Count == 0 ? 0 : Shape[0];
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, rows);
        int length = Values.Length / rows;
        return Values.AsSpan(index * length, length);
    }
}
