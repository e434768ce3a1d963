namespace ParticleImages.Networks.Engines.Sparse;

/// <summary>A way to compute a convolution's rows, there and back, from the deviations of the rows before. What the background gives is the stage's.</summary>
internal unsafe interface IRowConvolution : IDisposable
{
    /// <summary>Makes room for a batch.</summary>
    void Begin(SparseBatch batch);

    /// <summary>Makes room for the way back.</summary>
    void BeginBack();

    /// <summary>Multiplications of an event's way there.</summary>
    double Multiplications(int* table);

    /// <summary>Values of an event that are only read, added and written on the way there.</summary>
    double Moves(int* table);

    /// <summary>output = background + what the deviations give.</summary>
    /// <param name="table">The event's table.</param>
    /// <param name="turn">Whose turn it is.</param>
    /// <param name="deviations">The input's rows without their background.</param>
    /// <param name="background">The output's background, a vector for each class.</param>
    /// <param name="output">The output's rows.</param>
    /// <param name="relu">Whether what is below 0 becomes 0.</param>
    void Forward(int* table, in EventTurn turn, float* deviations, float* background, float* output, bool relu);

    /// <summary>The slopes by weights and deviations.</summary>
    /// <param name="table">The event's table.</param>
    /// <param name="turn">Whose turn it is.</param>
    /// <param name="deviations">The input's rows without their background.</param>
    /// <param name="slopes">The slopes by the output's rows.</param>
    /// <param name="gradient">To which the weights' are added, as <see cref="ConvolutionWeights"/> has them.</param>
    /// <param name="back">All 0; receives those by the deviations. Null if nobody wants them.</param>
    void Backward(int* table, in EventTurn turn, float* deviations, float* slopes, float* gradient, float* back);
}
