namespace ParticleImages.Networks.Prediction;

/// <summary>What a network gives for an event: a value for photon and one for electron.</summary>
internal static class ClassValues
{
    /// <summary>The logits of the softmax' second probability, in double: the value of the electron minus that of the photon.</summary>
    public static double[] Logits(ReadOnlySpan<float> values)
    {
        var logits = new double[values.Length / 2];
        for (int i = 0; i < logits.Length; i++)
        {
            logits[i] = (double)values[(2 * i) + 1] - values[2 * i];
        }

        return logits;
    }
}
