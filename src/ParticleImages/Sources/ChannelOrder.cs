namespace ParticleImages;

/// <summary>Where the channels, usually energy and time, stand in an array of images.</summary>
public enum ChannelOrder
{
    /// <summary>(events, channels, rows, columns).</summary>
    First = 0,

    /// <summary>(events, rows, columns, channels).</summary>
    Last = 1,
}
