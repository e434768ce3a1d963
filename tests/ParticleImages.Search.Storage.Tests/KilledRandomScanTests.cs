namespace ParticleImages.Search.Storage.Tests;

public sealed class KilledRandomScanTests() : KilledScanTests("random");
