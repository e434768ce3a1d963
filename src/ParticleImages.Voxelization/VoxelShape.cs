namespace ParticleImages.Voxelization;

/// <summary>
/// The size of one voxel image: <see cref="Frames"/> time bins of <see cref="Height"/> rows (iη) by
/// <see cref="Width"/> columns (iφ), once or, with several channels, for each of them.
/// </summary>
/// <remarks>
/// In memory a voxel image is (Channels, Frames, Height, Width) float32 in C order: one whole frame after the other, and one
/// channel after the other.
/// </remarks>
public readonly record struct VoxelShape
{
    /// <summary>Makes a shape.</summary>
    /// <param name="frames">Time bins, at least 1.</param>
    /// <param name="height">Rows, at least 1.</param>
    /// <param name="width">Columns, at least 1.</param>
    /// <param name="channels">Values a voxel, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">
    /// A side is below 1, or one event would have more values than an array can hold (<see cref="Array.MaxLength"/>).
    /// </exception>
    public VoxelShape(int frames, int height, int width, int channels = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(frames, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(channels, 1);

        // The product of three ints may exceed 64 bits; that of two never does.
        if ((long)height * width > Array.MaxLength / frames || (long)height * width * frames > Array.MaxLength / channels)
        {
            throw new ArgumentOutOfRangeException(
                nameof(frames),
                $"{(channels == 1 ? "" : $"{channels} channels of ")}{frames} × {height} × {width}",
                $"One event has at most {Array.MaxLength} values. Use fewer time bins or a crop.");
        }

        Frames = frames;
        Height = height;
        Width = width;
        Channels = channels;
    }

    /// <summary>Time bins; frame 0 is the earliest.</summary>
    public int Frames { get; }

    /// <summary>Rows, along iη.</summary>
    public int Height { get; }

    /// <summary>Columns, along iφ.</summary>
    public int Width { get; }

    /// <summary>Values a voxel: 1 unless a voxelizer was told to make several.</summary>
    public int Channels { get; }

    /// <summary>Voxels of one event.</summary>
    public int Voxels => Frames * Height * Width;

    /// <summary>Float32 values of one event: one a voxel and channel.</summary>
    public int Values => Channels * Voxels;

    /// <summary>The three sides, without the channels, so that <c>var (frames, height, width) = shape</c> works.</summary>
    /// <param name="frames">Time bins.</param>
    /// <param name="height">Rows.</param>
    /// <param name="width">Columns.</param>
    public void Deconstruct(out int frames, out int height, out int width) =>
        (frames, height, width) = (Frames, Height, Width);

    /// <summary>The shape as text, for example <c>21 × 32 × 32</c>.</summary>
    /// <returns>Frames, height and width with multiplication signs between, after the channels if there are several.</returns>
    public override string ToString() => $"{(Channels == 1 ? "" : $"{Channels} channels of ")}{Frames} × {Height} × {Width}";
}
