using System.Text.Json.Serialization;

namespace ParticleImages.Networks;

/// <summary>A size along time, rows and columns: a kernel's or a pool's. A whole number stands for a cube.</summary>
public readonly record struct Extent3d
{
    /// <summary>Makes a size with one number an axis.</summary>
    /// <param name="frames">Along time, at least 1.</param>
    /// <param name="rows">Along rows, at least 1.</param>
    /// <param name="columns">Along columns, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is below 1.</exception>
    [JsonConstructor]
    public Extent3d(int frames, int rows, int columns)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(frames, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(columns, 1);
        Frames = frames;
        Rows = rows;
        Columns = columns;
    }

    /// <summary>Along time.</summary>
    public int Frames { get; }

    /// <summary>Along rows (iη).</summary>
    public int Rows { get; }

    /// <summary>Along columns (iφ).</summary>
    public int Columns { get; }

    /// <summary>Frames × Rows × Columns.</summary>
    internal long Volume => (long)Frames * Rows * Columns;

    /// <summary>A cube.</summary>
    /// <param name="size">Its side, at least 1.</param>
    public static implicit operator Extent3d(int size) => FromInt32(size);

    /// <summary>A cube.</summary>
    /// <param name="size">Its side, at least 1.</param>
    /// <returns>The size.</returns>
    public static Extent3d FromInt32(int size) => new(size, size, size);

    /// <summary>The size as text, for example <c>3 × 3 × 3</c>.</summary>
    /// <returns>Frames, rows, columns.</returns>
    public override string ToString() => $"{Frames} × {Rows} × {Columns}";

    /// <summary>The size along an axis: 0 time, 1 row, 2 column.</summary>
    internal int this[int axis] => axis switch
    {
        0 => Frames,
        1 => Rows,
        _ => Columns,
    };

    /// <summary>Each axis with its size here and its size in a shape.</summary>
    internal IEnumerable<(int Axis, int Size, int Available)> Against(FeatureShape shape) =>
        [(0, Frames, shape.Frames), (1, Rows, shape.Height), (2, Columns, shape.Width)];

    /// <summary>Checks a size that must be given.</summary>
    internal static Extent3d Required(Extent3d size, string parameter)
    {
        // default(Extent3d) has size 0.
        ArgumentOutOfRangeException.ThrowIfLessThan(size.Frames, 1, parameter);
        return size;
    }
}
