namespace ParticleImages.Networks.Engines.Sparse;

/// <summary>Where a weight is in the vector of all.</summary>
internal readonly record struct WeightSpan(int Start, int Length);
