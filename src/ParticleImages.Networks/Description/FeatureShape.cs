namespace ParticleImages.Networks;

/// <summary>
/// The shape of one event between two layers: a stack of feature maps (channels, frames, height, width), or, after
/// Flatten, a row of values.
/// </summary>
public readonly record struct FeatureShape
{
    private FeatureShape(int channels, int frames, int height, int width, bool isFlat)
    {
        Channels = channels;
        Frames = frames;
        Height = height;
        Width = width;
        IsFlat = isFlat;
    }

    /// <summary>Feature maps, or the number of values when flat.</summary>
    public int Channels { get; }

    /// <summary>Time bins; 1 when flat.</summary>
    public int Frames { get; }

    /// <summary>Rows; 1 when flat.</summary>
    public int Height { get; }

    /// <summary>Columns; 1 when flat.</summary>
    public int Width { get; }

    /// <summary>Whether this is a row of values.</summary>
    public bool IsFlat { get; }

    /// <summary>Places of one feature map: Frames × Height × Width.</summary>
    public long Positions => (long)Frames * Height * Width;

    /// <summary>Values of one event: Channels × Positions.</summary>
    public long Values => Channels * Positions;

    /// <summary>A stack of feature maps.</summary>
    /// <param name="channels">Feature maps.</param>
    /// <param name="frames">Time bins.</param>
    /// <param name="height">Rows.</param>
    /// <param name="width">Columns.</param>
    /// <returns>The shape.</returns>
    public static FeatureShape Maps(int channels, int frames, int height, int width) =>
        new(channels, frames, height, width, isFlat: false);

    /// <summary>A row of values.</summary>
    /// <param name="values">How many.</param>
    /// <returns>The shape.</returns>
    public static FeatureShape Flat(int values) => new(values, 1, 1, 1, isFlat: true);

    /// <summary>The shape in Keras' order, for example <c>(None, 21, 32, 32, 64)</c> or <c>(None, 10240)</c>.</summary>
    /// <returns>Batch axis, time, rows, columns, channels.</returns>
    public override string ToString() =>
        IsFlat ? $"(None, {Channels})" : $"(None, {Frames}, {Height}, {Width}, {Channels})";
}
