namespace ParticleImages.Voxelization;

/// <summary>What the rows of a <see cref="CutFlow"/> are called: all, hits, and the cuts that a voxelizer has, in their order.</summary>
internal static class CutNames
{
    /// <param name="voxelizer">Whose cuts they are.</param>
    /// <param name="energy">An energy in the images' unit as text.</param>
    /// <param name="time">A time in the images' unit as text.</param>
    public static string[] Of(Voxelizer voxelizer, Func<double, string> energy, Func<double, string> time) =>
    [
        "all",
        "hits",
        .. voxelizer.EnergyThreshold is double threshold ? [$"energy > {energy(threshold)}"] : Array.Empty<string>(),
        .. voxelizer.TimeWindow is double window ? [$"|time| < {time(window)}"] : Array.Empty<string>(),
        .. voxelizer.CropSize is not null ? [voxelizer.CropText] : Array.Empty<string>(),
        $"{voxelizer.Axis.Bins} time {(voxelizer.Axis.Bins == 1 ? "bin" : "bins")}",
    ];
}
