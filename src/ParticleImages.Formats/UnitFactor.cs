namespace ParticleImages.Formats;

/// <summary>Brings values to other units, as <see cref="EventLayout.ScaledBy"/> says.</summary>
internal static class UnitFactor
{
    /// <summary>Multiplies values in double precision and rounds each to float32; 1 leaves them as they are, bit for bit.</summary>
    /// <param name="values">The values.</param>
    /// <param name="factor">The factor.</param>
    /// <param name="first">The first that is multiplied.</param>
    /// <param name="step">From one to the next.</param>
    public static void Scale(Span<float> values, double factor, int first = 0, int step = 1)
    {
        if (factor == 1)
        {
            return;
        }

        for (int i = first; i < values.Length; i += step)
        {
            values[i] = (float)(values[i] * factor);
        }
    }
}
