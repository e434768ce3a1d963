namespace ParticleImages.Networks.Engines.Fused;

/// <summary>What is done to one map of one event, in one width of vectors.</summary>
internal unsafe interface IMapKernels
{
    /// <summary>h = mask · factor · relu(scale · x + offset).</summary>
    /// <param name="x">The map.</param>
    /// <param name="h">Receives the result; may be the map.</param>
    /// <param name="count">Values.</param>
    /// <param name="affine">Scale and offset.</param>
    /// <param name="rectify">Whether there is a ReLU.</param>
    /// <param name="factor">What is multiplied by; for a mask, with that of kept values.</param>
    /// <param name="stream">The mask's stream; null for none.</param>
    /// <param name="rate">The mask's rate.</param>
    /// <returns>The sum of all h, about.</returns>
    double Rectify(float* x, float* h, int count, (float Scale, float Offset) affine, bool rectify, float factor, ulong? stream, double rate);

    /// <summary>Sums of h − about, of its square, and how many h are above 0.</summary>
    (double Sum, double Squares, double Positive) Moments(float* h, int count, float about);

    /// <summary>to = scale · from + offset.</summary>
    void Scale(float* from, float* to, int count, (float Scale, float Offset) affine);

    /// <summary>An activation function in place.</summary>
    /// <param name="function">The function.</param>
    /// <param name="h">The values, replaced by the function's.</param>
    /// <param name="derivatives">Receives the derivatives.</param>
    /// <param name="count">Values.</param>
    void Activate(Activation function, float* h, float* derivatives, int count);

    /// <summary>values *= factors.</summary>
    void Multiply(float* values, float* factors, int count);

    /// <summary>The extremes of blocks of 2 × 2 × 2: the largest where sign is above 0, the smallest where it is below, the first ones where it is 0.</summary>
    void PoolPairs(float* h, FeatureShape map, int sign, float* pooled);

    /// <summary>Sums of slopes, and of slope · (value − center).</summary>
    (double Sum, double Products) SlopeSums(float* slopes, float* values, int count, float center);

    /// <summary>Back through <see cref="PoolPairs"/> and <see cref="Rectify"/>; the slope goes to the first value of a block that equals the pooled one.</summary>
    /// <returns>The sum of what came through the pool and the ReLU.</returns>
    double UnpoolPairs(float* slopes, float* pooled, float* h, FeatureShape map, MapSlopes by, float* back);

    /// <summary>Back through <see cref="Rectify"/>, or through an activation whose derivatives are given.</summary>
    /// <param name="slopes">By each h; null for 0.</param>
    /// <param name="h">The values.</param>
    /// <param name="derivatives">Of each value; null where they show in h.</param>
    /// <param name="count">Values.</param>
    /// <param name="by">How.</param>
    /// <param name="back">Receives the slopes; may be the given ones.</param>
    /// <returns>The sum of the given slopes times the derivatives.</returns>
    double Slopes(float* slopes, float* h, float* derivatives, int count, MapSlopes by, float* back);
}
