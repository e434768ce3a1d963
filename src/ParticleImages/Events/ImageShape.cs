namespace ParticleImages;

/// <summary>
/// The size of one event image: <see cref="Height"/> rows (iη) by <see cref="Width"/> columns (iφ), each pixel with
/// an energy and a time.
/// </summary>
/// <remarks>In memory an image is (Height, Width, 2) float32 in C order: energy, time, energy, time, ….</remarks>
public readonly record struct ImageShape
{
    /// <summary>Makes a shape of <paramref name="height"/> rows and <paramref name="width"/> columns.</summary>
    /// <param name="height">Rows, at least 1.</param>
    /// <param name="width">Columns, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">
    /// A side is below 1, or the image has more than 65 536 pixels (a hit's pixel number has 16 bits).
    /// </exception>
    public ImageShape(int height, int width)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        if ((long)height * width > ushort.MaxValue + 1)
        {
            throw new ArgumentOutOfRangeException(
                nameof(height), $"{height} × {width}", "An image has at most 65536 pixels. Crop it before.");
        }

        Height = height;
        Width = width;
    }

    /// <summary>The 32 × 32 crops of the public electron and photon files.</summary>
    public static ImageShape Crop32 { get; } = new(32, 32);

    /// <summary>Rows, along iη.</summary>
    public int Height { get; }

    /// <summary>Columns, along iφ.</summary>
    public int Width { get; }

    /// <summary>Pixels of one image.</summary>
    public int Pixels => Height * Width;

    /// <summary>Float32 values of one image: two a pixel, energy and time.</summary>
    public int Values => Height * Width * 2;

    /// <summary>The shape as text, for example <c>32 × 32</c>.</summary>
    /// <returns>Height, a multiplication sign, width.</returns>
    public override string ToString() => $"{Height} × {Width}";
}
