namespace ParticleImages.Search.Storage.Tests;

/// <summary>Of a strategy whose every proposal hangs on every bit of what came before.</summary>
public sealed class KilledAdaptiveScanTests() : KilledScanTests("adaptive");
