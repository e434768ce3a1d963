namespace ParticleImages.Networks.Engines.Activations;

/// <summary>Activation functions of many values, in one width of vectors.</summary>
internal unsafe interface IActivationKernel
{
    /// <summary>Applies a function in place.</summary>
    /// <param name="function">The function.</param>
    /// <param name="values">Replaced by the function's.</param>
    /// <param name="derivatives">Receives the function's derivatives.</param>
    /// <param name="rows">Rows of values.</param>
    /// <param name="count">Values of each row; what is behind them up to the next row stays as it is.</param>
    /// <param name="stride">From one row to the next.</param>
    void Run(Activation function, float* values, float* derivatives, int rows, int count, int stride);
}
