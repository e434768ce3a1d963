namespace ParticleImages.Networks.Engines.Fused;

/// <summary>
/// How the slopes by a map's values come from those by what follows: derivative · (Direct · u + Constant + Linear · (h − Center)), where u is the slope by each value h; the last two are the
/// batch norm's, whose mean and variance every value has a part in.
/// </summary>
internal readonly record struct MapSlopes(float Direct, float Constant, float Linear, float Center, bool IsRectified);
