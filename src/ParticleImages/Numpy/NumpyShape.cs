namespace ParticleImages.Numpy;

/// <summary>Checks of shapes that a caller gives.</summary>
internal static class NumpyShape
{
    /// <summary>How many values an array of this shape has.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An axis is negative.</exception>
    /// <exception cref="ArgumentException">There are more values than any file holds.</exception>
    public static long CountOf(ReadOnlySpan<int> shape)
    {
        UInt128 count = shape.Contains(0) ? 0u : 1u;
        foreach (int axis in shape)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(axis, nameof(shape));
            count *= (uint)axis;
            if (count > long.MaxValue / sizeof(double))
            {
                throw new ArgumentException($"The shape {Show(shape)} is larger than any file.", nameof(shape));
            }
        }

        return (long)count;
    }

    /// <summary>Checks that so many values fill a shape.</summary>
    public static void Check(ReadOnlySpan<int> shape, int values, string parameter)
    {
        long count = CountOf(shape);
        if (count != values)
        {
            throw new ArgumentException($"An array of shape {Show(shape)} has {count} values; received {values}.", parameter);
        }
    }

    /// <summary>A shape as Python writes it.</summary>
    public static string Show<T>(ReadOnlySpan<T> shape) =>
        shape.Length == 1 ? $"({shape[0]},)" : $"({string.Join(", ", shape.ToArray())})";
}
