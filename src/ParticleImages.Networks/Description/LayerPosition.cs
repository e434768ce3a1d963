using ParticleImages.Voxelization;

namespace ParticleImages.Networks;

/// <summary>Where a layer stands in its network, for messages.</summary>
/// <param name="Number">Its number, from 1.</param>
/// <param name="Input">The network's input.</param>
/// <param name="Pooled">How much the layers before have pooled each axis: frames, rows, columns.</param>
internal readonly record struct LayerPosition(int Number, VoxelShape Input, (long Frames, long Rows, long Columns) Pooled)
{
    public static LayerPosition First(Cnn3d description) => new(1, description.Input, (1, 1, 1));

    /// <summary>The bins of the network's input along an axis, and how much has been pooled there.</summary>
    public (int Bins, long Pooled) Along(string axis) => axis switch
    {
        "time" => (Input.Frames, Pooled.Frames),
        "row" => (Input.Height, Pooled.Rows),
        _ => (Input.Width, Pooled.Columns),
    };

    public LayerPosition After(NetworkLayer layer) => this with
    {
        Number = Number + 1,
        Pooled = layer is MaxPoolLayer { Size: var size }
            ? (Pooled.Frames * size.Frames, Pooled.Rows * size.Rows, Pooled.Columns * size.Columns)
            : Pooled,
    };
}
