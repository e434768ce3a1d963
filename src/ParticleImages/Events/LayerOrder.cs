namespace ParticleImages;

/// <summary>Where the layers stand in an array of a detector whose third axis is depth.</summary>
public enum LayerOrder
{
    /// <summary>(events, layers, rows, columns).</summary>
    First = 0,

    /// <summary>(events, rows, columns, layers).</summary>
    Last = 1,
}
