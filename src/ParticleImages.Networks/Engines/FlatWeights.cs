namespace ParticleImages.Networks.Engines;

/// <summary>
/// How long the vectors are in which a training keeps a network's weights: one for what is fitted, one for the running statistics,
/// each weight after the other in the order of the description.
/// </summary>
internal static class FlatWeights
{
    // The widest vector that there is has sixteen float32; so no loop needs a scalar end. What is added stays zero.
    private const int Lane = 16;

    /// <summary>A vector of zeros for so many values, rounded up to whole hardware vectors.</summary>
    public static float[] Zeros(int values) => new float[checked((values + Lane - 1) / Lane * Lane)];
}
