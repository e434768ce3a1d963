namespace ParticleImages.Networks.Engines.Sparse;

/// <summary>What the entries of a level's rows are.</summary>
internal enum SiteLevelKind
{
    /// <summary>Taps with rows.</summary>
    Convolution,

    /// <summary>Each row or class once.</summary>
    MaxPool,

    /// <summary>Each row or class once, with how often.</summary>
    AveragePool,
}

/// <summary>One level of tables: the window that leads to it.</summary>
/// <param name="Kind">What its entries are.</param>
/// <param name="Window">The window.</param>
/// <param name="IsDirect">Whether a convolution multiplies tap by tap: its row step is then a power of two, so that an entry comes apart by a shift.</param>
/// <param name="Blocks">How a convolution takes several frames at a time; null if it does not.</param>
internal sealed record SiteLevel(SiteLevelKind Kind, SiteWindow Window, bool IsDirect, TimeBlocks? Blocks);
