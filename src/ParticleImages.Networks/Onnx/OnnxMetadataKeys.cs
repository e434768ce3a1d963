namespace ParticleImages.Networks.Onnx;

/// <summary>What the metadata of our ONNX files are called: one list for those who write and those who read, who share this file.</summary>
internal static class OnnxMetadataKeys
{
    /// <summary>The version of the metadata themselves.</summary>
    public const int Version = 1;

    public const string Producer = "ParticleImages";
    public const string Prefix = "particle_images.";

    public const string Voxelizer = "particle_images.voxelizer";
    public const string Network = "particle_images.network";
    public const string Classes = "particle_images.classes";
    public const string TimeEdges = "particle_images.time_edges";
    public const string EnergyThreshold = "particle_images.energy_threshold";
    public const string TimeWindow = "particle_images.time_window";
    public const string Cumulative = "particle_images.cumulative";
    public const string Channels = "particle_images.channels";
    public const string Units = "particle_images.units";
    public const string Library = "particle_images.library";

    /// <summary>The version of the metadata. It stands last in the file: where it is, nothing was cut off.</summary>
    public const string Form = "particle_images.version";

    /// <summary>The graph's input: (events, channels, frames, rows, columns) float32.</summary>
    public const string Input = "voxels";

    /// <summary>The graph's output of two values an event, photon and electron.</summary>
    public const string Logits = "logits";

    /// <summary>The graph's output of two probabilities an event, photon and electron.</summary>
    public const string Probabilities = "probabilities";
}
